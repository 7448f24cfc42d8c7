// Chapter 8. What is invariant? Frobenius against spectral.
//
// The sizes of the weights of four-layer networks, and of what gradient steps
// add to them, in both norms and against the width.
//
// napkin.csv: two matrices that do the same to one vector, for each width.
// readout.csv (output_gain.h): the gain of the output weights over what they
// do to the activations, and to their change in a step; one row for each width
// and seed.
// sizes.csv: each layer's weights and their change after one step from one
// input, and after 1, 4 and 32 steps on real images; one row for each
// parametrisation, width, seed, step and layer.
// ranks.csv: the first gradient of the hidden layers, for each batch size.
// last_layer.csv: the last layer's ||dL/dW|| / ||W|| with its output
// multiplied by n^-out_exp, for two sets of draws.
// losses.csv (losses.h), with --losses instead: the loss along the trainings of SP.

#include "chapters/ch08_invariants/experiment.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/ch08_invariants/losses.h"
#include "chapters/ch08_invariants/napkin.h"
#include "chapters/ch08_invariants/output_gain.h"
#include "chapters/support/csv.h"
#include "chapters/support/options.h"
#include "chapters/support/sweep.h"
#include "data/batches.h"
#include "data/examples.h"
#include "data/load.h"
#include "nn/instruments/norms.h"
#include "nn/losses.h"
#include "nn/optimisers.h"

using namespace gradus;

struct Size {
  double frobenius, spectral, error;
};

Size size_of(const Tensor& w) {
  const SpectralNorm spectral = spectral_norm(w);
  return {frobenius_norm(w), spectral.value,
          spectral.residual / spectral.value};
}

std::vector<Size> sizes_of(const Params& w) {
  std::vector<Size> sizes;
  for (const Tensor& part : w) sizes.push_back(size_of(part));
  return sizes;
}

// The network uses W = multiplier * w, and its change is that of w times the
// same.
void add_rows(const Model& net, const std::vector<Size>& weights,
              const Params& changes, std::int64_t step, SweepRows& rows) {
  for (std::size_t l = 0; l < changes.size(); ++l) {
    const Param& p = net.params[l];
    const Size& w = weights[l];
    const Size change = size_of(changes[l]);
    rows.add({step, l + 1, p.shape[0], p.shape[1], p.sgd_lr,
              p.multiplier * w.frobenius, p.multiplier * w.spectral,
              p.multiplier * change.frobenius, p.multiplier * change.spectral,
              std::max(w.error, change.error)});
  }
}

// [one_step]
// One input of rms 1, the loss c . f with |c| = 1, one SGD step with eta = 1.
void one_step(const Model& net, std::uint64_t seed, DType dtype,
              SweepRows& rows) {
  const Tensor draw =
      random_normal({1, inputs}, {seed, input_stream}, 1.0, dtype);
  const Tensor x = draw / rms(draw);
  const Tensor c = full({outputs}, 1 / std::sqrt(outputs), dtype);
  const Params w = init(net, seed, dtype);
  Params change = grad(linear_loss(net(w, x), c), w);
  for (std::size_t l = 0; l < w.size(); ++l)
    change[l] = -net.params[l].sgd_lr * change[l];
  add_rows(net, sizes_of(w), change, 1, rows);
}
// [one_step]

// [training]
Params gradient(const Model& net, const Params& w, const Examples& images,
                const std::vector<std::int64_t>& batch) {
  const Tensor f = net(w, gather_rows(images.x, batch));
  return grad(softmax_cross_entropy(f, gather_rows(images.y, batch)), w);
}

// Fashion-MNIST, cross-entropy, batches of 64: how far are the weights from
// where they began?
void training(const Model& net, const Examples& images, std::uint64_t seed,
              SweepRows& rows) {
  const Params start = init(net, seed, images.x.dtype());
  const std::vector<Size> weights = sizes_of(start);
  Params w = start;
  Sgd sgd(net, {.lr = training_rate});
  Batches batches(images.x.dim(0), training_batch, seed);
  for (std::int64_t step = 1; step <= moments.back(); ++step) {
    sgd.step(w, gradient(net, w, images, batches.at(step - 1)));
    if (!std::count(moments.begin(), moments.end(), step)) continue;
    Params change;
    for (std::size_t l = 0; l < w.size(); ++l)
      change.push_back(w[l] - start[l]);
    add_rows(net, weights, change, step, rows);
  }
}
// [training]

// ||dL/dW|| / ||W|| of the last layer.
double last_ratio(const Model& net, std::uint64_t seed) {
  const Tensor x =
      random_normal({1, inputs}, {seed, input_stream}, 1.0, DType::f64);
  const Params w = init(net, seed, DType::f64);
  return layer_norms(w, grad(sum(net(w, x)), w)).back().ratio();
}

// One seed's log ratio scatters as n^-1/2: so many give all widths one error.
std::int64_t seeds(std::int64_t at_512, std::int64_t width) {
  return std::max<std::int64_t>(4, at_512 * 512 / width);
}

void measure_sizes(const Examples& images, const Options& options) {
  std::vector<std::int64_t> widths = {64, 128, 256, 512};
  if (options.full) widths.insert(widths.end(), {1024, 2048});
  const auto tables = compared();
  Sweep sweep(
      options, "sizes", {"experiment", "parametrisation", "width", "seed"},
      {"step", "layer", "fan_in", "fan_out", "lr", "weight_frobenius",
       "weight_spectral", "change_frobenius", "change_spectral", "error"});
  const auto cells = [&](const char* experiment, std::size_t p,
                         std::int64_t width, std::int64_t count, double cost,
                         const auto& work) {
    for (std::int64_t k = 0; k < count; ++k) {
      const std::uint64_t seed = own_seed(options.seed, p, width, k);
      sweep.cell(
          {experiment, tables[p].name, width, k},
          [=](SweepRows& rows) { work(seed, rows); }, cost);
    }
  };
  for (std::int64_t width : widths)
    for (std::size_t p = 0; p < tables.size(); ++p) {
      const Parametrisation& table = tables[p];
      const std::string name = table.name;
      const double cost = static_cast<double>(width * width);
      cells("one step", p, width, seeds(8, width), cost,
            [=, dtype = options.dtype](std::uint64_t seed, SweepRows& rows) {
              one_step(network(table, width), seed, dtype, rows);
            });
      if (name != abc::sp.name && name != abc::mup_table9.name) continue;
      cells("training", p, width, seeds(3, width), 10 * cost,
            [=](std::uint64_t seed, SweepRows& rows) {
              training(network(table, width, images.x.dim(1)), images, seed,
                       rows);
            });
    }
  sweep.run();
}

void measure_ranks(const Examples& images, const Options& options) {
  const std::int64_t width = 256;
  const Model net = network(abc::mup_table9, width, images.x.dim(1));
  Sweep sweep(options, "ranks", {"batch", "seed"},
              {"layer", "frobenius", "spectral"});
  for (std::int64_t size : {1, 8, 64, 512})
    for (std::int64_t k = 0; k < 4; ++k) {
      const std::uint64_t seed = own_seed(options.seed, 50, width, k);
      Batches batches(images.size(), size, options.network_seed(k));
      const auto batch = batches.at(0);
      sweep.cell({size, k}, [=](SweepRows& rows) {
        const Params w = init(net, seed, images.x.dtype());
        const Params g = gradient(net, w, images, batch);
        for (std::int64_t l = hidden.first; l <= hidden.last; ++l) {
          const Size of = size_of(g[static_cast<std::size_t>(l - 1)]);
          rows.add({l, of.frobenius, of.spectral});
        }
      });
    }
  sweep.run();
}

// Two sets of draws, which Options::network_seed would put into other seeds.
void measure_last_layer(const Options& options) {
  Csv rows({"parametrisation", "out_exp", "draws", "seed", "width", "ratio"});
  for (const Parametrisation& p : {abc::sp_gain1, abc::hidden_shrunk})
    for (double out_exp : {0.0, 0.5})
      for (std::uint64_t draws : {0, 1})
        for (std::uint64_t k = 0; k < 8; ++k)
          for (std::int64_t n : {64, 128, 256}) {
            const Model net = network(p, n, inputs, out_exp);
            const double ratio =
                last_ratio(net, 10000 * options.seed + 5000 * draws + k);
            rows.row({p.name, out_exp, draws, k, n, ratio});
          }
  rows.save(options.out / "last_layer.csv");
}

Examples all_images(const Options& options) {
  return examples_of(embedded_fashion_mnist().train, Layout::flat,
                     options.dtype);
}

void experiment(const Options& options) {
  Csv napkin({"width", "moves", "frobenius", "spectral"});
  for (std::int64_t n : {4, 64, 1024}) by_hand(n, napkin);
  napkin.save(options.out / "napkin.csv");
  Csv readouts({"width", "start", "change"});
  for (std::int64_t n : {64, 256, 1024})
    for (int k = 0; k < 8; ++k) readout(n, options.network_seed(k), readouts);
  readouts.save(options.out / "readout.csv");
  const Examples images = all_images(options);
  measure_sizes(images, options);
  measure_ranks(images, options);
  measure_last_layer(options);
}

int main(int argc, char** argv) {
  bool losses = false;
  const ChapterInfo info{
      .name = "ch08_invariants",
      .question = "What is invariant? Frobenius against spectral",
      .quick_time = "20 s",
      .full_time = "3 min",
      .sweeps = true,
      .defaults = {.dtype = DType::f64},
      .extra = {{"--losses", &losses,
                 "instead: the loss along the trainings of SP (1 min)"}}};
  return run_experiment(argc, argv, info, [&](const Options& options) {
    if (losses) return measure_losses(all_images(options), options);
    experiment(options);
  });
}
