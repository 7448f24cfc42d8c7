// Chapter 4. Same learning rate, wider and deeper: what breaks?
//
// One problem, one rule, one budget: three spiral arms, SGD, 500 steps. Only the
// width, the depth and the learning rate change. What the nets end with, and what
// each layer looks like on the way.
//
// training.csv: for each net and seed the loss of the batches (batch_loss, mean
// of ten), each layer before four of the steps (activation, gradient, update), the
// loss and the accuracy at the end, and of some nets a map of their answers.

#include "chapters/ch04_width_and_depth/experiment.h"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/support/options.h"
#include "chapters/support/sweep.h"
#include "data/batches.h"
#include "data/generators.h"
#include "nn/instruments/norms.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"

using namespace gradus;

using Params = std::vector<Tensor>;

constexpr std::int64_t batch = 32;
constexpr int seeds = 8;

struct Spirals {
  Examples examples;
  Tensor pixels;  // the points of a map
};

// --- 1. One net ---

// Layer by layer, rescales the weights until the activations on x have rms
// exactly 1: what the draw does on average only (Mishkin and Matas 2016,
// layer-sequential unit variance).
void equalise(const Model& net, Params& w, const Tensor& x) {
  const NoGrad values_only;
  for (std::size_t l = 0; 2 * l < w.size(); ++l)
    w[2 * l] = w[2 * l] / rms(net.layers(w, x)[l].z);
}

// [rates]
// Other learning rates for the first and the last layer; the draw of the
// weights, and so the net before training, stays the same bit for bit.
void set_rates(Model& net, double wider) {
  const std::size_t last = net.params.size() - 2;
  net.params[0].sgd_lr = wider;         // first weights
  net.params[1].sgd_lr = wider;         // and biases
  net.params[last].sgd_lr = 1 / wider;  // last weights
}
// [rates]

// [measured]
// Every layer before step number `step`: its activations on all points;
// gradient and relative update of its weights from that step's batch.
void look_inside(const Model& net, const Params& w, const Tensor& x,
                 const Params& g, double lr, std::int64_t step,
                 SweepRows& rows) {
  const NoGrad values_only;
  const std::vector<Layer> layers = net.layers(w, x);
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const double gradient = frobenius_norm(g[2 * l]);
    rows.add({step, "activation", l + 1, rms(layers[l].z)});
    rows.add({step, "gradient", l + 1, gradient});
    rows.add(
        {step, "update", l + 1, lr * gradient / frobenius_norm(w[2 * l])});
  }
}
// [measured]

// The classifier's answer at every pixel of a map, a letter each: a, b, c; A, B,
// C where it gives that class a probability above 0.9.
void add_map(const Tensor& outputs, SweepRows& rows) {
  const std::vector<double> p = softmax(outputs).to_vector();
  for (std::int64_t y = 0, i = 0; y < map_pixels; ++y) {
    std::string line;
    for (int x = 0; x < map_pixels; ++x, i += classes) {
      const auto first = p.begin() + i,
                 best = std::max_element(first, first + classes);
      line += static_cast<char>((*best > 0.9 ? 'A' : 'a') + (best - first));
    }
    rows.add({steps, "map", y, line});
  }
}

// [train]
void train(const Setting& s, std::uint64_t seed, bool map,
           const Spirals& data, SweepRows& rows) {
  const auto& [x, t] = data.examples;
  Model net = fcn({.in = 2,
                   .width = s.width,
                   .depth = s.depth,
                   .out = classes,
                   .bias = true});
  Params w = init(net, seed, x.dtype());
  if (s.remedy == Remedy::activations) equalise(net, w, x);
  if (s.remedy == Remedy::rates) set_rates(net, double(s.width) / 64);
  Sgd sgd(net, {.lr = s.lr});
  Batches batches(x.dim(0), batch, seed);

  double recent = 0;  // mean loss of the last ten batches
  bool diverged = false;
  for (std::int64_t step = 0; step < steps && !diverged; ++step) {
    const std::vector<std::int64_t> picked = batches.at(step);
    const Tensor L = softmax_cross_entropy(net(w, gather_rows(x, picked)),
                                           gather_rows(t, picked));
    diverged = !(L.item() <= 1e5);  // `L > 1e5` would let a NaN pass
    const Params g = grad(L, w);
    if (step == 0 || step == 1 || step == 10 || step == 100)
      look_inside(net, w, x, g, s.lr, step, rows);
    sgd.step(w, g);
    recent += L.item() / 10;
    if (step % 10 == 9) rows.add({step + 1, "batch_loss", 0, recent});
    if (step % 10 == 9) recent = 0;
  }
  const NoGrad values_only;
  const Tensor f = net(w, x);
  const double loss = softmax_cross_entropy(f, t).item();
  diverged = diverged || !(loss <= 1e5);
  const double infinite = std::numeric_limits<double>::infinity();
  rows.add({steps, "loss", 0, diverged ? infinite : loss});
  rows.add({steps, "accuracy", 0, diverged ? 1.0 / classes : accuracy(f, t)});
  if (map) add_map(net(w, data.pixels), rows);
}
// [train]

// --- 2. Which nets ---

std::vector<Setting> nets(bool full) {
  std::vector<std::int64_t> widths = {16, 32, 64, 128, 256, 512};
  std::vector<std::int64_t> depths = {2, 3, 4, 8, 16, 32};
  std::vector<double> lrs = {usual_lr, 1};
  if (full) widths = {16, 32, 64, 128, 256, 512, 1024};
  if (full) depths = {2, 3, 4, 6, 8, 12, 16, 24, 32};
  if (full) lrs = {0.01, 0.03, 0.1, 0.3, 1};

  std::vector<Setting> all;
  for (double lr : lrs) {
    for (std::int64_t n : widths) all.push_back({.width = n, .lr = lr});
    if (full || lr == usual_lr)
      for (std::int64_t D : depths) all.push_back({.depth = D, .lr = lr});
  }
  for (Remedy remedy : {Remedy::activations, Remedy::rates}) {
    all.push_back({.width = 256, .remedy = remedy});
    if (full) all.push_back({.width = 512, .remedy = remedy});
    if (full) all.push_back({.width = 1024, .remedy = remedy});
  }
  if (full) {
    for (std::int64_t n : widths)
      for (std::int64_t D : depths) all.push_back({.width = n, .depth = D});
    for (std::int64_t D : {16, 32})
      all.push_back({.depth = D, .remedy = Remedy::activations});
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

// Most of the time goes into the widest nets: of them the full run takes three
// seeds, and eight where a claim is made.
int seeds_of(const Setting& s) {
  const bool claimed = s.depth == usual_depth && s.lr >= usual_lr &&
                       (s.remedy == Remedy::none || s.width == 256);
  return s.width <= 128 || claimed ? seeds : 3;
}

// Maps are made of the first seed.
bool has_map(const Setting& s) {
  return s.lr == usual_lr && s.remedy == Remedy::none &&
         (s.depth == usual_depth || s.width == usual_width);
}

// The middles of a map's pixels.
Tensor pixels(DType dtype) {
  const double pixel = 2 * map_edge / map_pixels;
  std::vector<double> middles;
  for (int y = 0; y < map_pixels; ++y)
    for (int x = 0; x < map_pixels; ++x)
      for (int i : {x, y}) middles.push_back(-map_edge + (i + 0.5) * pixel);
  return from_host(middles, {map_pixels * map_pixels, 2}, dtype);
}

void experiment(const Options& options) {
  const Spirals data{
      examples_of(spiral({.seed = options.seed}), options.dtype),
      pixels(options.dtype)};
  Sweep sweep(options, "training", {"width", "depth", "lr", "remedy", "seed"},
              {"step", "quantity", "layer", "value"});
  for (const Setting& s : nets(options.full))
    for (int k = 0; k < seeds_of(s); ++k) {
      const std::uint64_t seed = options.network_seed(k);
      const bool map = k == 0 && has_map(s);
      sweep.cell(
          {s.width, s.depth, s.lr, remedy_names[int(s.remedy)], seed},
          [=, &data](SweepRows& rows) { train(s, seed, map, data, rows); },
          double(s.width * s.width * (s.depth - 1) + 3000 * s.depth));
    }
  sweep.run();
}

int main(int argc, char** argv) {
  const ChapterInfo info{
      .name = "ch04_width_and_depth",
      .question = "Same learning rate, wider and deeper: what breaks?",
      .quick_time = "30 s",
      .full_time = "7 min",
      .sweeps = true};
  return run_experiment(argc, argv, info, experiment);
}
