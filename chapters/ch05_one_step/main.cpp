// Chapter 5. Why: the algebra of one step.
//
// How far one gradient step moves each layer and the output; the curvature that the same sums make;
// the largest learning rate that training stands, against width and depth; and chapter 4's runs at
// the rate that the curvature allows.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <numbers>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/support/claims.h"
#include "chapters/support/options.h"
#include "chapters/support/plot.h"
#include "chapters/support/results.h"
#include "chapters/support/sweep.h"
#include "data/batches.h"
#include "data/load.h"
#include "data/generators.h"
#include "nn/fits.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/norms.h"
#include "nn/sharpness.h"
#include "nn/signal_theory.h"
#include "nn/statistics.h"
#include "nn/vectors.h"

using namespace gradus;

using Params = std::vector<Tensor>;
using Integers = std::vector<std::int64_t>;
using Values = std::vector<double>;

// --- 1. One step ---

// How far one step of length lr moves the layers, in units of lr.
void one_step(const Model& net, const Params& w, SweepRows& rows) {
  // [one-step]
  // Raise f(x). Gaussian weights know no direction, so x = (1, ..., 1)
  // stands for every input of its length.
  const double lr = 1e-5;
  const Tensor x = ones({1, w[0].dim(0)}, DType::f64);
  const std::vector<Layer> before = net.layers(w, x);
  const Params g = grad(sum(before.back().h), w);
  const std::vector<Layer> after = net.layers(add_scaled(w, lr, g), x);
  for (std::size_t l = 0; l < after.size(); ++l)
    rows.add({"delta " + after[l].name,
              rms(after[l].h - before[l].h) / lr});
  // [one-step]
}

// --- 2. Curvature ---

// Examples x, one per row, and their targets.
struct Task {
  Tensor x, y;
};

// Chapter 4's spiral, or images: 2 inputs or 784, and a target for each class.
Task classes(std::int64_t inputs, std::int64_t examples, const Options& options) {
  if (inputs == 2) {
    const Samples arms = spiral({.examples = examples, .seed = options.seed});
    return {inputs_of(arms, options.dtype, options.device),
            targets_of(arms, options.dtype, options.device)};
  }
  const Dataset images = first(embedded_fashion_mnist().train, examples);
  return {standardised_images(images, Layout::flat, options.dtype, options.device),
          one_hot(images.labels, images.classes, options.dtype, options.device)};
}

// Is it of the first class? One output, so that the algebra is that of one step.
Task first_class(std::int64_t inputs, const Options& options) {
  const Task all = classes(inputs, 48, options);
  return {all.x, slice(all.y, 1, 0, 1)};
}

Model net_for(const Task& task, std::int64_t width, std::int64_t depth) {
  return fcn({.in = task.x.dim(1),
              .width = width,
              .depth = depth,
              .out = task.y.dim(1),
              .bias = true});
}

// [kernel]
// K(x, x') of a wide net, from the cosine c between the two inputs and the
// product s * in of their lengths. Of what the layers before have collected
// the share `both` arrives; weights add s * n * c, biases 1.
double kernel(double c, double s, double in, double n, std::int64_t depth) {
  double k = s * in * c + 1;
  for (std::int64_t l = 2; l <= depth; ++l) {
    const double angle = std::acos(std::clamp(c, -1.0, 1.0));
    const double both = 1 - angle / std::numbers::pi;
    c = relu_correlation_map(c);
    k = (l < depth ? 1 : 0.5) * both * k + s * n * c + 1;
  }
  return k;
}
// [kernel]

// The largest eigenvalue of K / N over N examples: lambda_0 without a fitted constant.
double predicted_lambda(const Task& task, double n, std::int64_t depth) {
  const std::int64_t count = task.x.dim(0);
  const auto in = static_cast<double>(task.x.dim(1));
  const Values dots = matmul(task.x, task.x, false, true).to_vector();
  const auto dot_of = [&](std::int64_t i, std::int64_t j) {
    return dots[static_cast<std::size_t>(i * count + j)];
  };
  Values k;
  for (std::int64_t i = 0; i < count; ++i)
    for (std::int64_t j = 0; j < count; ++j) {
      const double lengths = std::sqrt(dot_of(i, i) * dot_of(j, j));
      k.push_back(kernel(dot_of(i, j) / lengths, lengths / in, in, n, depth));
    }
  const Tensor matrix = from_host(k, {count, count}, DType::f64);
  const auto product = [&](const Params& v) { return Params{matmul(matrix, v[0])}; };
  return sharpness(product, {zeros({count, 1}, DType::f64)}).lambda_max /
         static_cast<double>(count);
}

double lambda_of(const Tensor& loss, const Params& w) {
  Hvp hessian(loss, w);
  return sharpness(std::ref(hessian), w, {.tolerance = 0.01}).lambda_max;
}

// --- 3. The largest stable rate ---

// [stable]
// Does the loss stay at or below its start for 30 steps of full-batch
// gradient descent?
bool stable(const Model& net, Params w, const Task& task, double lr) {
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
                           const Task& task) {
  double low = -12, high = 4;
  while (high - low > 0.07) {
    const double middle = (low + high) / 2;
    (stable(net, w, task, std::exp2(middle)) ? low : high) = middle;
  }
  return std::exp2(low);
}
// [stable]

void curvature(const Task& task, const Model& net, const Params& w, SweepRows& rows) {
  // [curvature]
  const Tensor f = net(w, task.x);
  const double lambda = lambda_of(mse_half_mean(f, task.y), w);
  // With the outputs as targets no residual is left: the kernel alone.
  const double of_kernel = lambda_of(mse_half_mean(f, stop_gradient(f)), w);
  // [curvature]
  rows.add({"lambda", lambda});
  rows.add({"kernel", of_kernel});
  rows.add({"rate", largest_stable_rate(net, w, task)});
}

// --- 4. Chapter 4's run, at a rate of its own for each net ---

void train(const Task& task, const Model& net, const Params& w0, std::uint64_t seed,
           SweepRows& rows) {
  const auto loss = [&](const Params& w, const std::vector<std::int64_t>& picked) {
    return softmax_cross_entropy(net(w, gather_rows(task.x, picked)), gather_rows(task.y, picked));
  };
  const auto final_loss = [&](double lr) {
    Params w = w0;
    Batches batches(task.x.dim(0), 32, seed);
    for (std::int64_t step = 0; step < 500; ++step)
      w = add_scaled(w, -lr, grad(loss(w, batches.at(step)), w));
    return softmax_cross_entropy(net(w, task.x), task.y).item();
  };
  const double lambda = lambda_of(softmax_cross_entropy(net(w0, task.x), task.y), w0);
  rows.add({"lambda", lambda});
  rows.add({"loss at 0.1", final_loss(0.1)});
  rows.add({"loss at own rate", final_loss(2 / lambda)});
}

// --- The sweep ---

struct Grid {
  Integers step_widths, widths, narrow_depths, wide_depths, run_widths, run_depths;
};
constexpr int step_seeds = 32, seeds = 8;
constexpr std::int64_t narrow = 64, wide = 256;

Grid grid(bool full) {
  if (full)
    return {.step_widths = {64, 128, 256, 512, 1024, 2048},
            .widths = {32, 64, 128, 256, 512, 1024},
            .narrow_depths = {2, 3, 4, 6, 8, 12, 16, 24, 32},
            .wide_depths = {2, 3, 4, 6, 8, 12, 16, 24, 32},
            .run_widths = {16, 32, 64, 128, 256, 512},
            .run_depths = {2, 3, 4, 6, 8, 12, 16, 24, 32}};
  return {.step_widths = {64, 128, 256, 512, 1024},
          .widths = {32, 64, 128, 256, 512},
          .narrow_depths = {2, 3, 4, 6, 8, 12, 16},
          .wide_depths = {2, 3, 4, 6, 8},
          .run_widths = {16, 32, 64, 128},
          .run_depths = {2, 4, 8, 16}};
}

Table measure(const Grid& grid, const Options& options) {
  Sweep sweep(options, "one_step", {"part", "inputs", "width", "depth", "seed"},
              {"quantity", "value"});
  const auto cells = [&](const char* part, std::int64_t inputs, std::int64_t width,
                         std::int64_t depth, int count, double passes, const auto& work) {
    const auto weights = static_cast<double>(width * (inputs + (depth - 2) * width + 100 * depth));
    for (int k = 0; k < count; ++k) {
      const std::uint64_t seed = 1000 * options.seed + static_cast<std::uint64_t>(k);
      sweep.cell({part, inputs, width, depth, k},
                 [=](SweepRows& rows) { work(width, depth, seed, rows); }, passes * weights);
    }
  };

  const auto step = [&](std::int64_t inputs, std::int64_t depth) {
    const auto work = [=](std::int64_t width, std::int64_t layers, std::uint64_t seed,
                          SweepRows& rows) {
      const Model net = fcn({.in = inputs, .width = width, .depth = layers, .out = 1});
      one_step(net, init(net, seed, DType::f64), rows);
    };
    for (const std::int64_t width : grid.step_widths)
      cells("step", inputs, width, depth, step_seeds, 10, work);
  };
  step(2, 2);
  step(784, 2);
  step(2, 3);

  for (const std::int64_t inputs : {2, 784}) {
    const auto work = [=, task = first_class(inputs, options)](
                          std::int64_t width, std::int64_t depth, std::uint64_t seed,
                          SweepRows& rows) {
      const Model net = net_for(task, width, depth);
      curvature(task, net, init(net, seed, options.dtype, options.device), rows);
    };
    for (const std::int64_t width : grid.widths) cells("width", inputs, width, 3, seeds, 500, work);
    if (inputs != 2) continue;
    for (const std::int64_t d : grid.narrow_depths) cells("depth", 2, narrow, d, seeds, 500, work);
    for (const std::int64_t d : grid.wide_depths) cells("depth", 2, wide, d, seeds, 500, work);
  }

  const auto work = [=, task = classes(2, 999, options)](std::int64_t width, std::int64_t depth,
                                                         std::uint64_t seed, SweepRows& rows) {
    const Model net = net_for(task, width, depth);
    train(task, net, init(net, seed, options.dtype, options.device), seed, rows);
  };
  for (const std::int64_t w : grid.run_widths) cells("run width", 2, w, 4, seeds, 2000, work);
  for (const std::int64_t d : grid.run_depths) cells("run depth", 2, narrow, d, seeds, 2000, work);
  return sweep.run();
}

// --- What the sweep says ---

// Statistics over the seeds against one setting.
struct Curve {
  Values x, median, smallest, largest;
};

Curve against(const char* setting, const Integers& values, const Table& table, const char* quantity) {
  const Table rows = table.where("quantity", quantity);
  Curve curve;
  for (const std::int64_t value : values) {
    const Statistics seeds = statistics(rows.where(setting, value).numbers("value"));
    curve.x.push_back(static_cast<double>(value));
    curve.median.push_back(seeds.median);
    curve.smallest.push_back(seeds.smallest);
    curve.largest.push_back(seeds.largest);
  }
  return curve;
}

Values map(const Values& xs, const std::function<double(double)>& f) {
  Values ys;
  for (double x : xs) ys.push_back(f(x));
  return ys;
}

void draw_rise(const Curve& few, const Curve& many, const std::filesystem::path& out) {
  const auto prediction = [](double inputs) {
    return [=](double n) { return n + inputs / 2; };
  };
  Figure("rise")
      .title("Wide layers raise the output in proportion; wide inputs hide it")
      .subtitle("rise of f in one step, two layers, median of 8 seeds; dashed: n + d_{in} / 2")
      .x_axis("width n", Scale::log2)
      .y_axis("rise of f / η", Scale::log10)
      .points(many.x, many.median, "784 inputs")
      .points(few.x, few.median, "2 inputs")
      .dashed(many.x, map(many.x, prediction(784)))
      .dashed(few.x, map(few.x, prediction(2)))
      .draw(out);
}

void draw_layers(const Curve& output, const Curve& second, const Curve& first,
                 const std::filesystem::path& out) {
  const Values n = first.x;
  Figure("layers")
      .title("One step moves each layer by another power of the width")
      .subtitle("rms change per η, three layers, 2 inputs, median of 8 seeds; dashed: derived")
      .x_axis("width n", Scale::log2)
      .y_axis("change / η", Scale::log10)
      .points(n, output.median, "Δf\n(3n + 2) / 2")
      .dashed(n, map(n, [](double w) { return 1.5 * w + 1; }))
      .points(n, second.median, "Δh_2\n√(n/2)")
      .dashed(n, map(n, [](double w) { return std::sqrt(w / 2); }))
      .points(n, first.median, "Δh_1\n√(2/n)")
      .dashed(n, map(n, [](double w) { return std::sqrt(2 / w); }))
      .draw(out);
}

int chapter(const Options& options) {
  const Grid sizes = grid(options.full);
  const Table table = measure(sizes, options);
  Claims claims;
  Summary summary(options);

  // One step.
  const auto step = [&](int inputs, int depth, const char* quantity) {
    return against("width", sizes.step_widths,
                   table.where("part", "step").where("inputs", inputs).where("depth", depth),
                   quantity);
  };
  const Curve few = step(2, 2, "delta output"), many = step(784, 2, "delta output");
  const Curve first = step(2, 3, "delta layer1"), second = step(2, 3, "delta layer2"),
              output = step(2, 3, "delta output");
  draw_rise(few, many, options.out);
  draw_layers(output, second, first, options.out);
  for (const Curve* c : {&few, &many, &first, &second, &output}) {
    for (std::size_t i = 0; i < c->x.size(); ++i)
      std::printf("%5.0f: %.4g [%.4g %.4g]  ", c->x[i], c->median[i], c->smallest[i], c->largest[i]);
    const LineFit fit = fit_log_log(c->x, c->median);
    std::printf(" slope %.3f +- %.3f\n", fit.slope, fit.slope_error);
  }
  for (int inputs : {2, 784}) {
    const Task t = first_class(inputs, options);
    const Table part = table.where("part", "width").where("inputs", inputs);
    const Curve lambda = against("width", sizes.widths, part, "lambda");
    const Curve kern = against("width", sizes.widths, part, "kernel");
    const Curve rate = against("width", sizes.widths, part, "rate");
    for (std::size_t i = 0; i < rate.x.size(); ++i) {
      const double p = predicted_lambda(t, rate.x[i], 3);
      std::printf("in %d n %4.0f: lambda %.3f kernel %.3f [%.3f %.3f] predicted %.3f  rate %.4g [%.4g %.4g] 2/pred %.4g c %.3f\n",
                  inputs, rate.x[i], lambda.median[i], kern.median[i], kern.smallest[i], kern.largest[i], p, rate.median[i],
                  rate.smallest[i], rate.largest[i], 2 / p, rate.median[i] * lambda.median[i]);
    }
    std::printf("slope rate %.3f lambda %.3f\n", fit_log_log(rate.x, rate.median).slope, fit_log_log(rate.x, lambda.median).slope);
  }
  for (std::int64_t width : {narrow, wide}) {
    const Task t = first_class(2, options);
    const Table part = table.where("part", "depth").where("width", width);
    const Curve lambda = against("depth", width==narrow ? sizes.narrow_depths : sizes.wide_depths, part, "lambda");
    const Curve kern = against("depth", width==narrow ? sizes.narrow_depths : sizes.wide_depths, part, "kernel");
    const Curve rate = against("depth", width==narrow ? sizes.narrow_depths : sizes.wide_depths, part, "rate");
    for (std::size_t i = 0; i < rate.x.size(); ++i) {
      const double p = predicted_lambda(t, (double)width, (std::int64_t)rate.x[i]);
      std::printf("n %d D %4.0f: lambda %.3f [%.3f %.3f] kernel %.3f [%.3f %.3f] predicted %.3f  rate %.4g [%.4g %.4g] 2/pred %.4g c %.3f\n",
                  (int)width, rate.x[i], lambda.median[i],lambda.smallest[i], lambda.largest[i], kern.median[i], kern.smallest[i], kern.largest[i], p, rate.median[i],
                  rate.smallest[i], rate.largest[i], 2 / p, rate.median[i] * lambda.median[i]);
    }
    std::printf("slope rate %.3f lambda %.3f kernel %.3f\n", fit_log_log(rate.x, rate.median).slope, fit_log_log(rate.x, lambda.median).slope, fit_log_log(rate.x, kern.median).slope);
  }
  for (int w : {0, 1}) {
    const Table part = table.where("part", w ? "run width" : "run depth");
    for (const char* q : {"lambda", "loss at 0.1", "loss at own rate"}) {
      const Curve c = against(w ? "width" : "depth", w ? sizes.run_widths : sizes.run_depths, part, q);
      std::printf("%s %s: ", w ? "width" : "depth", q);
      for (std::size_t i = 0; i < c.x.size(); ++i) std::printf("%.0f: %.3f [%.3f %.3f]  ", c.x[i], c.median[i], c.smallest[i], c.largest[i]);
      std::printf("\n");
    }
  }
  summary.save(claims);
  return claims.report(options.check);
}

int main(int argc, char** argv) {
  const ChapterInfo info{.name = "ch05_one_step",
                         .question = "Why does width or depth move the best learning rate?",
                         .quick_time = "25 s",
                         .full_time = "25 min",
                         .sweeps = true};
  return run_chapter(argc, argv, info, chapter);
}
