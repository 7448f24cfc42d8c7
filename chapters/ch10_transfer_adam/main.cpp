// Chapter 10. Transfer with Adam: what else must scale?
//
// One step of Adam against the width, Fashion-MNIST trained at many learning rates and widths under
// SP and muP, and what an eps does that stays as it is while the gradients shrink.

#include <cmath>
#include <cstdio>
#include <limits>
#include <string>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/support/claims.h"
#include "chapters/support/options.h"
#include "chapters/support/plotting/panels.h"
#include "chapters/support/plotting/plot.h"
#include "chapters/support/results.h"
#include "chapters/support/sweep.h"
#include "data/batches.h"
#include "data/load.h"
#include "nn/instruments/fits.h"
#include "nn/instruments/norms.h"
#include "nn/instruments/statistics.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"

using namespace gradus;

using Params = std::vector<Tensor>;
using Values = std::vector<double>;
using Integers = std::vector<std::int64_t>;

constexpr int seeds = 4;
constexpr std::int64_t base =
    64;  // the width at which SP and muP are one network
constexpr double large_eps = 1e-2;

struct Images {
  Tensor x, y;
};

// 2048 images of Fashion-MNIST; in quick mode means over 2 x 2 pixels, so that there are 196 inputs.
Images load(const Options& options) {
  const Dataset images = embedded_fashion_mnist().train;
  Tensor x = standardised_images(images, Layout::nhwc, options.dtype,
                                 options.device);
  if (!options.full) x = avg_pool2d(x);
  return {
      reshape(x, {x.dim(0), x.size() / x.dim(0)}),
      one_hot(images.labels, images.classes, options.dtype, options.device)};
}

// muP stands in the form of table 8: there the gradients of all hidden layers and of the output
// fall alike, as 1/m, so one eps / m scales them all.
Model net_of(const Parametrisation& table, std::int64_t in,
             std::int64_t width) {
  return fcn({.in = in,
              .width = width,
              .depth = 3,
              .out = 10,
              .bias = true,
              .parametrisation = table,
              .base_width = base});
}

// --- 1. One step ---

// Delta f of one step on random inputs, always in f64: it is a small difference.
double one_step(const Parametrisation& table, std::int64_t width, double lr,
                std::uint64_t seed, Device device) {
  const Model net = fcn({.in = 16,
                         .width = width,
                         .depth = 3,
                         .out = 1,
                         .parametrisation = table,
                         .base_width = 256});
  const Params w = init(net, seed, DType::f64, device);
  const Tensor x =
      random_normal({8, 16}, {seed, 100}, 1.0, DType::f64, device);
  const Tensor c =
      random_normal({8, 1}, {seed, 101}, 1.0, DType::f64, device);
  // [one-step]
  const Tensor f = net(w, x);
  Params moved = w;
  Adam adam(net, {.lr = lr, .eps = 0});
  adam.step(moved, grad(linear_loss(f, c), w));
  return rms(net(moved, x) - f);
  // [one-step]
}

// --- 2. Training ---

// [train]
// Loss after 200 steps: the mean over the last 32 batches, an epoch.
double train(const Model& net, double lr, double eps, const Images& images,
             std::uint64_t seed) {
  Params w = init(net, seed, images.x.dtype(), images.x.device());
  Adam adam(net, {.lr = lr, .eps = eps});
  Batches batches(images.x.dim(0), 64, seed);
  double sum = 0;
  for (int step = 0; step < 200; ++step) {
    const std::vector<std::int64_t> picked = batches.at(step);
    const Tensor f = net(w, gather_rows(images.x, picked));
    const Tensor L = softmax_cross_entropy(f, gather_rows(images.y, picked));
    if (!(L.item() <= 1e5)) return std::numeric_limits<double>::quiet_NaN();
    if (step >= 168) sum += L.item();
    adam.step(w, grad(L, w));
  }
  return sum / 32;
}
// [train]

// --- 3. What eps leaves of a step ---

// [kept]
// Adam's first step moves an entry by lr |g| / (|g| + eps) instead of lr.
double kept(const std::vector<double>& gradient, double eps) {
  double sum = 0;
  int count = 0;  // without the entries of dead units, which are exactly 0
  for (const double g : gradient)
    if (g != 0) {
      sum += std::abs(g) / (std::abs(g) + eps);
      ++count;
    }
  return sum / count;
}
// [kept]

double mult(std::int64_t width) { return static_cast<double>(width) / base; }

void first_gradient(std::int64_t width, const Integers& widths,
                    const Images& images, std::uint64_t seed,
                    SweepRows& rows) {
  const Model net = net_of(abc::mup_table8, images.x.dim(1), width);
  const Params w = init(net, seed, images.x.dtype(), images.x.device());
  const std::vector<std::int64_t> picked =
      Batches(images.x.dim(0), 64, seed).at(0);
  const Tensor f = net(w, gather_rows(images.x, picked));
  const Params g =
      grad(softmax_cross_entropy(f, gather_rows(images.y, picked)), w);
  for (std::size_t i = 0; i < w.size(); i += 2)
    rows.add({net.params[i].name, rms(g[i])});
  const Values hidden = g[2].to_vector();
  rows.add({"fixed", kept(hidden, large_eps)});
  rows.add({"scaled", kept(hidden, large_eps / mult(width))});
  if (width ==
      base)  // what fixed eps will keep at every width, from the entries at this one
    for (const std::int64_t n : widths)
      rows.add({"predicted " + std::to_string(n),
                kept(hidden, large_eps * mult(n))});
}

// --- The sweep ---

// One U-curve for each width.
struct Curve {
  const char* name;
  Parametrisation table;
  double eps;       // at the base width
  bool eps_scaled;  // divided by m
  int first, last;  // log2 of the learning rates, in octaves
};

struct Grid {
  Integers step_widths, gradient_widths, widths;
  std::vector<Curve> curves;
};

Grid grid(bool full) {
  if (full)
    return {{256, 512, 1024, 2048},
            {64, 128, 256, 512, 1024, 2048},
            {64, 128, 256, 512},
            {{"sp", abc::sp, 0, false, -12, -6},
             {"mup", abc::mup_table8, 0, false, -10, -5},
             {"fixed", abc::mup_table8, large_eps, false, -9, -2},
             {"scaled", abc::mup_table8, large_eps, true, -9, -4}}};
  return {{256, 512, 1024},
          {64, 128, 256, 512, 1024},
          {64, 256},
          {{"sp", abc::sp, 0, false, -11, -6},
           {"mup", abc::mup_table8, 0, false, -9, -5},
           {"fixed", abc::mup_table8, large_eps, false, -8, -3},
           {"scaled", abc::mup_table8, large_eps, true, -8, -4}}};
}

Table measure(const Grid& grid, const Options& options) {
  Sweep sweep(options, "adam", {"part", "curve", "width", "lr", "seed"},
              {"quantity", "value"});
  const Images images = load(options);
  for (int k = 0; k < seeds; ++k) {
    const std::uint64_t seed =
        1000 * options.seed + static_cast<std::uint64_t>(k);
    for (const std::int64_t n : grid.step_widths) {
      const double size = static_cast<double>(n), cost = size * size * 20;
      const auto step = [&](const char* name, const Parametrisation& table,
                            double lr) {
        sweep.cell(
            {"step", name, n, lr, k},
            [=, device = options.device](SweepRows& rows) {
              rows.add({"output", one_step(table, n, lr, seed, device)});
            },
            cost);
      };
      step("sp", abc::sp, 1e-5);
      step("sp_over_m", abc::sp, 256 * 1e-3 / size);
      step("mup", abc::mup_table8, 1e-3);
    }
    for (const std::int64_t n : grid.gradient_widths)
      sweep.cell(
          {"gradient", "mup", n, 0, k},
          [=, widths = grid.gradient_widths](SweepRows& rows) {
            first_gradient(n, widths, images, seed, rows);
          },
          static_cast<double>(n * (n + 800)) * 5);
    for (const std::int64_t n : grid.widths)
      for (const Curve& curve : grid.curves)
        for (int octave = curve.first; octave <= curve.last; ++octave)
          sweep.cell(
              {"train", curve.name, n, octave, k},
              [=](SweepRows& rows) {
                const double eps =
                    curve.eps_scaled ? curve.eps / mult(n) : curve.eps;
                const Model net = net_of(curve.table, images.x.dim(1), n);
                rows.add({"loss",
                          train(net, std::exp2(octave), eps, images, seed)});
              },
              static_cast<double>(n * (n + 800)) * 200);
  }
  return sweep.run();
}

// --- What the sweep says ---

// Medians over the seeds, and one curve for each seed, over log2 of the learning rate.
struct Measured {
  Values octaves, medians;
  std::vector<Values> of_seed;
};

Measured curve_of(const Table& table, const char* curve, std::int64_t width) {
  const Table rows = table.where("part", "train")
                         .where("curve", curve)
                         .where("width", width);
  Measured result;
  for (int k = 0; k < seeds; ++k)
    result.of_seed.push_back(rows.where("seed", k).numbers("value"));
  result.octaves = rows.where("seed", 0).numbers("lr");
  for (const double octave : result.octaves)
    result.medians.push_back(
        median(rows.where("lr", octave).numbers("value")));
  return result;
}

// [best]
// Where the loss is lowest: the vertex of log loss over log2 of the rate.
Vertex best(const Values& octaves, const Values& losses) {
  Values logs;
  for (const double loss : losses) logs.push_back(std::log2(loss));
  return fit_vertex(octaves, logs);
}

// Octaves from the best rate of one curve to that of another: of medians, and
// the standard error of the single seeds' mean.
struct Shift {
  double value, error;
};

Shift shift(const Measured& narrow, const Measured& wide) {
  Values shifts;
  for (std::size_t k = 0; k < narrow.of_seed.size(); ++k)
    shifts.push_back(best(wide.octaves, wide.of_seed[k]).x -
                     best(narrow.octaves, narrow.of_seed[k]).x);
  const double from = best(narrow.octaves, narrow.medians).x;
  return {best(wide.octaves, wide.medians).x - from,
          statistics(shifts).deviation / std::sqrt(seeds)};
}
// [best]

// The exponent of n of the medians.
double exponent(const Table& rows, const Integers& widths) {
  Values n, medians;
  for (const std::int64_t width : widths) {
    n.push_back(static_cast<double>(width));
    medians.push_back(median(rows.where("width", width).numbers("value")));
  }
  return fit_log_log(n, medians).slope;
}

void step_results(const Grid& grid, const Table& table, Claims& claims) {
  const auto measured = [&](const char* curve) {
    return exponent(table.where("part", "step").where("curve", curve),
                    grid.step_widths);
  };
  const double sp = measured("sp"), over_m = measured("sp_over_m"),
               mup = measured("mup");
  std::printf("One step of Adam: exponent of Delta f, measured (limit)\n");
  std::printf("SP, one rate        %5.2f (3/2)\n", sp);
  std::printf("SP, rate over m     %5.2f (1/2)\n", over_m);
  std::printf("muP                 %5.2f (0)\n\n", mup);
  claims.add("step_sp", "exponent of Δf, one step, SP", sp,
             between(1.2, 1.6));
  claims.add("step_sp_over_m", "the same, all rates over m", over_m,
             between(0.2, 0.6));
  claims.add("step_mup", "the same, µP", mup, equals(0, 0.1));
}

void train_results(const Grid& grid, const Table& table,
                   const Options& options, Claims& claims, Summary& summary) {
  // One bound says what stays and what moves; over three octaves of width SP moves twice as far.
  constexpr double stays = 0.75;
  const Bounds bounds[] = {below(options.full ? -2 * stays : -stays),
                           equals(0, stays), above(stays), equals(0, stays)};
  const char* titles[] = {"SP", "µP",
                          "µP, fixed eps\neps = 0.01 at every width",
                          "µP, scaled eps\neps = 0.01 / m"};
  Panels transfer("transfer"), eps("eps");
  transfer.title("Under µP the best learning rate stays")
      .subtitle(
          "Adam, eps = 0, 200 steps on Fashion-MNIST, median of 4 seeds");
  eps.title("Unless eps stays as it is")
      .subtitle("the same training with eps = 0.01 at n = 64");
  for (Panels* panels : {&transfer, &eps})
    panels->x_axis("learning rate η", Scale::log2)
        .y_axis("loss", Scale::log10)
        .columns(2);

  std::printf(
      "Best rate, log2, and loss there\n          n    rate   loss\n");
  for (std::size_t i = 0; i < grid.curves.size(); ++i) {
    const std::string name = grid.curves[i].name;
    Figure& panel = (i < 2 ? transfer : eps).panel(titles[i]);
    for (const std::int64_t n : grid.widths) {
      const Measured curve = curve_of(table, name.c_str(), n);
      const Vertex vertex = best(curve.octaves, curve.medians);
      std::printf("%-8s%4lld  %6.2f  %.3f\n", name.c_str(),
                  static_cast<long long>(n), vertex.x, std::exp2(vertex.y));
      Values rates;
      for (const double octave : curve.octaves)
        rates.push_back(std::exp2(octave));
      panel.line(rates, curve.medians, "n = " + std::to_string(n));
      summary.number("best_" + name + "_" + std::to_string(n), vertex.x, 0.5);
      summary.number("loss_" + name + "_" + std::to_string(n),
                     std::exp2(vertex.y), 0.03);
    }
    const Shift moved =
        shift(curve_of(table, name.c_str(), grid.widths.front()),
              curve_of(table, name.c_str(), grid.widths.back()));
    claims.add("shift_" + name, "octaves that the best rate moves, " + name,
               moved.value, bounds[i]);
    summary.number("error_" + name, moved.error, 0.3);
  }
  std::printf("\n");
  // What SP reaches at the largest width with the rate that was best at the smallest.
  const Measured narrow = curve_of(table, "sp", grid.widths.front());
  const Measured wide = curve_of(table, "sp", grid.widths.back());
  const double old_rate = std::round(best(narrow.octaves, narrow.medians).x);
  summary.number("old_octave", old_rate, 1);
  summary.number(
      "loss_old_rate",
      wide.medians[static_cast<std::size_t>(old_rate - wide.octaves[0])],
      0.03);
  transfer.draw(options.out);
  eps.draw(options.out);
}

void eps_results(const Grid& grid, const Table& table, const Options& options,
                 Claims& claims, Summary& summary) {
  const Table rows = table.where("part", "gradient");
  const auto at = [&](std::int64_t n, const std::string& quantity) {
    return median(
        rows.where("width", n).where("quantity", quantity).numbers("value"));
  };
  std::printf(
      "First step: rms of gradients, and share of a hidden step that eps "
      "leaves\n");
  std::printf("   n     input    hidden    output   fixed  scaled\n");
  Values widths, fixed, scaled, predicted;
  for (const std::int64_t n : grid.gradient_widths) {
    widths.push_back(static_cast<double>(n));
    fixed.push_back(at(n, "fixed"));
    scaled.push_back(at(n, "scaled"));
    predicted.push_back(at(base, "predicted " + std::to_string(n)));
    std::printf("%4lld  %.2e  %.2e  %.2e   %.3f   %.3f\n",
                static_cast<long long>(n), at(n, "layer1"), at(n, "layer2"),
                at(n, "output"), fixed.back(), scaled.back());
  }
  std::printf("\n");
  Figure("kept")
      .title("A fixed eps eats the step")
      .subtitle(
          "share of the hidden layer's first step; dashed: from the "
          "gradients at n = 64")
      .x_axis("width n", Scale::log2)
      .y_axis("share of the step that is left", Scale::log2)
      .line(widths, scaled, "eps = 0.01 / m")
      .line(widths, fixed, "eps = 0.01")
      .dashed(widths, predicted)
      .draw(options.out);

  Integers wide = grid.gradient_widths;
  wide.erase(wide.begin());  // at 64 a large f_0 adds to the gradients
  claims.add("gradient", "exponent of the hidden gradient, n >= 128",
             exponent(rows.where("quantity", "layer2"), wide),
             equals(-1, 0.2));
  claims.add("kept_fixed",
             "share of a step at n = 1024 over that at 256, eps fixed",
             at(1024, "fixed") / at(256, "fixed"), below(0.5));
  claims.add("kept_scaled", "the same, eps scaled",
             at(1024, "scaled") / at(256, "scaled"), equals(1, 0.15));
  summary.number("gradient_narrow", at(base, "layer2"), 0.01);
  summary.number("gradient_wide", at(1024, "layer2"), 3e-4);
  summary.number("kept_narrow", fixed.front(), 0.1);
  summary.number("kept_wide", at(1024, "fixed"), 0.02);
  summary.number("kept_predicted", at(base, "predicted 1024"), 0.03);
  summary.number("default_width", base * at(base, "layer2") / 1e-8, 1e8);
}

int chapter(const Options& options) {
  Claims claims;
  Summary summary(options);
  const Grid sizes = grid(options.full);
  const Table table = measure(sizes, options);
  step_results(sizes, table, claims);
  train_results(sizes, table, options, claims, summary);
  eps_results(sizes, table, options, claims, summary);
  summary.save(claims);
  return claims.report(options.check);
}

int main(int argc, char** argv) {
  const ChapterInfo info{
      .name = "ch10_transfer_adam",
      .question = "Transfer with Adam: what else must scale?",
      .quick_time = "25 s",
      .full_time = "4 min",
      .sweeps = true};
  return run_chapter(argc, argv, info, chapter);
}
