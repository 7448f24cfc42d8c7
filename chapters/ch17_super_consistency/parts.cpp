// Chapter 17, more of the report: before the first step, after 50, and over depths.

#include <cstdio>

#include "chapters/ch17_super_consistency/report.h"
#include "nn/instruments/exponents.h"
#include "nn/instruments/statistics.h"

namespace gradus {

void report_start(const Table& table, Report& report) {
  const Table ten = table.where("outputs", 10),
              one = table.where("outputs", 1);
  const Integers widths = sizes(table, "width");
  std::printf("Before the first step, ten outputs: eta lambda\n");
  std::printf("width   Hessian   without f_0   kernel   mean of ten   raw\n");
  std::vector<Values> excess, means, raw;
  Values shares;
  for (const std::int64_t n : widths) {
    const Table at = ten.where("width", n);
    const auto of = [&](const char* column) { return at.numbers(column); };
    const Values hessian = of("hessian"), centred = of("centred"),
                 kernel = of("kernel"), mean = of("mean");
    std::printf("%5d %9.2f %13.2f %8.2f %13.2f %5.1f\n", static_cast<int>(n),
                median(hessian), median(centred), median(kernel),
                median(mean), median(of("raw")));
    excess.push_back(kernel);
    for (std::size_t k = 0; k < mean.size(); ++k) excess.back()[k] -= mean[k];
    means.push_back(mean);
    raw.push_back(one.where("width", n).numbers("raw"));
    shares.push_back((median(hessian) - median(centred)) /
                     (median(hessian) - median(mean)));
    const std::string width = "_" + std::to_string(n);
    report.number("ten" + width, median(hessian), 0.4);
    report.number("mean_of_ten" + width, median(mean), 0.3);
    report.number("raw" + width, median(raw.back()), 3);
  }
  const Exponent bunch = exponent_of_medians(reals(widths), excess),
                 mean = exponent_of_medians(reals(widths), means),
                 growth = exponent_of_medians(reals(widths), raw);
  std::printf("Exponents (of the medians): kernel - mean %.2f +- %.2f, ",
              bunch.value, bunch.error);
  std::printf("mean %.2f +- %.2f\n\n", mean.value, mean.error);
  report.claim("bunch", "ten outputs: exponent of kernel - mean of ten",
               bunch.value, equals(-0.5, 0.2));
  report.claim("mean_of_ten", "ten outputs: exponent of the mean of ten",
               mean.value, equals(0, 0.2));
  report.claim("f_0_share", "ten outputs: f_0's share in Hessian - mean",
               statistics(shares).largest, below(0.5));
  // 1 in the end; at the base width the other layers have their share as well.
  report.claim("raw", "table 3: exponent of the raw Hessian in n",
               growth.value, between(0.7, 1.1));
}

void report_kernel(const Table& table, Report& report) {
  const Integers widths = sizes(table, "width");
  const Table mup = table.where("variant", "mup"),
              ntk = table.where("variant", "ntk");
  std::printf("After 50 steps: change over size, exponent in n ");
  std::printf("(mean over seeds)\n");
  std::printf("             narrowest  widest   exponent\n");
  const auto exponent = [&](const std::string& name,
                            const std::vector<Values>& changes) {
    const Exponent e = exponent_over_seeds(reals(widths), changes);
    std::printf("%-12s %9.3f %7.3f   %5.2f +- %.2f\n", name.c_str(),
                median(changes.front()), median(changes.back()), e.value,
                e.error);
    return e.value;
  };
  for (const std::string column : {"first", "second", "kernel"}) {
    const bool kernel = column == "kernel";
    std::vector<Values> of_mup, of_ntk, quotients;
    for (const std::int64_t n : widths) {
      of_mup.push_back(mup.where("width", n).numbers(column));
      of_ntk.push_back(ntk.where("width", n).numbers(column));
      quotients.push_back(of_ntk.back());  // of the same draws
      for (std::size_t k = 0; k < of_mup.back().size(); ++k)
        quotients.back()[k] /= of_mup.back()[k];
    }
    const std::string what =
        kernel ? "kernel's change" : column + " features";
    report.claim("mup_" + column, "µP: exponent of the " + what,
                 exponent("mup " + column, of_mup),
                 equals(0, kernel ? 0.35 : 0.1));
    report.claim("ntk_" + column, "NTK: exponent of the " + what,
                 exponent("ntk " + column, of_ntk),
                 kernel ? between(-1.1, -0.6) : equals(-0.5, 0.12));
    report.claim("quotient_" + column, "NTK over µP: exponent of the " + what,
                 exponent("quotient", quotients),
                 equals(kernel ? -1 : -0.5, kernel ? 0.2 : 0.12));
  }
  std::printf("\n");
}

void report_depths(const Table& table, Report& report) {
  const Table mup = table.where("branches", "depth_mup"),
              plain = table.where("branches", "x 1");
  const Runs runs{mup, "blocks"}, plain_runs{plain, "blocks"};
  print_steps("Depths: eta lambda");
  for (const std::int64_t blocks : sizes(mup, "blocks")) {
    std::printf("depth-muP     %6d ", static_cast<int>(blocks));
    for (const int step : shown) {
      const double value = median(runs.at(blocks, step));
      std::printf("%7.2f", value);
      report.number(number_name("depth", blocks, step), value, 0.3 * value);
    }
    std::printf("\n");
  }
  Values growth;
  for (const std::int64_t blocks : sizes(mup, "blocks")) {
    const Values finite = plain_runs.at(blocks, 10);
    const double start = median(plain_runs.at(blocks, 0));
    std::printf("branches x 1  %6d %7.3g   %zu of %zu diverge\n",
                static_cast<int>(blocks), start,
                plain_runs.at(blocks, 0).size() - finite.size(),
                plain_runs.at(blocks, 0).size());
    report.number("plain_" + std::to_string(blocks), start, start);
    growth.push_back(median(runs.growth(blocks, 2, 50)));
  }
  std::printf("\n");
  for (const int step : {0, 10, 50}) {
    Values medians;
    for (const std::int64_t blocks : sizes(mup, "blocks"))
      medians.push_back(median(runs.at(blocks, step)));
    const std::string at = std::to_string(step);
    if (step == 0)
      report.number("depth_spread_0", spread(medians), 0.3);
    else
      report.claim("depth_spread_" + at,
                   "depth-µP: spread over the depths at step " + at,
                   spread(medians), below(0.35));
  }
  report.claim("depth_sharpens", "depth-µP, any depth: lambda_50 / lambda_2",
               statistics(growth).smallest, above(1.1));
  report.claim("plain_diverges", "branches x 1, 8 and 16 blocks: finite runs",
               static_cast<double>(plain_runs.at(8, 10).size() +
                                   plain_runs.at(16, 10).size()),
               equals(0));
}

}  // namespace gradus
