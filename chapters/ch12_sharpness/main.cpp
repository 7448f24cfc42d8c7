// Chapter 12. Sharpness: how curved is the loss?
//
// Small Hessians by hand; products with large ones and what they cost; power iteration and Lanczos;
// how the largest eigenvalue grows with width and depth, and how it depends on the examples.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "chapters/support/claims.h"
#include "chapters/support/csv.h"
#include "chapters/support/options.h"
#include "chapters/support/plotting/panels.h"
#include "chapters/support/plotting/plot.h"
#include "chapters/support/sweep.h"
#include "data/load.h"
#include "nn/instruments/fits.h"
#include "nn/instruments/sharpness.h"
#include "nn/instruments/statistics.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/vectors.h"

using namespace gradus;

using Params = std::vector<Tensor>;
using Values = std::vector<double>;
using Integers = std::vector<std::int64_t>;
using Matrix = std::vector<Values>;

struct Images {
  Tensor x, y;

  std::int64_t size() const { return x.dim(0); }
  Images part(std::int64_t begin, std::int64_t end) const {
    return {slice(x, 0, begin, end), slice(y, 0, begin, end)};
  }
};

// 2048 images of Fashion-MNIST; in quick mode means over 2 x 2 pixels, which leaves 196 inputs.
Images load(const Options& options) {
  const Dataset images = embedded_fashion_mnist().train;
  Tensor x = standardised_images(images, Layout::nhwc, DType::f64);
  if (!options.full) x = avg_pool2d(x);
  return {reshape(x, {x.dim(0), x.size() / x.dim(0)}),
          one_hot(images.labels, images.classes, DType::f64)};
}

Model image_net(const Images& images, std::int64_t width,
                std::int64_t depth) {
  return fcn({.in = images.x.dim(1),
              .width = width,
              .depth = depth,
              .out = images.y.dim(1)});
}

Hvp hessian_of(const Model& net, const Params& w, const Images& images) {
  return Hvp(mse_half_mean(net(w, images.x), images.y), w);
}

// --- 1. Small Hessians, whole ---

// [dense]
// All columns of H: its products with the unit vectors.
Matrix dense(const LinearOperator& h, const Params& like) {
  Matrix columns;
  for (std::size_t i = 0; i < like.size(); ++i)
    for (std::int64_t k = 0; k < like[i].size(); ++k) {
      Params unit = scaled(like, 0);
      Values entries = unit[i].to_vector();
      entries[static_cast<std::size_t>(k)] = 1;
      unit[i] = from_host(entries, like[i].shape(), DType::f64);
      Values& column = columns.emplace_back();
      for (const Tensor& part : h(unit))
        for (const double entry : part.to_vector()) column.push_back(entry);
    }
  return columns;
}

// The largest eigenvalue is where H - x becomes negative definite, so that
// elimination meets negative pivots only.
double largest_eigenvalue(const Matrix& h, double low, double high) {
  const auto definite = [&](double x) {
    Matrix a = h;
    for (std::size_t k = 0; k < a.size(); ++k) {
      a[k][k] -= x;
      if (!(a[k][k] < 0)) return false;
      for (std::size_t i = k + 1; i < a.size(); ++i)
        for (std::size_t j = k + 1; j < a.size(); ++j)
          a[i][j] -= a[i][k] / a[k][k] * a[k][j];
    }
    return true;
  };
  for (int bisection = 0; bisection < 60; ++bisection) {
    const double x = (low + high) / 2;
    (definite(x) ? high : low) = x;
  }
  return high;
}
// [dense]

// The largest deviation of the whole spectrum of a uv net from the closed form.
double uv_error(std::int64_t n, UvState state, double y) {
  const UvConfig config{.width = n};
  const Params w = uv_params(config, state.f, state.lam);
  Hvp hvp(square(uv(config)(w, ones({1, 1}, DType::f64)) - y) / 2, w);
  const Values found =
      top_eigenvalues(std::ref(hvp), w, 2 * n, {.tolerance = 1e-12})
          .eigenvalues;
  const UvSpectrum exact = uv_spectrum(config, state, y);
  Values expected = {exact.largest, exact.smallest};
  for (std::int64_t i = 1; i < n; ++i)
    for (const double sign : {1, -1}) expected.push_back(sign * exact.bulk);
  std::sort(expected.rbegin(), expected.rend());
  double error = 0;
  for (std::size_t i = 0; i < expected.size(); ++i)
    error = std::max(error, std::abs(found[i] - expected[i]));
  return error;
}

void small_hessians(Claims& claims) {
  // [small]
  const Tensor half = full({1}, 0.5, DType::f64);
  const Tensor a = 1 * half, b = 1 * half, c = 1 * half;
  Hvp hvp(square(a * b * c - 1) / 2, {a, b, c});
  const EigenOptions precise{.tolerance = 1e-7, .max_products = 200};
  const double by_power =
      power_iteration(std::ref(hvp), {a, b, c}, precise).lambda_max;
  const double by_lanczos =
      sharpness(std::ref(hvp), {a, b, c}, precise).lambda_max;
  // [small]
  claims.add("uv_spectrum",
             "uv nets of width 1 and 8: error of the whole spectrum",
             std::max({uv_error(1, {2, 5}, 1), uv_error(8, {1, 2}, 0.3),
                       uv_error(8, {-1, 2}, 2)}),
             below(1e-9));
  claims.add("wrong_power", "f = abc: what power iteration finds", by_power,
             equals(-11.0 / 16, 1e-6));
  claims.add("wrong_lanczos", "f = abc: what Lanczos finds", by_lanczos,
             equals(7.0 / 16, 1e-9));
}

// --- 2. What a product costs ---

double seconds(const std::function<void()>& work) {
  Values times;
  for (int repeat = 0; repeat < 9; ++repeat) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> time =
        std::chrono::steady_clock::now() - start;
    times.push_back(time.count());
  }
  return median(times);
}

void cost(const Options& options, Claims& claims, Summary& summary) {
  const Model net = fcn({.in = 256, .width = 256, .depth = 6, .out = 10});
  const Params w = init(net, options.seed, DType::f64);
  const Params v = random_vector(w, {options.seed, 100});
  const Tensor x =
      random_normal({256, 256}, {options.seed, 101}, 1.0, DType::f64);
  const Tensor y =
      random_normal({256, 10}, {options.seed, 102}, 1.0, DType::f64);
  const auto loss = [&] { return mse_half_mean(net(w, x), y); };
  // [product]
  // Pearlmutter (1994), as two lines of calculus: the gradient of <g, v>.
  const auto afresh = [&] {
    const Params g = grad(loss(), w, {.record = true});
    Tensor slope = dot(g[0], v[0]);
    for (std::size_t i = 1; i < g.size(); ++i)
      slope = slope + dot(g[i], v[i]);
    return grad(slope, w);
  };
  Hvp hvp(loss(), w);  // keeps the graph of the gradient
  // [product]
  const double forward = seconds([&] {
    const NoGrad values_only;
    loss();
  });
  const double of_gradient = seconds([&] { grad(loss(), w); }) / forward;
  const double of_kept = seconds([&] { hvp(v); }) / forward;
  const double of_afresh = seconds([&] { afresh(); }) / forward;
  std::printf(
      "Cost in forward passes: gradient %.1f, product %.1f, product afresh "
      "%.1f\n\n",
      of_gradient, of_kept, of_afresh);
  const Params kept = hvp(v);
  claims.add("products_agree", "the two products: relative difference",
             norm(add_scaled(kept, -1, afresh())) / norm(kept), below(1e-12));
  summary.number("cost_gradient", of_gradient, 2);
  summary.number("cost_kept", of_kept, 3);
  summary.number("cost_afresh", of_afresh, 4);
}

// --- 3. Power iteration and Lanczos ---

// What is known after each product: an eigenvalue, and ||H v - value v||.
struct Trace {
  Values value, residual;
};

// [power]
Trace power(const LinearOperator& h, Params v, int products) {
  const NoGrad values_only;
  Trace trace;
  v = scaled(v, 1 / norm(v));
  for (int k = 0; k < products; ++k) {
    const Params w = h(v);
    trace.value.push_back(inner_product(v, w));
    trace.residual.push_back(norm(add_scaled(w, -trace.value.back(), v)));
    v = scaled(w, 1 / norm(w));
  }
  return trace;
}
// [power]

// [top]
// The largest eigenvalue x of T, between `low` and `high`, and the last entry
// of its eigenvector s. T has alpha on its diagonal and beta beside it.
struct Top {
  double x, last;
};

Top top_of(const Values& alpha, const Values& beta, double low, double high) {
  double square = 0;  // of the length of s, if its last entry is 1
  const auto definite = [&](double x) {
    double pivot = x - alpha.back(), s = 1;
    square = 1;
    for (std::size_t j = alpha.size() - 1; j > 0 && pivot > 0; --j) {
      s *= pivot / beta[j - 1];
      square += s * s;
      pivot = x - alpha[j - 1] - beta[j - 1] * beta[j - 1] / pivot;
    }
    return pivot > 0;
  };
  for (int bisection = 0; bisection < 60; ++bisection) {
    const double x = (low + high) / 2;
    (definite(x) ? high : low) = x;
  }
  definite(high);
  return {high, 1 / std::sqrt(square)};
}
// [top]

// [lanczos]
Trace lanczos(const LinearOperator& h, Params v, int products) {
  const NoGrad values_only;
  Trace trace;
  Params previous;
  std::vector<Params> basis;
  Values alpha, beta;
  double bound = 0;  // of |T|: no eigenvalue lies outside
  v = scaled(v, 1 / norm(v));
  for (int k = 0; k < products; ++k) {
    Params w = h(v);
    alpha.push_back(inner_product(w, v));
    w = add_scaled(w, -alpha.back(), v);
    if (k > 0) w = add_scaled(w, -beta.back(), previous);
    basis.push_back(v);
    for (const Params& b : basis)  // what rounding has left
      w = add_scaled(w, -inner_product(w, b), b);
    const double next = norm(w);
    const double from = k > 0 ? beta.back() : 0;
    bound = std::max(bound, std::abs(alpha.back()) + from + next);
    const Top top = top_of(alpha, beta, -bound, bound);
    trace.value.push_back(top.x);
    trace.residual.push_back(next * top.last);
    beta.push_back(next);
    previous = v;
    v = scaled(w, 1 / next);
  }
  return trace;
}
// [lanczos]

// 20 eigenvalues crowd between 0.9 and 1, and 280 fill 0 to 0.5. (A rotation would change nothing:
// the start is random.)
Tensor clustered() {
  Values eigenvalues;
  for (int i = 0; i < 20; ++i) eigenvalues.push_back(1 - 0.1 * i / 19);
  for (int i = 0; i < 280; ++i) eigenvalues.push_back(0.5 * i / 279);
  return from_host(eigenvalues, {300}, DType::f64);
}

void add_curve(Figure& panel, const Trace& trace, double exact,
               const char* label) {
  Values products, error, residual;
  for (std::size_t k = 0; k < trace.value.size(); ++k) {
    products.push_back(static_cast<double>(k + 1));
    error.push_back(std::abs(1 - trace.value[k] / exact));
    residual.push_back(trace.residual[k] / exact);
  }
  panel.line(products, error, label).dashed(products, residual);
}

// The first product after which the error stays below 1%.
double products_to_1_percent(const Trace& trace, double exact) {
  std::size_t k = trace.value.size();
  while (k > 0 && std::abs(1 - trace.value[k - 1] / exact) < 0.01) --k;
  return static_cast<double>(k + 1);
}

void convergence(const Images& all, const Options& options, Claims& claims,
                 Summary& summary) {
  constexpr int products = 60;
  Panels panels("convergence");
  panels.title("Lanczos needs fewer products, and knows how good it is")
      .subtitle("relative error of the largest eigenvalue; dashed: residual")
      .x_axis("products with H")
      .y_axis("relative error", Scale::log10)
      .y_range(1e-10, 1);

  const Tensor diagonal = clustered();
  const LinearOperator planted = [&](const Params& v) {
    return Params{diagonal * v[0]};
  };
  const Params start = random_vector({diagonal}, {options.seed, 200});
  const Trace by_power = power(planted, start, products);
  const Trace by_lanczos = lanczos(planted, start, products);
  Figure& left = panels.panel("Planted\n20 of 300 eigenvalues in 0.9 to 1");
  add_curve(left, by_power, 1, "power iteration");
  add_curve(left, by_lanczos, 1, "Lanczos");

  const Images images = all.part(0, 128);
  const Model net = image_net(images, 256, 3);
  Params w = init(net, options.seed, DType::f64);
  Hvp before = hessian_of(net, w, images);
  const Sharpness old = sharpness(std::ref(before), w, {.tolerance = 1e-4});
  w = add_scaled(w, -1 / old.lambda_max,
                 before.gradient());  // one step of gradient descent
  Hvp after = hessian_of(net, w, images);
  const Params random = random_vector(w, {options.seed, 300});
  const Trace net_power = power(std::ref(after), random, products);
  const Trace net_lanczos = lanczos(std::ref(after), random, products);
  const Trace warm = lanczos(std::ref(after), old.eigenvector, products / 2);
  const double exact = net_lanczos.value.back();
  Figure& right =
      panels.panel("Network\n3 layers of width 256, after one step");
  add_curve(right, net_power, exact, "power iteration");
  add_curve(right, net_lanczos, exact, "Lanczos");
  add_curve(right, warm, exact, "Lanczos, from the vector before the step");
  panels.draw(options.out);

  double ahead = std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < products; ++k)
    ahead = std::min({ahead, by_lanczos.value[k] - by_power.value[k],
                      (net_lanczos.value[k] - net_power.value[k]) / exact});
  const EigenOptions same{
      .tolerance = 0, .max_products = 24, .start = start, .start_noise = 0};
  claims.add(
      "same_lanczos",
      "24 products: this Lanczos and that of nn/instruments/sharpness.h",
      std::abs(by_lanczos.value[23] -
               sharpness(planted, start, same).lambda_max),
      below(1e-12));
  claims.add("lanczos_ahead", "Lanczos minus power iteration, at least",
             ahead, above(-1e-12));
  claims.add("planted_ratio",
             "planted, 40 products: error of power iteration over Lanczos'",
             (1 - by_power.value[39]) / (1 - by_lanczos.value[39]),
             above(10));
  summary.number("planted_power", 1 - by_power.value[39], 0.01);
  summary.number("planted_lanczos", 1 - by_lanczos.value[39], 1e-4);
  summary.number("products_power", products_to_1_percent(net_power, exact),
                 15);
  summary.number("products_lanczos",
                 products_to_1_percent(net_lanczos, exact), 4);
  summary.number("products_warm", products_to_1_percent(warm, exact), 4);
}

// A net so small that its Hessian can be eliminated: 5-6-6-3, 84 parameters.
void against_dense(const Options& options, Claims& claims) {
  const Model net = fcn({.in = 5, .width = 6, .depth = 3, .out = 3});
  const Params w = init(net, options.seed, DType::f64);
  Hvp hvp(mse_half_mean(
              net(w, random_normal({12, 5}, {options.seed, 400}, 1.0,
                                   DType::f64)),
              random_normal({12, 3}, {options.seed, 401}, 1.0, DType::f64)),
          w);
  const double found =
      sharpness(std::ref(hvp), w, {.tolerance = 1e-7}).lambda_max;
  const double exact =
      largest_eigenvalue(dense(std::ref(hvp), w), 0, 10 * found);
  claims.add("lanczos_dense",
             "Lanczos against the dense Hessian of 84 parameters",
             std::abs(found - exact), below(1e-6));
}

// Deep nets whose weights start at a tenth of their usual size, so that f = 0, almost: in how many
// is the eigenvalue of largest magnitude negative, and what do 20 power iterations report?
void small_starts(const Images& images, const Options& options,
                  Claims& claims, Summary& summary) {
  constexpr int count = 16;
  int negative = 0;
  Values reported, residuals;
  for (std::uint64_t seed = 1000 * options.seed; reported.size() < count;
       ++seed) {
    const Model net = image_net(images, 32, 4);
    const Params w = scaled(init(net, seed, DType::f64), 0.1);
    Hvp hvp = hessian_of(net, w, images.part(0, 32));
    const LinearOperator minus = [&](const Params& v) {
      return scaled(hvp(v), -1);
    };
    const EigenOptions precise{.tolerance = 1e-4, .max_products = 300};
    const double largest = sharpness(std::ref(hvp), w, precise).lambda_max;
    negative += sharpness(minus, w, precise).lambda_max > largest;
    const Trace trace =
        power(std::ref(hvp), random_vector(w, {seed, 700}), 20);
    reported.push_back(trace.value.back() / largest);
    residuals.push_back(trace.residual.back() / largest);
  }
  claims.add("small_negative",
             "small starts of 16: largest magnitude is negative", negative,
             between(1, count - 1));
  summary.number("small_lowest", statistics(reported).smallest, 0.5);
  summary.number("small_highest", statistics(reported).largest, 0.5);
  summary.number("small_residual", median(residuals), 1);
}

// --- 4. The sweep ---

constexpr int seeds = 8;          // of exponents of the width
constexpr int depth_seeds = 24;   // more, because deep networks differ more
constexpr std::int64_t top = 12;  // eigenvalues of an image net

// What 20 power iterations and 24 steps of Lanczos miss, and the top of the spectrum.
void twenty_products(const Images& images, std::int64_t width,
                     std::uint64_t seed, SweepRows& rows) {
  const Model net = image_net(images, width, 3);
  const Params w = init(net, seed, DType::f64);
  Hvp hvp = hessian_of(net, w, images);
  const Spectrum exact = top_eigenvalues(
      std::ref(hvp), w, top, {.tolerance = 1e-3, .max_products = 300});
  const double lambda = exact.eigenvalues[0];
  const Params start = random_vector(w, {seed, 500});
  const Trace by_power = power(std::ref(hvp), start, 20);
  const Trace by_lanczos = lanczos(std::ref(hvp), start, 24);
  rows.add({"missed by power", 1 - by_power.value[19] / lambda});
  rows.add({"residual of power", by_power.residual[19] / lambda});
  rows.add({"missed by Lanczos", 1 - by_lanczos.value[23] / lambda});
  rows.add({"residual of Lanczos", by_lanczos.residual[23] / lambda});
  for (std::size_t i = 0; i < exact.eigenvalues.size(); ++i)
    rows.add({"eigenvalue " + std::to_string(i + 1),
              exact.eigenvalues[i] / lambda});
}

// The sharpness; and with the rates counted in, and of the residual's part alone, if `all`.
void scale_of(const Model& net, bool all, std::uint64_t seed,
              SweepRows& rows) {
  const Params w = init(net, seed, DType::f64);
  const Tensor x = random_normal({8, 4}, {seed, 600}, 1.0, DType::f64);
  const Tensor y = random_normal({8, 1}, {seed, 601}, 1.0, DType::f64);
  // [parts]
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
  // [parts]
  const double raw = lambda(std::ref(whole), false);
  const bool one_rate =
      std::all_of(factors.begin(), factors.end(),
                  [](double factor) { return factor == 1; });
  rows.add({"raw", raw});
  if (!all) return;
  rows.add({"weighted", one_rate ? raw : lambda(std::ref(whole), true)});
  rows.add({"residual", lambda(residual, true)});
}

// The sharpness of one net on each part of the images, `size` at a time.
void parts_of(const Images& images, std::int64_t size, std::uint64_t seed,
              SweepRows& rows) {
  const Model net = image_net(images, 64, 3);
  const Params w = init(net, seed, DType::f64);
  for (std::int64_t i = 0; i < images.size(); i += size) {
    Hvp hvp = hessian_of(net, w, images.part(i, i + size));
    rows.add({"lambda",
              sharpness(std::ref(hvp), w, {.tolerance = 1e-3}).lambda_max});
  }
}

struct Grid {
  Integers top_widths, widths, depths, sizes;
  int top_seeds;
};

Grid grid(bool full) {
  if (full)
    return {{64, 128, 256, 512, 1024},
            {64, 128, 256, 512, 1024, 2048},
            {2, 3, 4, 6, 8, 12, 16},
            {64, 128, 256, 512, 1024, 2048},
            8};
  return {{64, 128, 256, 512},
          {64, 128, 256, 512},
          {2, 3, 4, 6, 8, 12},
          {64, 128, 256, 512, 1024, 2048},
          3};
}

const std::vector<Parametrisation> tables = {abc::sp, abc::ntk,
                                             abc::mup_table3};

Table measure(const Grid& grid, const Images& images,
              const Options& options) {
  Sweep sweep(options, "sharpness", {"part", "table", "size", "seed"},
              {"quantity", "value"});
  const auto seed_of = [&](int k) {
    return 1000 * options.seed + static_cast<std::uint64_t>(k);
  };
  const Images few = images.part(0, 64);
  for (const std::int64_t n : grid.top_widths)
    for (int k = 0; k < grid.top_seeds; ++k)
      sweep.cell(
          {"top", "sp", n, k},
          [=](SweepRows& rows) { twenty_products(few, n, seed_of(k), rows); },
          static_cast<double>(n * (2 * n + 200)) * 4);
  const auto net_of = [](const Parametrisation& table, std::int64_t width,
                         std::int64_t depth) {
    return fcn({.in = 4,
                .width = width,
                .depth = depth,
                .out = 1,
                .parametrisation = table});
  };
  for (int k = 0; k < seeds; ++k)
    for (const Parametrisation& table : tables)
      for (const std::int64_t n : grid.widths)
        sweep.cell(
            {"width", table.name, n, k},
            [=](SweepRows& rows) {
              scale_of(net_of(table, n, 3), true, seed_of(k), rows);
            },
            static_cast<double>(n * n));
  for (int k = 0; k < depth_seeds; ++k)
    for (const std::int64_t depth : grid.depths)
      sweep.cell(
          {"depth", "sp", depth, k},
          [=](SweepRows& rows) {
            scale_of(net_of(abc::sp, 128, depth), false, seed_of(k), rows);
          },
          static_cast<double>(depth * 4096));
  for (const std::int64_t size : grid.sizes)
    sweep.cell(
        {"examples", "sp", size, 0},
        [=, seed = options.seed](SweepRows& rows) {
          parts_of(images, size, seed, rows);
        },
        1e6);
  return sweep.run();
}

// --- What the sweep says ---

// The exponent of a quantity: a fit for each seed, their mean and its standard error.
struct Exponent {
  double value, error;
  Values sizes, means;  // geometric, over the seeds
};

Exponent exponent_of(const Table& rows, const char* quantity,
                     const Integers& sizes, int count) {
  Exponent result{};
  for (const std::int64_t size : sizes)
    result.sizes.push_back(static_cast<double>(size));
  result.means.assign(sizes.size(), 1);
  Values slopes;
  for (int k = 0; k < count; ++k) {
    const Values values =
        rows.where("seed", k).where("quantity", quantity).numbers("value");
    slopes.push_back(fit_log_log(result.sizes, values).slope);
    for (std::size_t i = 0; i < values.size(); ++i)
      result.means[i] *= std::pow(values[i], 1.0 / count);
  }
  const Statistics of = statistics(slopes);
  result.value = of.mean;
  result.error = of.deviation / std::sqrt(count);
  return result;
}

void top_results(const Grid& grid, const Table& table, const Options& options,
                 Claims& claims, Summary& summary) {
  const Table rows = table.where("part", "top");
  Figure figure("cluster");
  figure.title("Ten outputs make a cluster of ten eigenvalues")
      .subtitle(
          "largest eigenvalues over the first; Fashion-MNIST, median over "
          "seeds")
      .x_axis("number of the eigenvalue")
      .y_axis("in units of the largest");
  std::printf("Missed of the largest eigenvalue (residual), %d seeds\n",
              grid.top_seeds);
  std::printf(
      "          20 power iterations             24 steps of Lanczos\n");
  std::printf("          median         worst seed       worst seed\n");
  for (const std::int64_t n : grid.top_widths) {
    const auto of = [&](const std::string& quantity) {
      return rows.where("size", n)
          .where("quantity", quantity)
          .numbers("value");
    };
    const Values missed = of("missed by power"),
                 residual = of("residual of power");
    const auto worst = static_cast<std::size_t>(
        std::max_element(missed.begin(), missed.end()) - missed.begin());
    std::printf(
        "n = %4lld  %4.1f%% (%.1f%%)    %4.1f%% (%.1f%%)     %.0e (%.0e)\n",
        static_cast<long long>(n), 100 * median(missed),
        100 * median(residual), 100 * missed[worst], 100 * residual[worst],
        statistics(of("missed by Lanczos")).largest,
        statistics(of("residual of Lanczos")).largest);
    Values numbers, medians;
    for (std::int64_t i = 1; i <= top; ++i) {
      numbers.push_back(static_cast<double>(i));
      medians.push_back(median(of("eigenvalue " + std::to_string(i))));
    }
    figure.line(numbers, medians, "n = " + std::to_string(n));
    const std::string at = "_" + std::to_string(n);
    summary.number("worst_missed" + at, missed[worst], 0.05);
    summary.number("worst_residual" + at, residual[worst], 0.05);
    summary.number("tenth" + at, medians[9], 0.1);
    summary.number("eleventh" + at, medians[10], 0.1);
    if (n == 512)
      claims.add("gap", "n = 512: 11th eigenvalue over the 10th",
                 medians[10] / medians[9], below(0.5));
  }
  std::printf("\n");
  figure.draw(options.out);
  const auto all = [&](const char* quantity) {
    return statistics(rows.where("quantity", quantity).numbers("value"));
  };
  const Statistics by_power = all("missed by power"),
                   by_lanczos = all("missed by Lanczos");
  summary.number("lanczos_residual", all("residual of Lanczos").largest,
                 1e-3);
  claims.add("power_below", "least that 20 power iterations miss",
             by_power.smallest, above(-1e-9));
  claims.add("power_missed", "most that they miss", by_power.largest,
             above(0.01));
  claims.add("lanczos_missed", "most that 24 steps of Lanczos miss",
             by_lanczos.largest, below(1e-3));
}

void scale_results(const Grid& grid, const Table& table,
                   const Options& options, Claims& claims, Summary& summary) {
  struct Row {
    const char *name, *label, *table, *quantity;
    double derived;
  };
  const Row all[] = {
      {"sp", "SP", "sp", "raw", 1},
      {"ntk", "NTK", "ntk", "raw", 0},
      {"mup_raw", "µP, raw", "mup_table3", "raw", 1},
      {"mup", "µP, with its rates", "mup_table3", "weighted", 0},
      {"residual_sp", "", "sp", "residual", 0.5},
      {"residual_ntk", "", "ntk", "residual", -0.5},
      {"residual_mup", "", "mup_table3", "residual", 0}};
  Figure figure("growth");
  figure
      .title(
          "Sharpness grows with the width, but not with µP's rates counted "
          "in")
      .subtitle(
          "at initialisation, geometric mean of 8 seeds; dashed: derived "
          "exponents")
      .x_axis("width n", Scale::log2)
      .x_range(62, 1.03 * static_cast<double>(grid.widths.back()))
      .y_axis("λ_0 over that at n = 64", Scale::log2);
  std::printf(
      "Exponent of lambda_0 in n: measured, standard error, derived\n");
  for (const Row& row : all) {
    const Table rows = table.where("part", "width").where("table", row.table);
    const Exponent found =
        exponent_of(rows, row.quantity, grid.widths, seeds);
    std::printf("%-13s %6.2f +- %.2f  (%g)\n", row.name, found.value,
                found.error, row.derived);
    const std::string name = std::string("slope_") + row.name;
    if (!*row.label) {
      summary.number(name, found.value, 0.2);
      continue;
    }
    claims.add(name, "exponent of λ_0 in n, " + std::string(row.label),
               found.value, equals(row.derived, 0.2));
    Values relative, derived;
    for (std::size_t i = 0; i < found.sizes.size(); ++i) {
      relative.push_back(found.means[i] / found.means[0]);
      derived.push_back(
          std::pow(found.sizes[i] / found.sizes[0], row.derived));
    }
    figure.line(found.sizes, relative, row.label)
        .dashed(found.sizes, derived);
  }
  figure.draw(options.out);
  const Table depths = table.where("part", "depth");
  const Exponent of_depth =
      exponent_of(depths, "raw", grid.depths, depth_seeds);
  std::printf("in depth, SP  %6.2f +- %.2f  (1)\n\n", of_depth.value,
              of_depth.error);
  claims.add("slope_depth", "exponent of λ_0 in the depth, SP, n = 128",
             of_depth.value, equals(1, 0.2));
  summary.number("error_depth", of_depth.error, 0.05);
}

void example_results(const Grid& grid, const Table& table, Claims& claims,
                     Summary& summary) {
  const Table rows = table.where("part", "examples");
  const auto of = [&](std::int64_t size) {
    return statistics(rows.where("size", size).numbers("value"));
  };
  const double whole = of(grid.sizes.back()).mean;
  std::printf(
      "The same weights on parts of 2048 images, lambda over that on all\n");
  std::printf("images      mean  smallest  largest\n");
  double smallest_step = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < grid.sizes.size(); ++i) {
    const Statistics s = of(grid.sizes[i]);
    std::printf("%6lld    %6.3f   %6.3f   %6.3f\n",
                static_cast<long long>(grid.sizes[i]), s.mean / whole,
                s.smallest / whole, s.largest / whole);
    if (i > 0)
      smallest_step =
          std::min(smallest_step, of(grid.sizes[i - 1]).mean / s.mean);
  }
  std::printf("\n");
  claims.add("parts_above",
             "mean λ of halves over that of the whole, at least",
             smallest_step, above(1 - 1e-4));
  claims.add("parts_spread",
             "λ on 512 images: how far the largest lies above the smallest",
             of(512).largest / of(512).smallest - 1, above(0.01));
  summary.number("bias_64", of(64).mean / whole - 1, 0.03);
}

int chapter(const Options& options) {
  Claims claims;
  Summary summary(options);
  const Grid sizes = grid(options.full);
  const Images images = load(options);
  const Table table = measure(sizes, images, options);
  small_hessians(claims);
  cost(options, claims, summary);
  against_dense(options, claims);
  convergence(images, options, claims, summary);
  small_starts(images, options, claims, summary);
  top_results(sizes, table, options, claims, summary);
  scale_results(sizes, table, options, claims, summary);
  example_results(sizes, table, claims, summary);
  summary.save(claims);
  return claims.report(options.check);
}

int main(int argc, char** argv) {
  const ChapterInfo info{.name = "ch12_sharpness",
                         .question = "Sharpness: how curved is the loss?",
                         .quick_time = "15 s",
                         .full_time = "10 min",
                         .sweeps = true,
                         .defaults = {.dtype = DType::f64}};
  return run_chapter(argc, argv, info, chapter);
}
