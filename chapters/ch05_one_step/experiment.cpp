// Chapter 5. Why: the algebra of one step.
//
// How far one gradient step moves each layer and the output; the curvature
// that the same sums make; the largest learning rate that training stands,
// against width and depth; and chapter 4's runs at the rate that the
// curvature allows.
//
// one_step.csv: one row for each part of the experiment (step, curvature,
// run), number of inputs, width, depth, seed and quantity.
// dots.csv: the inner products of the examples of the part `curvature`.

#include "chapters/ch05_one_step/experiment.h"

#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "chapters/support/csv.h"
#include "chapters/support/options.h"
#include "chapters/support/sweep.h"
#include "data/batches.h"
#include "data/examples.h"
#include "data/generators.h"
#include "data/load.h"
#include "nn/instruments/norms.h"
#include "nn/instruments/sharpness.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/vectors.h"

using namespace gradus;

using Params = std::vector<Tensor>;

// [one-step]
// How far one step of length lr moves the layers, in units of lr.
void one_step(const Model& net, const Params& w, SweepRows& rows) {
  // Raise f(x). Gaussian weights know no direction, so x = (1, ..., 1)
  // stands for every input of its length.
  const double lr = 1e-5;
  const Tensor x = ones({1, w[0].dim(0)}, DType::f64);
  const std::vector<Layer> before = net.layers(w, x);
  const Params g = grad(sum(before.back().h), w);
  const std::vector<Layer> after = net.layers(add_scaled(w, lr, g), x);
  for (std::size_t l = 0; l < after.size(); ++l)
    rows.add({"delta " + after[l].name, rms(after[l].h - before[l].h) / lr});
}
// [one-step]

// Chapter 4's spiral, or images: 2 inputs or 784, a target for each class.
Examples classes(std::int64_t inputs, std::int64_t examples,
                 const Options& options) {
  if (inputs == 2)
    return examples_of(spiral({.examples = examples, .seed = options.seed}),
                       options.dtype, options.device);
  return examples_of(first(embedded_fashion_mnist().train, examples),
                     Layout::flat, options.dtype, options.device);
}

// Is it of the first class? One output: the algebra is that of one step.
Examples first_class(std::int64_t inputs, const Options& options) {
  const Examples all = classes(inputs, 48, options);
  return {all.x, slice(all.y, 1, 0, 1)};
}

Model net_for(const Examples& task, std::int64_t width, std::int64_t depth) {
  return fcn({.in = task.x.dim(1),
              .width = width,
              .depth = depth,
              .out = task.y.dim(1),
              .bias = true});
}

double lambda_of(const Tensor& loss, const Params& w) {
  Hvp hessian(loss, w);
  return sharpness(std::ref(hessian), w, {.tolerance = 0.01}).lambda_max;
}

// [stable]
// Does the loss stay at or below its start for 30 steps of full-batch
// gradient descent?
bool stable(const Model& net, Params w, const Examples& task, double lr) {
  const auto loss = [&] { return mse_half_mean(net(w, task.x), task.y); };
  Tensor L = loss();
  const double start = L.item();
  for (int step = 0; step < 30; ++step) {
    w = add_scaled(w, -lr, grad(L, w));
    L = loss();
    if (!(L.item() <= start)) return false;  // NaN is unstable, too
  }
  return true;
}

// The largest stable rate between 2^-12 and 2^4, to 5%, by bisection.
double largest_stable_rate(const Model& net, const Params& w,
                           const Examples& task) {
  double low = -12, high = 4;
  while (high - low > 0.07) {
    const double middle = (low + high) / 2;
    (stable(net, w, task, std::exp2(middle)) ? low : high) = middle;
  }
  return std::exp2(low);
}
// [stable]

// [curvature]
void curvature(const Examples& task, const Model& net, const Params& w,
               SweepRows& rows) {
  const Tensor f = net(w, task.x);
  const double lambda = lambda_of(mse_half_mean(f, task.y), w);
  // With the outputs as targets no residual is left: the kernel alone.
  const double of_kernel = lambda_of(mse_half_mean(f, stop_gradient(f)), w);
  rows.add({"lambda", lambda});
  rows.add({"kernel", of_kernel});
  const double rate = largest_stable_rate(net, w, task);
  rows.add({"rate", rate});
  rows.add({"c", rate * lambda});
}
// [curvature]

// The loss after 500 steps at rate 0.1 and at 2 / lambda_0; infinite where a
// run diverged.
void train(const Examples& task, const Model& net, const Params& w0,
           std::uint64_t seed, SweepRows& rows) {
  const auto loss = [&](const Params& w,
                        const std::vector<std::int64_t>& picked) {
    return softmax_cross_entropy(net(w, gather_rows(task.x, picked)),
                                 gather_rows(task.y, picked));
  };
  const auto final_loss = [&](double lr) {
    Params w = w0;
    Batches batches(task.x.dim(0), 32, seed);
    for (std::int64_t step = 0; step < 500; ++step)
      w = add_scaled(w, -lr, grad(loss(w, batches.at(step)), w));
    const double end = softmax_cross_entropy(net(w, task.x), task.y).item();
    return std::isfinite(end) ? end : std::numeric_limits<double>::infinity();
  };
  const double lambda =
      lambda_of(softmax_cross_entropy(net(w0, task.x), task.y), w0);
  rows.add({"own rate", 2 / lambda});
  rows.add({"loss at 0.1", final_loss(0.1)});
  rows.add({"loss at own rate", final_loss(2 / lambda)});
}

// Many where nets are small or runs short.
constexpr int seeds = 8, many_seeds = 32;

void measure(const Grid& grid, const Options& options) {
  Sweep sweep(options, "one_step",
              {"part", "inputs", "width", "depth", "seed"},
              {"quantity", "value"});
  const auto cells = [&](const char* part, std::int64_t inputs,
                         std::int64_t width, std::int64_t depth, int count,
                         double passes, const auto& work) {
    const auto weights = static_cast<double>(
        width * (inputs + (depth - 2) * width + 100 * depth));
    for (int k = 0; k < count; ++k) {
      const std::uint64_t seed = options.network_seed(k);
      sweep.cell(
          {part, inputs, width, depth, k},
          [=](SweepRows& rows) { work(width, depth, seed, rows); },
          passes * weights);
    }
  };

  const auto step = [&](std::int64_t inputs, std::int64_t depth) {
    const auto work = [=](std::int64_t width, std::int64_t layers,
                          std::uint64_t seed, SweepRows& rows) {
      const Model net =
          fcn({.in = inputs, .width = width, .depth = layers, .out = 1});
      one_step(net, init(net, seed, DType::f64), rows);
    };
    for (const std::int64_t width : grid.step_widths)
      cells("step", inputs, width, depth, many_seeds, 10, work);
  };
  step(2, 2);
  step(784, 2);
  step(2, 3);

  for (const std::int64_t inputs : {2, 784}) {
    const auto work = [=, task = first_class(inputs, options)](
                          std::int64_t width, std::int64_t depth,
                          std::uint64_t seed, SweepRows& rows) {
      const Model net = net_for(task, width, depth);
      curvature(task, net, init(net, seed, options.dtype, options.device),
                rows);
    };
    const auto bend = [&](std::int64_t width, std::int64_t depth, int count) {
      cells("curvature", inputs, width, depth, count, 500, work);
    };
    for (const std::int64_t width : grid.widths)
      bend(width, 3, width <= 64 ? many_seeds : seeds);
    if (inputs != 2) continue;
    for (const std::int64_t depth : grid.narrow_depths)
      if (depth != 3) bend(narrow, depth, seeds);
    for (const std::int64_t depth : grid.wide_depths)
      if (depth != 3) bend(wide, depth, seeds);
  }

  const auto work = [=, task = classes(2, 999, options)](
                        std::int64_t width, std::int64_t depth,
                        std::uint64_t seed, SweepRows& rows) {
    const Model net = net_for(task, width, depth);
    train(task, net, init(net, seed, options.dtype, options.device), seed,
          rows);
  };
  for (const std::int64_t width : grid.run_widths)
    cells("run", 2, width, 4, seeds, 2000, work);
  for (const std::int64_t depth : grid.run_depths)
    if (depth != 4) cells("run", 2, narrow, depth, seeds, 2000, work);
  sweep.run();
}

void experiment(const Options& options) {
  measure(grid(options.full), options);

  Csv dots({"inputs", "i", "j", "dot"});
  for (const std::int64_t inputs : {2, 784}) {
    const Tensor x = first_class(inputs, options).x;
    const std::vector<double> values = matmul(x, x, false, true).to_vector();
    const auto count = static_cast<std::size_t>(x.dim(0));
    for (std::size_t k = 0; k < values.size(); ++k)
      dots.row({inputs, k / count, k % count, values[k]});
  }
  dots.save(options.out / "dots.csv");
}

int main(int argc, char** argv) {
  const ChapterInfo info{
      .name = "ch05_one_step",
      .question = "Why does width or depth move the best learning rate?",
      .quick_time = "25 s",
      .full_time = "5 min",
      .sweeps = true};
  return run_experiment(argc, argv, info, experiment);
}
