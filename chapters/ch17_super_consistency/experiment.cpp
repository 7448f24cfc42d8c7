// Chapter 17. Super consistency: does curvature, too, stop depending on the width?
//
// A network with two hidden layers and one output learns whether the class of a
// garment is odd, by gradient descent on 128 images of 7 x 7 pixels, at one rate
// for all widths. Then the same over depths, with residual branches.
//
// widths.csv: loss and eta lambda along the training, for each variant of
//   experiment.h; lambda is the largest eigenvalue of D^1/2 H D^1/2, with D the
//   learning-rate factors.
// kernel.csv: after 50 steps without f_0, by how much of their size the features
//   of both hidden layers and the tangent kernel of 32 images have changed.
// start.csv: before training, for muP with one output and with ten: eta lambda of
//   the Hessian, of the Hessian without f_0 and of its Gauss-Newton part, the mean
//   of that part's first eigenvalues, one for each output, and eta times the
//   largest eigenvalue of the raw Hessian in table 3.
// depths.csv: loss and eta lambda of residual networks of width 64.

#include "chapters/ch17_super_consistency/experiment.h"

#include <cmath>
#include <numeric>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "chapters/ch17_super_consistency/task.h"
#include "chapters/support/options.h"
#include "chapters/support/sweep.h"
#include "nn/instruments/norms.h"
#include "nn/instruments/sharpness.h"
#include "nn/instruments/sharpness_along.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "nn/vectors.h"

using namespace gradus;

using Params = std::vector<Tensor>;

// --- 1. Curvature along the training ---

// [along]
// f - f_0 towards y is f towards y + f_0, as long as the loss is a square.
Examples without_start(const Model& net, const Params& start,
                       const Examples& examples) {
  return {examples.x, examples.y + stop_gradient(net(start, examples.x))};
}

void train(const Options& options, const Model& net, double lr, bool centred,
           std::uint64_t seed, SweepRows& rows) {
  const Params start = init(net, seed, options.dtype, options.device);
  const Examples given = task(options, 1);
  const TrainingAlong training{
      .model = net,
      .loss = mse_half_mean,
      .start = start,
      .measuring = centred ? without_start(net, start, given) : given,
      .steps = steps,
      .measure = measured};
  for (const SharpnessRow& row :
       sharpness_along(training, Sgd(net, {.lr = lr})))
    rows.add({row.step, row.loss, lr * row.sharpness});
}
// [along]

// --- 2. What has moved: features, and the kernel that they make ---

// [kernel]
// K_ij = <grad f(x_i), D grad f(x_j)> with the learning-rate factors D.
Tensor kernel(const Model& net, const Params& w, const Tensor& x) {
  const std::int64_t count = x.dim(0);
  std::vector<Params> gradients;
  for (std::int64_t i = 0; i < count; ++i) {
    Params g = grad(sum(net(w, slice(x, 0, i, i + 1))), w);
    for (std::size_t l = 0; l < g.size(); ++l)
      g[l] = std::sqrt(net.params[l].sgd_lr) * g[l];
    gradients.push_back(g);
  }
  std::vector<double> entries;
  for (const Params& a : gradients)
    for (const Params& b : gradients) entries.push_back(inner_product(a, b));
  return from_host(entries, Shape{count, count}, DType::f64);
}
// [kernel]

double change(const Tensor& before, const Tensor& after) {
  return rms(after - before) / rms(before);
}

void move(const Options& options, const Variant& variant, std::int64_t width,
          std::uint64_t seed, SweepRows& rows) {
  const Model net = network(variant, width);
  const Params start = init(net, seed, options.dtype, options.device);
  const auto [x, y] = without_start(net, start, task(options, 1));
  Params w = start;
  Sgd sgd(net, {.lr = variant.lr});
  for (int t = 0; t < kernel_steps; ++t)
    sgd.step(w, grad(mse_half_mean(net(w, x), y), w));
  const std::vector<Layer> before = net.layers(start, x),
                           after = net.layers(w, x);
  const Tensor few = slice(x, 0, 0, 32);
  rows.add({change(before[0].h, after[0].h), change(before[1].h, after[1].h),
            change(kernel(net, start, few), kernel(net, w, few))});
}

// --- 3. The curvature before the first step, in parts ---

void look(const Options& options, std::int64_t outputs, std::int64_t width,
          std::uint64_t seed, SweepRows& rows) {
  const Variant& mup = variants[0];
  const double lr = outputs == 1 ? mup.lr : ten_lr;
  const Examples given = task(options, outputs);
  const auto top = [&](const Model& net, const Params& w,
                       const Tensor& targets, std::int64_t count) {
    Hvp hvp(mse_half_mean(net(w, given.x), targets), w);
    return top_eigenvalues(std::ref(hvp), w, count, {.tolerance = 1e-2})
        .eigenvalues;
  };
  const Model net = network(mup, width, outputs);
  const Params w = init(net, seed, options.dtype, options.device);
  const Tensor f_0 = stop_gradient(net(w, given.x));
  const std::vector<double> kernel = top(net, w, f_0, outputs);
  const double sum = std::accumulate(kernel.begin(), kernel.end(), 0.0);

  // The same network in table 3, where each kind of layer has its own rate.
  const Model plain = network(
      {"", abc::mup_table3, mup.base_width, lr, false}, width, outputs);
  const Params v = init(plain, seed, options.dtype, options.device);
  rows.add({lr * top(net, w, given.y, 1)[0],
            lr * top(net, w, given.y + f_0, 1)[0], lr * kernel[0],
            lr * sum / double(outputs), lr * top(plain, v, given.y, 1)[0]});
}

// --- 4. Depth ---

// [depth]
// Branches as they are, x 1, or those of depth-muP, x blocks^-1/2.
Model residual_network(bool depth_mup, std::int64_t blocks) {
  return residual_mlp(
      {.in = 49,
       .width = 64,
       .blocks = blocks,
       .out = 1,
       .parametrisation = depth_mup ? abc::depth_mup : abc::mup_table3,
       .base_width = 16,
       .base_blocks = 1});
}
// [depth]

void experiment(const Options& options) {
  constexpr int seeds = 8;
  std::vector<std::int64_t> widths = {64, 128, 256, 512};
  if (options.full) widths.push_back(1024);
  const std::vector<std::string> measured = {"step", "loss", "eta_lambda"};
  const auto cost = [](std::int64_t n) { return double(n * n + 20000); };

  Sweep along(options, "widths", {"variant", "width", "seed"}, measured);
  for (const Variant& variant : variants)
    for (const std::int64_t n : widths)
      for (int k = 0; k < seeds && n <= variant.widest; ++k)
        along.cell(
            {variant.name, n, k},
            [=, &options, &variant](SweepRows& rows) {
              train(options, network(variant, n), variant.lr, variant.centred,
                    options.network_seed(k), rows);
            },
            cost(n));
  along.run();

  Sweep moved(options, "kernel", {"variant", "width", "seed"},
              {"first", "second", "kernel"});
  for (const std::size_t i : {0u, 1u})  // muP and NTK
    for (const std::int64_t n : widths)
      for (int k = 0; k < seeds; ++k)
        moved.cell(
            {variants[i].name, n, k},
            [=, &options](SweepRows& rows) {
              move(options, variants[i], n, options.network_seed(k), rows);
            },
            cost(n));
  moved.run();

  Sweep start(options, "start", {"outputs", "width", "seed"},
              {"hessian", "centred", "kernel", "mean", "raw"});
  for (const std::int64_t outputs : {1, 10})
    for (const std::int64_t n : widths)
      for (int k = 0; k < seeds; ++k)
        start.cell(
            {outputs, n, k},
            [=, &options](SweepRows& rows) {
              look(options, outputs, n, options.network_seed(k), rows);
            },
            cost(n));
  start.run();

  Sweep depth(options, "depths", {"branches", "blocks", "seed"}, measured);
  for (const bool depth_mup : {true, false})
    for (const std::int64_t blocks : {2, 4, 8, 16})
      for (int k = 0; k < seeds; ++k)
        depth.cell(
            {depth_mup ? "depth_mup" : "x 1", blocks, k},
            [=, &options](SweepRows& rows) {
              train(options, residual_network(depth_mup, blocks), depth_lr,
                    false, options.network_seed(k), rows);
            },
            double(blocks));
  depth.run();
}

int main(int argc, char** argv) {
  const ChapterInfo info{
      .name = "ch17_super_consistency",
      .question = "Does curvature, too, stop depending on the width?",
      .quick_time = "30 s",
      .full_time = "2 min",
      .sweeps = true};
  return run_experiment(argc, argv, info, experiment);
}
