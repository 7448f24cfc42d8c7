// Chapter 12. Sharpness: how curved is the loss?
//
// The largest eigenvalue of the Hessian at initialisation, by power iteration
// and by Lanczos: how well each finds it, what it costs, and how it depends on
// width, depth and the examples.
//
// sharpness.csv: one row for each quantity of a network. Its parts: what few
// products miss ("top"), growth ("width", "depth"), and the same weights on
// parts of the images ("examples").
// uv.csv: all eigenvalues of three uv nets.
// checks.csv: single numbers that the text derives or finds twice.
// cost.csv: the times of a forward pass, a gradient and two kinds of product.
// convergence.csv: eigenvalue and residual after each product.
// small_starts.csv: both ends of the spectrum where f is almost 0, and what 20
// power iterations report.

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "autodiff/hvp.h"
#include "chapters/ch12_sharpness/lanczos.h"
#include "chapters/ch12_sharpness/methods.h"
#include "chapters/ch12_sharpness/networks.h"
#include "chapters/support/csv.h"
#include "chapters/support/options.h"
#include "chapters/support/sweep.h"
#include "data/load.h"

using namespace gradus;

// 2048 images of Fashion-MNIST; in quick mode means over 2 x 2 pixels, which
// leaves 196 inputs.
Examples load(const Options& options) {
  const Dataset images = embedded_fashion_mnist().train;
  return {
      pooled_images(images, options.full ? 1 : 2, Layout::flat, DType::f64),
      one_hot(images.labels, images.classes, DType::f64)};
}

// What 20 power iterations and 24 steps of Lanczos miss, and the largest
// eigenvalues.
void few_products(const Examples& images, std::int64_t width,
                  std::uint64_t seed, SweepRows& rows) {
  const Model net = network(images, width, 3);
  const Params w = init(net, seed, DType::f64);
  Hvp hvp(loss_of(net, w, images), w);
  const Values exact =
      top_eigenvalues(std::ref(hvp), w, top_count,
                      {.tolerance = 1e-3, .max_products = 300})
          .eigenvalues;
  const Params start = random_vector(w, {seed, 500});
  const Trace by_power = power(std::ref(hvp), start, 20);
  const Trace by_lanczos = lanczos(std::ref(hvp), start, 24);
  rows.add({"missed by power", 1 - by_power.value[19] / exact[0]});
  rows.add({"residual of power", by_power.residual[19] / exact[0]});
  rows.add({"missed by Lanczos", 1 - by_lanczos.value[23] / exact[0]});
  rows.add({"residual of Lanczos", by_lanczos.residual[23] / exact[0]});
  for (std::size_t i = 0; i < exact.size(); ++i)
    rows.add({"eigenvalue " + std::to_string(i + 1), exact[i] / exact[0]});
}

// [parts]
// The sharpness; and with the rates counted in, and of the residual's part
// alone, if `all`.
void scale_of(const Model& net, bool all, std::uint64_t seed,
              SweepRows& rows) {
  const Params w = init(net, seed, DType::f64);
  const auto [x, y] = random_examples(8, 4, 1, {seed, 600});
  const Tensor f = net(w, x);
  Hvp whole(mse_half_mean(f, y), w);
  // With the outputs as targets r = 0, and J^T J / N is left.
  Hvp kernel(mse_half_mean(f, stop_gradient(f)), w);
  const LinearOperator residual = [&](const Params& v) {
    return add_scaled(whole(v), -1, kernel(v));
  };
  Values factors;  // of the learning rate, one for each layer
  for (const Param& param : net.params) factors.push_back(param.sgd_lr);
  const auto lambda = [&](const LinearOperator& h, bool weighted) {
    const LinearOperator seen = weighted ? preconditioned(h, factors) : h;
    return sharpness(seen, w, {.tolerance = 0.05}).lambda_max;
  };
  const double raw = lambda(std::ref(whole), false);
  const bool one_rate =
      std::all_of(factors.begin(), factors.end(),
                  [](double factor) { return factor == 1; });
  rows.add({"raw", raw});
  if (!all) return;
  rows.add({"weighted", one_rate ? raw : lambda(std::ref(whole), true)});
  rows.add({"residual", lambda(residual, true)});
}
// [parts]

// The sharpness of one net on each part of the images, `size` at a time.
void parts_of(const Examples& images, std::int64_t size, std::uint64_t seed,
              SweepRows& rows) {
  const Model net = network(images, 64, 3);
  const Params w = init(net, seed, DType::f64);
  for (std::int64_t i = 0; i < images.size(); i += size) {
    Hvp hvp(loss_of(net, w, images.part(i, i + size)), w);
    rows.add({"lambda",
              sharpness(std::ref(hvp), w, {.tolerance = 1e-3}).lambda_max});
  }
}

Model small_net(const Parametrisation& table, std::int64_t width,
                std::int64_t depth) {
  return fcn({.in = 4,
              .width = width,
              .depth = depth,
              .out = 1,
              .parametrisation = table});
}

void measure_sharpness(const Examples& images, const Options& options) {
  std::vector<std::int64_t> widths = {64, 128, 256, 512}, top_widths = widths;
  std::vector<std::int64_t> depths = {2, 3, 4, 6, 8, 12};
  if (options.full) {
    top_widths.push_back(1024);
    widths.insert(widths.end(), {1024, 2048});
    depths.push_back(16);
  }
  const int top_seeds = options.full ? 8 : 3;

  Sweep sweep(options, "sharpness", {"part", "table", "size", "seed"},
              {"quantity", "value"});
  const auto seed_of = [&](int k) { return options.network_seed(k); };
  const Examples few = images.part(0, 64);
  for (std::int64_t n : top_widths)
    for (int k = 0; k < top_seeds; ++k)
      sweep.cell(
          {"top", "sp", n, k},
          [=](SweepRows& rows) { few_products(few, n, seed_of(k), rows); },
          double(n * (2 * n + 200)) * 4);
  for (int k = 0; k < 8; ++k)
    for (const Parametrisation& table : {abc::sp, abc::ntk, abc::mup_table3})
      for (std::int64_t n : widths)
        sweep.cell(
            {"width", table.name, n, k},
            [=](SweepRows& rows) {
              scale_of(small_net(table, n, 3), true, seed_of(k), rows);
            },
            double(n * n));
  for (int k = 0; k < 24; ++k)  // more, because deep networks differ more
    for (std::int64_t depth : depths)
      sweep.cell(
          {"depth", "sp", depth, k},
          [=](SweepRows& rows) {
            scale_of(small_net(abc::sp, 128, depth), false, seed_of(k), rows);
          },
          double(depth * 4096));
  for (std::int64_t size : {64, 128, 256, 512, 1024, 2048})
    sweep.cell(
        {"examples", "sp", size, 0},
        [=, seed = options.seed](SweepRows& rows) {
          parts_of(images, size, seed, rows);
        },
        1e6);
  sweep.run();
}

// Deep nets whose weights start at a tenth of their usual size, so that f = 0,
// almost.
void measure_small_starts(const Examples& images, std::uint64_t first,
                          Csv& rows) {
  const Model net = network(images, 32, 4);
  for (std::uint64_t seed = first; seed < first + 16; ++seed) {
    const Params w = scaled(init(net, seed, DType::f64), 0.1);
    Hvp hvp(loss_of(net, w, images), w);
    const LinearOperator minus = [&](const Params& v) {
      return scaled(hvp(v), -1);
    };
    const EigenOptions precise{.tolerance = 1e-4, .max_products = 300};
    const double largest = sharpness(std::ref(hvp), w, precise).lambda_max;
    const double smallest = -sharpness(minus, w, precise).lambda_max;
    const Trace trace =
        power(std::ref(hvp), random_vector(w, {seed, 700}), 20);
    rows.row(
        {seed, largest, smallest, trace.value.back(), trace.residual.back()});
  }
}

void experiment(const Options& options) {
  const Examples images = load(options);
  measure_sharpness(images, options);

  Csv uv({"width", "f", "lam", "target", "eigenvalue"});
  Csv checks({"check", "value"}), cost({"pass", "round", "seconds"});
  Csv convergence({"matrix", "method", "products", "value", "residual"});
  Csv small({"seed", "largest", "smallest", "power", "residual"});
  measure_uv(uv);
  measure_wrong(checks);
  measure_dense(options.seed, checks);
  measure_cost(options.seed, cost, checks);
  converge_planted(options.seed, 60, convergence, checks);
  converge_network(images.part(0, 128), options.seed, 60, convergence);
  measure_small_starts(images.part(0, 32), options.network_seed(0), small);
  uv.save(options.out / "uv.csv");
  checks.save(options.out / "checks.csv");
  cost.save(options.out / "cost.csv");
  convergence.save(options.out / "convergence.csv");
  small.save(options.out / "small_starts.csv");
}

int main(int argc, char** argv) {
  const ChapterInfo info{.name = "ch12_sharpness",
                         .question = "Sharpness: how curved is the loss?",
                         .quick_time = "15 s",
                         .full_time = "10 min",
                         .sweeps = true,
                         .defaults = {.dtype = DType::f64}};
  return run_experiment(argc, argv, info, experiment);
}
