// Chapter 5. Why: the algebra of one step.
//
// How far one gradient step moves each layer and the output; the curvature that the same sums make;
// the largest learning rate that training stands, against width and depth; and chapter 4's runs at
// the rate that the curvature allows.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <limits>
#include <numbers>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "chapters/support/claims.h"
#include "chapters/support/options.h"
#include "chapters/support/panels.h"
#include "chapters/support/plot.h"
#include "chapters/support/results.h"
#include "chapters/support/sweep.h"
#include "data/batches.h"
#include "data/load.h"
#include "data/generators.h"
#include "nn/instruments/fits.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/instruments/norms.h"
#include "nn/instruments/sharpness.h"
#include "nn/instruments/signal_theory.h"
#include "nn/instruments/statistics.h"
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
// K(x, x') of a wide net for inputs of correlation rho whose lengths have
// the product s * in. Of what the layers before have collected the share
// `both` arrives; the weights of a layer add s * n * rho, its biases 1.
double kernel(double rho, double s, double in, double n,
              std::int64_t depth) {
  double k = s * in * rho + 1;
  for (std::int64_t l = 2; l <= depth; ++l) {
    const double angle = std::acos(std::clamp(rho, -1.0, 1.0));
    const double both = 1 - angle / std::numbers::pi;
    rho = relu_correlation_map(rho);
    k = (l < depth ? 1 : 0.5) * both * k + s * n * rho + 1;
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
  const double rate = largest_stable_rate(net, w, task);
  rows.add({"rate", rate});
  rows.add({"c", rate * lambda});
}

// --- 4. Chapter 4's run, at a rate of its own for each net ---

// The loss after 500 steps at rate 0.1 and at 2 / lambda_0; infinite where a run diverged.
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
    const double loss_now = softmax_cross_entropy(net(w, task.x), task.y).item();
    return std::isfinite(loss_now) ? loss_now : std::numeric_limits<double>::infinity();
  };
  const double lambda = lambda_of(softmax_cross_entropy(net(w0, task.x), task.y), w0);
  rows.add({"own rate", 2 / lambda});
  rows.add({"loss at 0.1", final_loss(0.1)});
  rows.add({"loss at own rate", final_loss(2 / lambda)});
}

// --- The sweep ---

struct Grid {
  Integers step_widths, widths, narrow_depths, wide_depths, run_widths, run_depths;
};
constexpr int seeds = 8, many_seeds = 32;  // many where nets are small or runs short
constexpr std::int64_t narrow = 64, wide = 256;
constexpr double widest = 2048;

Grid grid(bool full) {
  if (full)
    return {.step_widths = {64, 128, 256, 512, 1024, 2048},
            .widths = {32, 64, 128, 256, 512, 1024, 2048},
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
      cells("step", inputs, width, depth, many_seeds, 10, work);
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
    const auto bend = [&](std::int64_t width, std::int64_t depth, int count) {
      cells("curvature", inputs, width, depth, count, 500, work);
    };
    for (const std::int64_t width : grid.widths) bend(width, 3, width <= 64 ? many_seeds : seeds);
    if (inputs != 2) continue;
    for (const std::int64_t depth : grid.narrow_depths)
      if (depth != 3) bend(narrow, depth, seeds);
    for (const std::int64_t depth : grid.wide_depths)
      if (depth != 3) bend(wide, depth, seeds);
  }

  const auto work = [=, task = classes(2, 999, options)](std::int64_t width, std::int64_t depth,
                                                         std::uint64_t seed, SweepRows& rows) {
    const Model net = net_for(task, width, depth);
    train(task, net, init(net, seed, options.dtype, options.device), seed, rows);
  };
  for (const std::int64_t width : grid.run_widths) cells("run", 2, width, 4, seeds, 2000, work);
  for (const std::int64_t depth : grid.run_depths)
    if (depth != 4) cells("run", 2, narrow, depth, seeds, 2000, work);
  return sweep.run();
}

// --- What the sweep says ---

// Median and range over the seeds, against the width or the depth.
struct Curve {
  Values x, median, smallest, largest;

  // The exponent of the median over first <= x <= last.
  double slope(double first, double last) const {
    Values xs, ys;
    for (std::size_t i = 0; i < x.size(); ++i)
      if (first <= x[i] && x[i] <= last) {
        xs.push_back(x[i]);
        ys.push_back(median[i]);
      }
    return fit_log_log(xs, ys).slope;
  }
};

Curve against(const char* setting, const Integers& values, const Table& table,
              const char* quantity) {
  const Table rows = table.where("quantity", quantity);
  Curve curve;
  for (const std::int64_t value : values) {
    const Statistics of = statistics(rows.where(setting, value).numbers("value"));
    curve.x.push_back(static_cast<double>(value));
    curve.median.push_back(of.median);
    curve.smallest.push_back(of.smallest);
    curve.largest.push_back(of.largest);
  }
  return curve;
}

using Formula = std::function<double(double)>;

Values map(const Values& xs, const Formula& f) {
  Values ys;
  for (double x : xs) ys.push_back(f(x));
  return ys;
}

// Medians as points, the range over the seeds as a band, and what the text derives, dashed.
void show(Figure& figure, const Curve& curve, const std::string& label, const Formula& derived) {
  figure.points(curve.x, curve.median, label)
      .band(curve.x, curve.smallest, curve.largest)
      .dashed(curve.x, map(curve.x, derived));
}

void one_step_results(const Grid& grid, const Table& table, const Options& options,
                      Claims& claims) {
  const auto measured = [&](int inputs, int depth, const char* layer) {
    return against("width", grid.step_widths,
                   table.where("inputs", inputs).where("depth", depth), layer);
  };

  Figure rise("rise");
  rise.title("A wide layer lifts the output in proportion; wide inputs hide it")
      .subtitle("rise of f in one step, 2 layers, 32 seeds; dashed: n + d_{in} / 2, nothing fitted")
      .x_axis("width n", Scale::log2)
      .y_axis("rise of f / η", Scale::log2);
  for (const int inputs : {784, 2}) {
    const auto derived = [=](double n) { return n + inputs / 2.0; };
    const Curve curve = measured(inputs, 2, "delta output");
    const std::string name = std::to_string(inputs) + " inputs";
    show(rise, curve, name, derived);

    Values ratios;
    const Table rows = table.where("inputs", inputs).where("depth", 2)
                           .where("quantity", "delta output");
    for (std::size_t i = 0; i < rows.size(); ++i)
      ratios.push_back(rows.number(i, "value") / derived(rows.number(i, "width")));
    claims.add("rise_" + std::to_string(inputs), "mean rise over n + d_in / 2, " + name,
               statistics(ratios).mean, equals(1, 0.06));
    if (inputs == 784)
      claims.add("rise_slope_784", "exponent of the rise up to n = 256, 784 inputs",
                 curve.slope(64, 256), below(0.5));
  }
  rise.draw(options.out);

  const Curve f = measured(2, 3, "delta output"), h2 = measured(2, 3, "delta layer2"),
              h1 = measured(2, 3, "delta layer1");
  Figure layers("layers");
  layers.title("One step moves each layer by its own power of the width")
      .subtitle("change per η, 3 layers, 2 inputs, 32 seeds; dashed: derived, nothing fitted")
      .x_axis("width n", Scale::log2)
      .y_axis("rms change / η", Scale::log10);
  show(layers, f, "Δf\n(3n + 2) / 2", [](double n) { return (3 * n + 2) / 2; });
  show(layers, h2, "Δh_2\n√(n / 2)", [](double n) { return std::sqrt(n / 2); });
  show(layers, h1, "Δh_1\n√(2 / n)", [](double n) { return std::sqrt(2 / n); });
  layers.draw(options.out);
  claims.add("slope_f", "exponent of Δf in the width", f.slope(64, widest), equals(1, 0.1));
  claims.add("slope_h2", "exponent of Δh_2", h2.slope(64, widest), equals(0.5, 0.1));
  claims.add("slope_h1", "exponent of Δh_1", h1.slope(64, widest), equals(-0.5, 0.1));
}

void width_results(const Grid& grid, const Table& table, const Options& options, Claims& claims,
                   Summary& summary) {
  Figure figure("stable_width");
  figure.title("The largest stable rate is 2 / λ_0")
      .subtitle("full batch, 3 layers, 8 to 32 seeds; dashed: 2 / λ_0 of the kernel")
      .x_axis("width n", Scale::log2)
      .y_axis("largest stable rate", Scale::log2);
  for (const int inputs : {2, 784}) {
    const Task task = first_class(inputs, options);
    const Table part = table.where("inputs", inputs).where("depth", 3);
    const auto derived = [&](double n) { return predicted_lambda(task, n, 3); };
    const Curve lambda = against("width", grid.widths, part, "lambda");
    const Curve rate = against("width", grid.widths, part, "rate");
    const Curve c = against("width", grid.widths, part, "c");
    show(figure, rate, inputs == 2 ? "spiral\n2 inputs" : "images\n784 inputs",
         [&](double n) { return 2 / derived(n); });

    const std::string name = inputs == 2 ? "spiral" : "images";
    Values ratios;  // of wide nets, for which the kernel is derived
    for (std::size_t i = 0; i < lambda.x.size(); ++i)
      if (lambda.x[i] >= 128) ratios.push_back(lambda.median[i] / derived(lambda.x[i]));
    claims.add("lambda_" + name, "λ_0 over the kernel's from n = 128 up, " + name,
               median(ratios), equals(1, 0.1));
    claims.add("c_wide_" + name, "largest stable c = η λ_0, widest, " + name, c.median.back(),
               between(1.8, 2.3));
    summary.number("c_narrow_" + name, c.median.front(), 1);
    if (inputs == 2) {
      claims.add("lambda_slope", "exponent of λ_0 in the width", lambda.slope(64, widest),
                 equals(1, 0.15));
      claims.add("rate_slope", "exponent of the largest stable rate", rate.slope(64, widest),
                 equals(-1, 0.15));
    } else {
      claims.add("lambda_slope_784", "exponent of λ_0 up to n = 256, 784 inputs",
                 lambda.slope(32, 256), below(0.75));
      summary.number("rate_slope_784", rate.slope(32, 256), 0.2);
    }
  }
  figure.draw(options.out);
}

void depth_results(const Grid& grid, const Table& table, const Options& options, Claims& claims,
                   Summary& summary) {
  const Task task = first_class(2, options);
  Panels panels("depth");
  panels.title("Depth bends the loss and lowers the rate, while D is far below n")
      .subtitle("spiral, full batch, 8 to 32 seeds; dashed: from the kernel, nothing fitted")
      .x_axis("depth D", Scale::log2);
  Figure& bend = panels.panel("Curvature");
  bend.y_axis("λ_0", Scale::log2);
  Figure& stand = panels.panel("Stability");
  stand.y_axis("largest stable rate", Scale::log2);
  for (const std::int64_t width : {wide, narrow}) {
    const Integers& depths = width == wide ? grid.wide_depths : grid.narrow_depths;
    const Table part = table.where("inputs", 2).where("width", width);
    const auto derived = [&](double depth) {
      return predicted_lambda(task, static_cast<double>(width), static_cast<std::int64_t>(depth));
    };
    const Curve lambda = against("depth", depths, part, "lambda");
    const Curve kernel_alone = against("depth", depths, part, "kernel");
    const Curve rate = against("depth", depths, part, "rate");
    const Curve c = against("depth", depths, part, "c");
    const std::string label = "n = " + std::to_string(width);
    show(bend, lambda, label, derived);
    show(stand, rate, label, [&](double depth) { return 2 / derived(depth); });

    const std::string name = width == wide ? "wide" : "narrow";
    summary.number("c_deep_" + name, c.median.back(), 0.5 * c.median.back());
    summary.number("lambda_spread_" + name, lambda.largest.back() / lambda.smallest.back(), 20);
    summary.number("residual_share_" + name,
                   1 - kernel_alone.median.back() / lambda.median.back(), 0.2);
    if (width != wide) continue;
    claims.add("depth_lambda_slope", "exponent of λ_0 in the depth, n = 256", lambda.slope(2, 8),
               between(0.85, 1.4));
    claims.add("depth_rate_slope", "exponent of the largest stable rate, n = 256", rate.slope(2, 8),
               between(-1.4, -0.8));
  }
  panels.draw(options.out);
}

// Prints the losses of `part`, one line for each width or depth.
Curve print_runs(const char* setting, const Integers& values, const Table& part) {
  const Curve own = against(setting, values, part, "own rate");
  const Curve fixed_loss = against(setting, values, part, "loss at 0.1");
  const Curve own_loss = against(setting, values, part, "loss at own rate");
  std::printf("%-5s  2/lambda_0    loss at rate 0.1         loss at rate 2/lambda_0\n", setting);
  const auto print = [](const Curve& loss, std::size_t i) {
    std::printf("    %.3f (%.3f to %.3f)", loss.median[i], loss.smallest[i], loss.largest[i]);
  };
  for (std::size_t i = 0; i < own.x.size(); ++i) {
    std::printf("%5.0f  %10.3f", own.x[i], own.median[i]);
    print(fixed_loss, i);
    print(own_loss, i);
    std::printf("\n");
  }
  std::printf("\n");
  return own_loss;
}

int chapter(const Options& options) {
  const Grid sizes = grid(options.full);
  const Table table = measure(sizes, options);
  Claims claims;
  Summary summary(options);
  one_step_results(sizes, table.where("part", "step"), options, claims);
  width_results(sizes, table.where("part", "curvature"), options, claims, summary);
  depth_results(sizes, table.where("part", "curvature"), options, claims, summary);

  std::printf("Chapter 4's run, 8 seeds: median loss after 500 steps (smallest to largest)\n\n");
  const Table runs = table.where("part", "run");
  const Curve by_width = print_runs("width", sizes.run_widths, runs.where("depth", 4));
  print_runs("depth", sizes.run_depths, runs.where("width", narrow));
  claims.add("own_rate", "loss at 2/λ_0, n = 128 over n = 32",
             by_width.median[3] / by_width.median[1], above(4));

  summary.save(claims);
  return claims.report(options.check);
}

int main(int argc, char** argv) {
  const ChapterInfo info{.name = "ch05_one_step",
                         .question = "Why does width or depth move the best learning rate?",
                         .quick_time = "25 s",
                         .full_time = "5 min",
                         .sweeps = true};
  return run_chapter(argc, argv, info, chapter);
}
