// Chapter 3. One backward pass: how does each layer scale?
//
// A ReLU network, one input, one output f. The ratio ||df/dW|| / ||W|| of every layer over a grid
// of widths, depths and seeds, in ten parametrisations that share their draws.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/support/claims.h"
#include "chapters/support/heatmap.h"
#include "chapters/support/options.h"
#include "chapters/support/panels.h"
#include "chapters/support/plot.h"
#include "chapters/support/results.h"
#include "chapters/support/sweep.h"
#include "nn/instruments/fits.h"
#include "nn/models.h"
#include "nn/instruments/statistics.h"

using namespace gradus;

constexpr std::int64_t inputs = 128, base_width = 64;
const std::vector<std::int64_t> depths = {2, 4, 8, 16, 32};
constexpr std::int64_t shallow = 4, deep = 32;  // where exponents and seeds are looked at

// The report's five, which leave out the 2 of He, then the proper ones.
std::vector<Parametrisation> compared() {
  using namespace abc;
  return {sp_gain1, naive_mup, v1,         v2,         hidden_shrunk,
          sp,       ntk,       mup_table3, mup_table8, mup_table9};
}

// --- 1. One backward pass ---

Model network(const Parametrisation& p, std::int64_t width, std::int64_t depth) {
  return fcn({.in = inputs, .width = width, .depth = depth, .out = 1, .parametrisation = p,
              .base_width = base_width});
}

Tensor fixed_input(const Options& options) {
  const std::uint64_t stream = 1000;  // the weights have streams 0 to 31
  return random_normal({1, inputs}, {options.seed, stream}, 1.0, options.dtype, options.device);
}

double norm(const Tensor& a) { return std::sqrt(dot(a, a).item()); }

// [factor]
// W = multiplier * std * N with standard normals N. Without biases a ReLU
// network is homogeneous in each N, so that ||df/dw|| / ||w|| is this factor
// times a number that depends on the draws alone.
double factor(const Model& net, std::size_t layer) {
  double product = 1;
  for (const Param& p : net.params) product *= p.multiplier * p.init_std;
  return product / std::pow(net.params[layer].init_std, 2);
}
// [factor]

// [pass]
// Each parametrisation in turn, from the same normals.
void one_pass(std::int64_t width, std::int64_t depth, std::uint64_t seed,
              const Options& options, SweepRows& rows) {
  const Tensor x = fixed_input(options);
  std::vector<Tensor> normals;
  for (const Param& param : network(abc::sp, width, depth).params)
    normals.push_back(random_normal(param.shape, {seed, normals.size()},
                                    1.0, options.dtype, options.device));

  for (const Parametrisation& p : compared()) {
    const Model net = network(p, width, depth);
    std::vector<Tensor> w;
    for (std::size_t l = 0; l < normals.size(); ++l)
      w.push_back(net.params[l].init_std * normals[l]);
    const std::vector<Tensor> g = grad(sum(net(w, x)), w);
    for (std::size_t l = 0; l < w.size(); ++l)
      rows.add({p.name, l + 1, norm(g[l]) / norm(w[l]), factor(net, l)});
  }
}
// [pass]

// --- 2. The grid ---

constexpr Role roles[] = {Role::input, Role::hidden, Role::output};

// Layers that are looked at together; they count from 1.
struct Layers {
  Role role;
  std::int64_t first, last;
  bool none() const { return first > last; }
};

Layers layers_of(Role role, std::int64_t depth) {
  if (role == Role::input) return {role, 1, 1};
  if (role == Role::hidden) return {role, 2, depth - 1};
  return {role, depth, depth};
}

double lr_factor(const Parametrisation& p, const Layers& layers, std::int64_t width,
                 std::int64_t depth) {
  return network(p, width, depth).params[static_cast<std::size_t>(layers.first - 1)].sgd_lr;
}

struct Grid {
  std::vector<std::int64_t> widths;
  double x_norm;
  // parametrisation, layer, width, depth -> one ratio per seed
  std::map<std::tuple<std::string, std::int64_t, std::int64_t, std::int64_t>, std::vector<double>>
      ratios = {};

  void read(const Table& table) {
    for (std::size_t row = 0; row < table.size(); ++row) {
      const auto integer = [&](const char* column) { return std::stoll(table.text(row, column)); };
      ratios[{table.text(row, "parametrisation"), integer("layer"), integer("width"),
              integer("depth")}]
          .push_back(table.number(row, "ratio"));
    }
  }

  std::vector<double> n() const { return {widths.begin(), widths.end()}; }

  const std::vector<double>& at(const Parametrisation& p, std::int64_t layer, std::int64_t width,
                                std::int64_t depth) const {
    return ratios.at({p.name, layer, width, depth});
  }

  // The root mean square over seeds and layers: the text derives the mean of the square.
  double measured(const Parametrisation& p, const Layers& layers, std::int64_t width,
                  std::int64_t depth) const {
    double squares = 0, count = 0;
    for (std::int64_t layer = layers.first; layer <= layers.last; ++layer)
      for (double ratio : at(p, layer, width, depth)) {
        squares += ratio * ratio;
        ++count;
      }
    return std::sqrt(squares / count);
  }

  std::vector<double> curve(const Parametrisation& p, const Layers& layers,
                            std::int64_t depth) const {
    std::vector<double> values;
    for (std::int64_t width : widths) values.push_back(measured(p, layers, width, depth));
    return values;
  }

  LineFit slope(const Parametrisation& p, const Layers& layers, std::int64_t depth) const {
    return fit_log_log(n(), curve(p, layers, depth));
  }

  // As the text derives it for SP ...
  double sp_ratio(Role role, std::int64_t width) const {
    const double n = static_cast<double>(width);
    if (role == Role::input) return x_norm / (2 * std::sqrt(n));
    if (role == Role::hidden) return x_norm / (2 * std::sqrt(inputs));
    return x_norm * std::sqrt(n / inputs);
  }

  // ... and for any other, from its table alone.
  double predicted(const Parametrisation& p, const Layers& layers,
                   std::int64_t width, std::int64_t depth) const {
    const auto layer = static_cast<std::size_t>(layers.first - 1);
    return sp_ratio(layers.role, width) *
           factor(network(p, width, depth), layer) /
           factor(network(abc::sp, width, depth), layer);
  }
};

// The exponent of a power of the width.
template <class Function>
double exponent(const Function& power) {
  return std::log2(power(2 * base_width) / power(base_width));
}

// --- 3. What is claimed ---

double largest_deviation(std::vector<double> values) {
  for (double& value : values) value = std::abs(value - 1);
  return statistics(values).largest;
}

// On the same draws these hold for every layer, seed and cell, without any average.
void claim_identities(const Table& table, Claims& claims) {
  const auto rows_of = [&](const Parametrisation& p) {
    return table.where("parametrisation", p.name);
  };
  const Table naive = rows_of(abc::naive_mup), gain1 = rows_of(abc::sp_gain1);
  const Table v2 = rows_of(abc::v2);
  double different = 0;
  std::vector<double> v2_over_sp;
  for (std::size_t row = 0; row < gain1.size(); ++row) {
    different += naive.text(row, "ratio") != gain1.text(row, "ratio");
    v2_over_sp.push_back(v2.number(row, "ratio") * std::sqrt(v2.number(row, "width")) /
                         gain1.number(row, "ratio"));
  }
  claims.add("naive_differences", "values of naive muP that differ from SP's in any bit",
             different, equals(0));
  claims.add("v2_is_sp", "v2 sqrt(n) / SP - 1, largest", largest_deviation(v2_over_sp),
             below(1e-12), "f32 rounds at 1e-7: use --dtype f64");

  const Table sp = rows_of(abc::sp);
  std::vector<double> quotients;
  for (const Parametrisation& p : compared()) {
    const Table rows = rows_of(p);
    for (std::size_t row = 0; row < rows.size(); ++row)
      quotients.push_back((rows.number(row, "ratio") / rows.number(row, "factor")) /
                          (sp.number(row, "ratio") / sp.number(row, "factor")));
  }
  claims.add("one_formula", "(ratio / factor) / (SP's ratio / factor) - 1, largest",
             largest_deviation(quotients), below(1e-12),
             "f32 holds nothing below 1e-45, and hidden_shrunk goes to 1e-55: use --dtype f64");
}

struct Exponents {
  LineFit measured;
  double predicted, lr;  // lr is that of the learning-rate factor
};

Exponents exponents(const Grid& grid, const Parametrisation& p, const Layers& layers,
                    std::int64_t depth) {
  return {grid.slope(p, layers, depth),
          exponent([&](std::int64_t width) { return grid.predicted(p, layers, width, depth); }),
          exponent([&](std::int64_t width) { return lr_factor(p, layers, width, depth); })};
}

void print_exponents(const Grid& grid, bool times_lr) {
  std::printf("Exponents of %s||df/dw|| / ||w||, depth %lld, measured (predicted)\n",
              times_lr ? "lr factor x " : "", static_cast<long long>(shallow));
  std::printf("                 input          hidden         output\n");
  for (const Parametrisation& p : compared()) {
    std::printf("  %-13s", p.name);
    for (Role role : roles) {
      const Exponents e = exponents(grid, p, layers_of(role, shallow), shallow);
      const double lr = times_lr ? e.lr : 0;
      std::printf("  %+.2f (%+.1f)", e.measured.slope + lr,
                  std::round(10 * (e.predicted + lr)) / 10 + 0.0);  // never -0
    }
    std::printf("\n");
  }
  std::printf("\n");
}

void claim_slopes(const Grid& grid, Claims& claims) {
  for (Role role : roles) {
    const Layers layers = layers_of(role, shallow);
    const std::string name = to_string(role);
    const Exponents e = exponents(grid, abc::sp, layers, shallow);
    double log_quotient = 0;
    for (std::int64_t width : grid.widths)
      log_quotient += std::log(grid.measured(abc::sp, layers, width, shallow) /
                               grid.predicted(abc::sp, layers, width, shallow));
    claims.add("slope_" + name, "SP's exponent, " + name + ", depth 4", e.measured.slope,
               equals(e.predicted, 0.08));
    claims.add("constant_" + name, "SP's ratio / predicted, " + name + ", depth 4",
               std::exp(log_quotient / static_cast<double>(grid.widths.size())),
               between(0.9, 1.1));
  }
}

// The report's statistics: over all cells, width and depth together.
Statistics over_grid(const Grid& grid, const Parametrisation& p, Role role) {
  std::vector<double> values;
  for (std::int64_t depth : depths) {
    const Layers layers = layers_of(role, depth);
    if (layers.none()) continue;
    for (double value : grid.curve(p, layers, depth)) values.push_back(value);
  }
  return statistics(values);
}

void claim_statistics(const Grid& grid, Claims& claims, Summary& summary) {
  std::printf("Statistics of ||df/dw|| / ||w|| over all widths and depths\n");
  std::printf("                 output layer                                     variation of\n");
  std::printf("                     mean deviation variation smallest  largest  input hidden\n");
  for (const Parametrisation& p : compared()) {
    const Statistics s = over_grid(grid, p, Role::output);
    std::printf("  %-13s %9.3g %9.3g %9.2f %8.2g %8.3g %6.2f %6.2f\n", p.name, s.mean,
                s.deviation, s.variation(), s.smallest, s.largest,
                over_grid(grid, p, Role::input).variation(),
                over_grid(grid, p, Role::hidden).variation());
  }
  std::printf("\n");

  const Statistics sp = over_grid(grid, abc::sp_gain1, Role::output);
  const Statistics v1 = over_grid(grid, abc::v1, Role::output);
  const double expected = std::sqrt(grid.n().back() / grid.n().front());
  claims.add("deviation_quotient", "deviation of SP / deviation of v1, output",
             sp.deviation / v1.deviation, between(0.75 * expected, 1.33 * expected));
  summary.number("deviation_expected", expected, 4);  // depends on the widest network
  claims.add("variation_output", "variation of v1 / variation of SP, output",
             v1.variation() / sp.variation(), between(0.8, 1.25));
  claims.add("variation_hidden", "variation of v1 / variation of SP, hidden",
             over_grid(grid, abc::v1, Role::hidden).variation() /
                 over_grid(grid, abc::sp_gain1, Role::hidden).variation(),
             above(1.1));
}

// log2 of the factor by which the last layer's ratio changes with each further layer.
double per_layer(const Grid& grid, const Parametrisation& p) {
  const std::int64_t from = depths.front(), to = depths.back(), width = grid.widths.back();
  return std::log2(grid.measured(p, layers_of(Role::output, to), width, to) /
                   grid.measured(p, layers_of(Role::output, from), width, from)) /
         static_cast<double>(to - from);
}

// [spread]
// ||z||^2 is a product of depth - 1 factors of about 1 +- sqrt(5/n). So its
// log has this variance and, as the mean of ||z||^2 is kept, the mean -v/2.
double log_variance(double width, double depth) {
  return 5 * (depth - 1) / width;
}
// [spread]

void claim_seeds(const Grid& grid, Claims& claims, Summary& summary) {
  std::printf("Seeds, SP, output layer, depth %lld, measured (predicted)\n",
              static_cast<long long>(deep));
  std::printf("  width seeds  largest/smallest of 8   deviation of log   median/rms\n");
  for (std::int64_t width : grid.widths) {
    const std::vector<double>& ratios = grid.at(abc::sp, deep, width, deep);
    const Statistics eight = statistics({ratios.begin(), ratios.begin() + 8});
    std::vector<double> logs;
    for (double ratio : ratios) logs.push_back(std::log(ratio));
    const double v = log_variance(static_cast<double>(width), deep);
    const double deviation = statistics(logs).deviation;
    const double middle =
        median(ratios) / grid.measured(abc::sp, layers_of(Role::output, deep), width, deep);
    std::printf("  %5lld %5zu %24.1f %11.2f (%.2f) %5.2f (%.2f)\n", static_cast<long long>(width),
                ratios.size(), eight.largest / eight.smallest, deviation, std::sqrt(v) / 2, middle,
                std::exp(-v / 4));
    if (width == 64 || width == 256)
      summary.number("seeds_" + std::to_string(width), eight.largest / eight.smallest, 0.05);
    if (width > 64) continue;
    claims.add("log_deviation", "deviation of log ratio / predicted, width 64, depth 32",
               deviation / (std::sqrt(v) / 2), between(0.75, 1.25));
    claims.add("median", "median / root mean square, width 64, depth 32", middle,
               between(0.35, 0.8));
  }
  std::printf("\n");
}

// --- 4. Figures and files ---

void draw_heatmaps(const Grid& grid, const std::filesystem::path& out) {
  Heatmaps maps("heatmaps");
  maps.title("SP moves its layers apart")
      .subtitle("learning-rate factor × ‖df/dw‖ / ‖w‖ at initialisation; 1 is the prediction at width 64")
      .x_axis("width", category_names(grid.widths))
      .y_axis("depth", category_names(depths))
      .scale(Scale::log2)
      .format("%.2f")
      .columns(3);
  for (const auto& [p, name] : {std::pair{abc::sp, "SP, "}, {abc::mup_table3, "µP, "}})
    for (Role role : roles) {
      Heatmaps::Rows rows;
      for (std::int64_t depth : depths) {
        const Layers layers = layers_of(role, depth);
        std::vector<double>& row = rows.emplace_back();
        for (std::int64_t width : grid.widths)
          row.push_back(layers.none()
                            ? NAN
                            : lr_factor(p, layers, width, depth) *
                                  grid.measured(p, layers, width, depth) /
                                  grid.sp_ratio(role, base_width));
      }
      maps.panel(std::string(name) + to_string(role), rows);
    }
  maps.draw(out);
}

void draw_slopes(const Grid& grid, const std::filesystem::path& out) {
  Panels panels("slopes");
  panels.title("Flat in one layer says little about the others")
      .subtitle("learning-rate factor × ‖df/dw‖ / ‖w‖, depth 4; dashed: predicted, no fitted constant")
      .x_axis("width n", Scale::log2)
      .y_axis("ratio", Scale::log2)
      .columns(3);
  for (Role role : roles) {
    const Layers layers = layers_of(role, shallow);
    Figure& panel = panels.panel(to_string(role));
    for (const auto& [p, name] : {std::pair{abc::sp, "SP"}, {abc::ntk, "NTK"}, {abc::v1, "v1"},
                                  {abc::v2, "v2"}, {abc::mup_table3, "µP"}}) {
      std::vector<double> measured, predicted;
      for (std::int64_t width : grid.widths) {
        const double lr = lr_factor(p, layers, width, shallow);
        measured.push_back(lr * grid.measured(p, layers, width, shallow));
        predicted.push_back(lr * grid.predicted(p, layers, width, shallow));
      }
      panel.points(grid.n(), measured, name).dashed(grid.n(), predicted);
    }
  }
  panels.draw(out);
}

void draw_layers(const Grid& grid, const std::filesystem::path& out) {
  const std::int64_t depth = 16;
  Figure figure("layers");
  figure.title("The hidden layers of one network agree")
      .subtitle("exponent of the width in learning-rate factor × ‖df/dw‖ / ‖w‖; depth 16; dashed: predicted")
      .x_axis("layer")
      .y_axis("exponent");
  for (const auto& [p, name] : {std::pair{abc::sp, "SP"}, {abc::mup_table3, "µP"}}) {
    std::vector<double> at, measured, error, ends, predicted;
    for (Role role : roles) {
      const Layers all = layers_of(role, depth);
      for (std::int64_t layer = all.first; layer <= all.last; ++layer) {
        const Exponents e = exponents(grid, p, {role, layer, layer}, depth);
        at.push_back(static_cast<double>(layer));
        measured.push_back(e.measured.slope + e.lr);
        error.push_back(e.measured.slope_error);
        for (double end : {at.back() - 0.25, at.back() + 0.25}) {
          ends.push_back(end);
          predicted.push_back(e.predicted + e.lr);
        }
      }
      ends.push_back(NAN);
      predicted.push_back(NAN);
    }
    figure.points(at, measured, error, name).dashed(ends, predicted);
  }
  figure.draw(out);
}

void draw_seeds(const Grid& grid, const std::filesystem::path& out) {
  Figure figure("seeds");
  std::vector<double> at, measured, middle, low, high;
  for (std::int64_t width : grid.widths) {
    const double n = static_cast<double>(width), v = log_variance(n, deep);
    const double expected = grid.sp_ratio(Role::output, width);
    for (double ratio : grid.at(abc::sp, deep, width, deep)) {
      at.push_back(n);
      measured.push_back(ratio / expected);
    }
    middle.push_back(std::exp(-v / 4));
    low.push_back(std::exp(-v / 4 - std::sqrt(v)));
    high.push_back(std::exp(-v / 4 + std::sqrt(v)));
  }
  figure.title("At depth 32 a single seed says little")
      .subtitle("output layer’s ratio in units of the predicted root mean square, SP, each seed a point")
      .x_axis("width n", Scale::log2)
      .y_axis("ratio / predicted", Scale::log2)
      .points(at, measured, "one seed")
      .dashed(grid.n(), middle, "predicted median")
      .band(grid.n(), low, high, "predicted, 95%")
      .draw(out);
}

// Every cell of the grid, to four digits; the seeds one by one are in layers.csv.
void save_cells(const Grid& grid, const std::filesystem::path& out) {
  const auto four_digits = [](double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value);
    return std::string(text);
  };
  Csv csv({"parametrisation", "width", "depth", "layer", "lr_factor", "rms", "smallest",
           "largest"});
  for (const Parametrisation& p : compared())
    for (std::int64_t width : grid.widths)
      for (std::int64_t depth : depths)
        for (std::int64_t layer = 1; layer <= depth; ++layer) {
          const Layers one{Role::hidden, layer, layer};
          const Statistics seeds = statistics(grid.at(p, layer, width, depth));
          csv.row({p.name, width, depth, layer, lr_factor(p, one, width, depth),
                   four_digits(grid.measured(p, one, width, depth)), four_digits(seeds.smallest),
                   four_digits(seeds.largest)});
        }
  csv.save(out / "cells.csv");
}

int chapter(const Options& options) {
  // [grid]
  std::vector<std::int64_t> widths = {64, 128, 256, 512};
  if (options.full) widths.insert(widths.end(), {1024, 2048});

  Sweep sweep(options, "layers", {"width", "depth", "seed"},
              {"parametrisation", "layer", "ratio", "factor"});
  for (std::int64_t width : widths) {
    // Narrow networks scatter more and cost less.
    const std::int64_t seeds = width < 512 ? 4096 / width : 8;
    for (std::int64_t depth : depths)
      for (std::int64_t k = 0; k < seeds; ++k) {
        const std::uint64_t seed = 1000 * options.seed + std::uint64_t(k);
        sweep.cell({width, depth, seed},
                   [=, &options](SweepRows& rows) {
                     one_pass(width, depth, seed, options, rows);
                   },
                   double(width * width * depth));
      }
  }
  // [grid]
  const Table table = sweep.run();
  Grid grid{widths, norm(fixed_input(options))};
  grid.read(table);

  Claims claims;
  Summary summary(options);
  print_exponents(grid, false);
  print_exponents(grid, true);
  claim_slopes(grid, claims);
  claim_identities(table, claims);
  claim_statistics(grid, claims, summary);
  claim_seeds(grid, claims, summary);
  claims.add("gain1_per_layer", "log2 change per layer, variance 1/fan_in",
             per_layer(grid, abc::sp_gain1), equals(-0.5, 0.03));
  claims.add("he_per_layer", "log2 change per layer, variance 2/fan_in", per_layer(grid, abc::sp),
             equals(0, 0.03));
  summary.number("x_norm", grid.x_norm, 1e-6);
  summary.number("widest", grid.n().back(), 2048);
  summary.number("ratios", static_cast<double>(table.size()), 20000);
  const double shrunk = grid.measured(abc::hidden_shrunk, {Role::hidden, 2, deep - 1}, 64, deep);
  summary.number("shrunk_64", shrunk, shrunk / 10);

  draw_heatmaps(grid, options.out);
  draw_slopes(grid, options.out);
  draw_layers(grid, options.out);
  draw_seeds(grid, options.out);
  save_cells(grid, options.out);
  summary.save(claims);
  return claims.report(options.check);
}

int main(int argc, char** argv) {
  const ChapterInfo info{.name = "ch03_one_backward_pass",
                         .question = "One backward pass: how does each layer scale?",
                         .quick_time = "20 s",
                         .full_time = "4 min, 5 GB for each job",
                         .sweeps = true,
                         .defaults = {.dtype = DType::f64}};
  return run_chapter(argc, argv, info, chapter);
}
