// Chapter 3, the report: what layers.csv says of the text's predictions.

#include "chapters/ch03_one_backward_pass/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "chapters/support/csv.h"
#include "nn/instruments/statistics.h"

using namespace gradus;

double largest_deviation(std::vector<double> values) {
  for (double& value : values) value = std::abs(value - 1);
  return statistics(values).largest;
}

// On the same draws these hold for every layer, seed and cell, without any average.
void claim_identities(const Table& table, Report& report) {
  const auto rows_of = [&](const Parametrisation& p) {
    return table.where("parametrisation", p.name);
  };
  const Table naive = rows_of(abc::naive_mup), gain1 = rows_of(abc::sp_gain1);
  const Table v2 = rows_of(abc::v2);
  double different = 0;
  std::vector<double> v2_over_sp;
  for (std::size_t row = 0; row < gain1.size(); ++row) {
    different += naive.text(row, "ratio") != gain1.text(row, "ratio");
    v2_over_sp.push_back(v2.number(row, "ratio") *
                         std::sqrt(v2.number(row, "width")) /
                         gain1.number(row, "ratio"));
  }
  report.claim("naive_differences",
               "values of naive muP that differ from SP's in any bit",
               different, equals(0));
  report.claim("v2_is_sp", "v2 sqrt(n) / SP - 1, largest",
               largest_deviation(v2_over_sp), below(1e-12),
               "f32 rounds at 1e-7: use --dtype f64");

  const Table sp = rows_of(abc::sp);
  std::vector<double> quotients;
  for (const Parametrisation& p : compared()) {
    const Table rows = rows_of(p);
    for (std::size_t row = 0; row < rows.size(); ++row)
      quotients.push_back(
          (rows.number(row, "ratio") / rows.number(row, "factor")) /
          (sp.number(row, "ratio") / sp.number(row, "factor")));
  }
  report.claim("one_formula",
               "(ratio / factor) / (SP's ratio / factor) - 1, largest",
               largest_deviation(quotients), below(1e-12),
               "f32 holds nothing below 1e-45, and hidden_shrunk goes to "
               "1e-55: use --dtype f64");
}

void print_exponents(const Grid& grid, bool times_lr) {
  std::printf(
      "Exponents of %s||df/dw|| / ||w||, depth %lld, measured (predicted)\n",
      times_lr ? "lr factor x " : "", static_cast<long long>(shallow));
  std::printf("  (rms of seeds) input          hidden         output\n");
  for (const Parametrisation& p : compared()) {
    std::printf("  %-13s", p.name);
    for (Role role : roles) {
      const Exponents e =
          exponents(grid, p, layers_of(role, shallow), shallow);
      const double lr = times_lr ? e.lr : 0;
      std::printf(
          "  %+.2f (%+.1f)", e.measured.slope + lr,
          std::round(10 * (e.predicted + lr)) / 10 + 0.0);  // never -0
    }
    std::printf("\n");
  }
  std::printf("\n");
}

void claim_slopes(const Grid& grid, Report& report) {
  for (Role role : roles) {
    const Layers layers = layers_of(role, shallow);
    const std::string name = to_string(role);
    const Exponents e = exponents(grid, abc::sp, layers, shallow);
    double log_quotient = 0;
    for (std::int64_t width : grid.widths)
      log_quotient +=
          std::log(grid.measured(abc::sp, layers, width, shallow) /
                   grid.predicted(abc::sp, layers, width, shallow));
    report.claim("slope_" + name, "SP's exponent, " + name + ", depth 4",
                 e.measured.slope, equals(e.predicted, 0.08));
    report.claim(
        "constant_" + name, "SP's ratio / predicted, " + name + ", depth 4",
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

void claim_statistics(const Grid& grid, Report& report) {
  std::printf("Statistics of ||df/dw|| / ||w|| over all widths and depths\n");
  std::printf(
      "                 output layer                                     "
      "variation of\n");
  std::printf(
      "                     mean deviation variation smallest  largest  "
      "input hidden\n");
  for (const Parametrisation& p : compared()) {
    const Statistics s = over_grid(grid, p, Role::output);
    std::printf("  %-13s %9.3g %9.3g %9.2f %8.2g %8.3g %6.2f %6.2f\n", p.name,
                s.mean, s.deviation, s.variation(), s.smallest, s.largest,
                over_grid(grid, p, Role::input).variation(),
                over_grid(grid, p, Role::hidden).variation());
  }
  std::printf("\n");

  const Statistics sp = over_grid(grid, abc::sp_gain1, Role::output);
  const Statistics v1 = over_grid(grid, abc::v1, Role::output);
  const double expected = std::sqrt(grid.n().back() / grid.n().front());
  report.claim(
      "deviation_quotient", "deviation of SP / deviation of v1, output",
      sp.deviation / v1.deviation, between(0.75 * expected, 1.33 * expected));
  report.number("deviation_expected", expected,
                4);  // depends on the widest network
  report.claim("variation_output",
               "variation of v1 / variation of SP, output",
               v1.variation() / sp.variation(), between(0.8, 1.25));
  report.claim("variation_hidden",
               "variation of v1 / variation of SP, hidden",
               over_grid(grid, abc::v1, Role::hidden).variation() /
                   over_grid(grid, abc::sp_gain1, Role::hidden).variation(),
               above(1.1));
}

// log2 of the factor by which the last layer's ratio changes with each further layer.
double per_layer(const Grid& grid, const Parametrisation& p) {
  const std::int64_t from = depths.front(), to = depths.back(),
                     width = grid.widths.back();
  return std::log2(
             grid.measured(p, layers_of(Role::output, to), width, to) /
             grid.measured(p, layers_of(Role::output, from), width, from)) /
         static_cast<double>(to - from);
}

void claim_seeds(const Grid& grid, Report& report) {
  std::printf("Seeds, SP, output layer, depth %lld, measured (predicted)\n",
              static_cast<long long>(deep));
  std::printf(
      "  width seeds  largest/smallest of 8   deviation of log   "
      "median/rms\n");
  for (std::int64_t width : grid.widths) {
    const std::vector<double>& ratios = grid.at(abc::sp, deep, width, deep);
    const Statistics eight = statistics({ratios.begin(), ratios.begin() + 8});
    std::vector<double> logs;
    for (double ratio : ratios) logs.push_back(std::log(ratio));
    const double v = log_variance(static_cast<double>(width), deep);
    const double deviation = statistics(logs).deviation;
    const double middle =
        median(ratios) /
        grid.measured(abc::sp, layers_of(Role::output, deep), width, deep);
    std::printf("  %5lld %5zu %24.1f %11.2f (%.2f) %5.2f (%.2f)\n",
                static_cast<long long>(width), ratios.size(),
                eight.largest / eight.smallest, deviation, std::sqrt(v) / 2,
                middle, std::exp(-v / 4));
    if (width == 64 || width == 256)
      report.number("seeds_" + std::to_string(width),
                    eight.largest / eight.smallest, 0.05);
    if (width > 64) continue;
    report.claim("log_deviation",
                 "deviation of log ratio / predicted, width 64, depth 32",
                 deviation / (std::sqrt(v) / 2), between(0.75, 1.25));
    report.claim("median", "median / root mean square, width 64, depth 32",
                 middle, between(0.35, 0.8));
  }
  std::printf("\n");
}

// One value of ln ratio for each seed.
std::vector<double> logs(const Grid& grid, std::int64_t layer,
                         std::int64_t width, std::int64_t depth) {
  std::vector<double> result;
  for (double ratio : grid.at(abc::sp, layer, width, depth))
    result.push_back(std::log(ratio));
  return result;
}

double variance(const std::vector<double>& values) {
  return std::pow(statistics(values).deviation, 2);
}

// How far the seeds lie apart, in every layer, and how far the layers of one
// network do: both against the depth.
void claim_spread(const Grid& grid, Report& report) {
  std::printf(
      "Deviation of ln ratio over the seeds, SP, all layers: measured "
      "(predicted)\n  width");
  for (std::int64_t depth : depths)
    std::printf("       D = %-2lld", static_cast<long long>(depth));
  std::printf("\n");
  double log_quotient = 0, cells = 0, between_layers = 0, pairs = 0;
  for (std::int64_t width : grid.widths) {
    std::printf("  %5lld", static_cast<long long>(width));
    for (std::int64_t depth : depths) {
      double sum = 0;
      for (std::int64_t layer = 1; layer <= depth; ++layer)
        sum += variance(logs(grid, layer, width, depth));
      const double measured = std::sqrt(sum / static_cast<double>(depth));
      const double predicted =
          std::sqrt(log_variance(static_cast<double>(width), depth)) / 2;
      std::printf(" %.3f (%.3f)", measured, predicted);
      log_quotient += std::log(measured / predicted);
      ++cells;
      if (width == 64)
        report.number("spread_" + std::to_string(depth), measured,
                      predicted / 4);

      const std::vector<double> first = logs(grid, 2, width, depth),
                                last = logs(grid, depth - 1, width, depth);
      if (depth <= 4 || first.size() < 16) continue;
      std::vector<double> apart;
      for (std::size_t k = 0; k < first.size(); ++k)
        apart.push_back(first[k] - last[k]);
      between_layers += variance(apart) * static_cast<double>(width) /
                        (2.0 * static_cast<double>(depth - 3));
      ++pairs;
    }
    std::printf("\n");
  }
  std::printf("\n");
  report.claim("spread", "that spread / predicted, mean over all cells",
               std::exp(log_quotient / cells), equals(1, 0.15));
  report.claim(
      "spread_layers",
      "variance of ln first / last hidden ratio, over predicted, mean",
      between_layers / pairs, equals(1, 0.4));
}

// Every cell of the grid, to four digits; the seeds one by one are in layers.csv.
void save_cells(const Grid& grid, const std::filesystem::path& out) {
  const auto four_digits = [](double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value);
    return std::string(text);
  };
  Csv csv({"parametrisation", "width", "depth", "layer", "lr_factor", "rms",
           "smallest", "largest"});
  for (const Parametrisation& p : compared())
    for (std::int64_t width : grid.widths)
      for (std::int64_t depth : depths)
        for (std::int64_t layer = 1; layer <= depth; ++layer) {
          const Layers one{Role::hidden, layer, layer};
          const Statistics seeds =
              statistics(grid.at(p, layer, width, depth));
          csv.row({p.name, width, depth, layer,
                   lr_factor(p, one, width, depth),
                   four_digits(grid.measured(p, one, width, depth)),
                   four_digits(seeds.smallest), four_digits(seeds.largest)});
        }
  csv.save(out / "cells.csv");
}

void chapter(Report& report) {
  const Table table = report.table("layers");
  const Grid grid(report);
  print_exponents(grid, false);
  print_exponents(grid, true);
  claim_slopes(grid, report);
  claim_identities(table, report);
  claim_statistics(grid, report);
  claim_seeds(grid, report);
  claim_spread(grid, report);
  report.claim("gain1_per_layer", "log2 change per layer, variance 1/fan_in",
               per_layer(grid, abc::sp_gain1), equals(-0.5, 0.03));
  report.claim("he_per_layer", "log2 change per layer, variance 2/fan_in",
               per_layer(grid, abc::sp), equals(0, 0.03));
  report.number("x_norm", grid.x_norm, 1e-6);
  report.number("widest", grid.n().back(), 2048);
  report.number("ratios", static_cast<double>(table.size()), 20000);
  const double shrunk = grid.measured(abc::hidden_shrunk,
                                      {Role::hidden, 2, deep - 1}, 64, deep);
  report.number("shrunk_64", shrunk, shrunk / 10);

  save_cells(grid, report.out);
  draw_figures(grid, report.out);
}

int main(int argc, char** argv) {
  return run_report(argc, argv, "ch03_one_backward_pass", chapter);
}
