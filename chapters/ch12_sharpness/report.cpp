// Chapter 12, the report: how good the methods are, what they cost, and how
// the sharpness grows. Exponents are means over seeds.

#include "chapters/ch12_sharpness/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "nn/instruments/statistics.h"

using namespace gradus;

// --- 1. Small Hessians, whole ---

// The largest deviation of the whole spectrum of a uv net from the closed form.
double uv_error(const Table& uv) {
  double error = 0;
  for (std::size_t first = 0; first < uv.size();) {
    const std::int64_t n = uv.integer(first, "width");
    const UvState state{uv.number(first, "f"), uv.number(first, "lam")};
    const UvSpectrum exact =
        uv_spectrum({.width = n}, state, uv.number(first, "target"));
    Values expected = {exact.largest, exact.smallest};
    for (std::int64_t i = 1; i < n; ++i)
      for (const double sign : {1, -1}) expected.push_back(sign * exact.bulk);
    std::sort(expected.rbegin(), expected.rend());
    for (const double value : expected)
      error =
          std::max(error, std::abs(uv.number(first++, "eigenvalue") - value));
  }
  return error;
}

double check_of(const Table& checks, const char* name) {
  return checks.where("check", name).number(0, "value");
}

void small_hessians(const Table& uv, const Table& checks, Report& report) {
  report.claim("uv_spectrum",
               "uv nets of width 1 and 8: error of the whole spectrum",
               uv_error(uv), below(1e-9));
  report.claim("wrong_power", "f = abc: what power iteration finds",
               check_of(checks, "abc by power iteration"),
               equals(-11.0 / 16, 1e-6));
  report.claim("wrong_lanczos", "f = abc: what Lanczos finds",
               check_of(checks, "abc by Lanczos"), equals(7.0 / 16, 1e-9));
}

// --- 2. What a product costs ---

void cost(const Table& times, const Table& checks, Report& report) {
  const auto seconds = [&](const char* pass) {
    return median(times.where("pass", pass).numbers("seconds"));
  };
  const double forward = seconds("forward"),
               of_gradient = seconds("gradient") / forward,
               of_kept = seconds("product") / forward,
               of_afresh = seconds("product afresh") / forward;
  std::printf(
      "Cost in forward passes: gradient %.1f, product %.1f, product afresh "
      "%.1f\n\n",
      of_gradient, of_kept, of_afresh);
  report.claim("products_agree", "the two products: relative difference",
               check_of(checks, "difference of two products"), below(1e-12));
  report.number("cost_gradient", of_gradient, 2);
  report.number("cost_kept", of_kept, 3);
  report.number("cost_afresh", of_afresh, 4);
}

// --- 3. Power iteration and Lanczos ---

void against_dense(const Table& checks, Report& report) {
  report.claim("lanczos_dense",
               "Lanczos against the dense Hessian of 84 parameters",
               std::abs(check_of(checks, "84 weights by Lanczos") -
                        check_of(checks, "84 weights by elimination")),
               below(1e-6));
}

// The first product after which the error stays below 1%.
double products_to_1_percent(const Trace& trace, double exact) {
  std::size_t k = trace.value.size();
  while (k > 0 && std::abs(1 - trace.value[k - 1] / exact) < 0.01) --k;
  return static_cast<double>(k + 1);
}

void convergence(const Table& table, const Table& checks, Report& report) {
  const Trace by_power = trace_of(table, "planted", "power"),
              by_lanczos = trace_of(table, "planted", "Lanczos"),
              net_power = trace_of(table, "network", "power"),
              net_lanczos = trace_of(table, "network", "Lanczos"),
              warm = trace_of(table, "network", "warm");
  const double exact = exact_of(table, "network");
  const double library =
      check_of(checks, "planted by nn/instruments/sharpness.h");
  report.claim("same_lanczos",
               "24 products: this Lanczos and that of "
               "nn/instruments/sharpness.h",
               std::abs(by_lanczos.value[23] - library), below(1e-12));
  report.claim("planted_ratio",
               "planted, 40 products: error of power iteration over Lanczos'",
               (1 - by_power.value[39]) / (1 - by_lanczos.value[39]),
               above(10));
  report.number("planted_power", 1 - by_power.value[39], 0.01);
  report.number("planted_lanczos", 1 - by_lanczos.value[39], 1e-4);
  report.number("products_power", products_to_1_percent(net_power, exact),
                15);
  report.number("products_lanczos", products_to_1_percent(net_lanczos, exact),
                4);
  report.number("products_warm", products_to_1_percent(warm, exact), 4);
}

// In how many nets with f = 0, almost, is the eigenvalue of largest magnitude
// negative, and what do 20 power iterations report?
void small_starts(const Table& nets, Report& report) {
  int negative = 0;
  Values reported, residuals;
  for (std::size_t i = 0; i < nets.size(); ++i) {
    const double largest = nets.number(i, "largest");
    negative += -nets.number(i, "smallest") > largest;
    reported.push_back(nets.number(i, "power") / largest);
    residuals.push_back(nets.number(i, "residual") / largest);
  }
  report.number("small_negative", negative, 6);
  report.number("small_lowest", statistics(reported).smallest, 0.5);
  report.number("small_highest", statistics(reported).largest, 0.5);
  report.number("small_residual", median(residuals), 1);
}

// --- 4. What the sweep says ---

void top_results(const Table& rows, Report& report) {
  std::printf("Missed of the largest eigenvalue (residual), %zu seeds\n",
              rows.distinct("seed").size());
  std::printf(
      "          20 power iterations             24 steps of Lanczos\n");
  std::printf("          median         worst seed       worst seed\n");
  for (const double width : rows.distinct("size")) {
    const auto n = static_cast<std::int64_t>(width);
    const auto of = [&](const char* quantity) {
      return rows.where("size", n)
          .where("quantity", quantity)
          .numbers("value");
    };
    const Values missed = of("missed by power"),
                 residual = of("residual of power");
    const auto worst = static_cast<std::size_t>(
        std::max_element(missed.begin(), missed.end()) - missed.begin());
    std::printf(
        "n = %4.0f  %4.1f%% (%.1f%%)    %4.1f%% (%.1f%%)     %.0e (%.0e)\n",
        width, 100 * median(missed), 100 * median(residual),
        100 * missed[worst], 100 * residual[worst],
        statistics(of("missed by Lanczos")).largest,
        statistics(of("residual of Lanczos")).largest);
    const double tenth = median(of("eigenvalue 10")),
                 eleventh = median(of("eigenvalue 11"));
    const std::string at = "_" + std::to_string(n);
    report.number("worst_missed" + at, missed[worst], 0.05);
    report.number("worst_residual" + at, residual[worst], 0.05);
    report.number("tenth" + at, tenth, 0.1);
    report.number("eleventh" + at, eleventh, 0.1);
    if (n == 512)
      report.claim("gap", "n = 512: 11th eigenvalue over the 10th",
                   eleventh / tenth, below(0.5));
  }
  std::printf("\n");
  const auto all = [&](const char* quantity) {
    return statistics(rows.where("quantity", quantity).numbers("value"));
  };
  const Statistics by_power = all("missed by power"),
                   by_lanczos = all("missed by Lanczos");
  report.number("lanczos_residual", all("residual of Lanczos").largest, 1e-3);
  report.claim("power_missed", "most that they miss", by_power.largest,
               above(0.01));
  report.claim("lanczos_missed", "most that 24 steps of Lanczos miss",
               by_lanczos.largest, below(1e-3));
}

void scale_results(const Table& table, Report& report) {
  std::printf(
      "Exponent of lambda_0 in n (mean over seeds): measured, standard "
      "error, derived\n");
  for (const Growth& growth : growths()) {
    const Exponent found = curve_of(table, growth).exponent;
    std::printf("%-13s %6.2f +- %.2f  (%g)\n", growth.name, found.value,
                found.error, growth.derived);
    const std::string name = std::string("slope_") + growth.name;
    const std::string what =
        *growth.label ? std::string("λ_0 in n, ") + growth.label
                      : std::string("the residual's part, ") + growth.table;
    report.claim(name, "exponent of " + what, found.value,
                 equals(growth.derived, 0.2));
  }
  const Exponent of_depth =
      curve_of(table, {"depth", "", "depth", "sp", "raw", 1}).exponent;
  std::printf("in depth, SP  %6.2f +- %.2f  (1)\n\n", of_depth.value,
              of_depth.error);
  report.claim("slope_depth", "exponent of λ_0 in the depth, SP, n = 128",
               of_depth.value, equals(1, 0.2));
  report.number("error_depth", of_depth.error, 0.05);
}

void example_results(const Table& rows, Report& report) {
  const auto of = [&](double size) {
    return statistics(
        rows.where("size", static_cast<std::int64_t>(size)).numbers("value"));
  };
  const Values sizes = rows.distinct("size");
  const double whole = of(sizes.back()).mean;
  std::printf(
      "The same weights on parts of 2048 images, lambda over that on all\n");
  std::printf("images      mean  smallest  largest\n");
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const Statistics s = of(sizes[i]);
    std::printf("%6.0f    %6.3f   %6.3f   %6.3f\n", sizes[i], s.mean / whole,
                s.smallest / whole, s.largest / whole);
  }
  std::printf("\n");
  report.claim("parts_spread",
               "λ on 512 images: how far the largest lies above the smallest",
               of(512).largest / of(512).smallest - 1, above(0.01));
  report.number("bias_64", of(64).mean / whole - 1, 0.03);
}

void chapter(Report& report) {
  const Table sharpness = report.table("sharpness"),
              checks = report.table("checks"),
              traces = report.table("convergence");
  const Table top = sharpness.where("part", "top");
  small_hessians(report.table("uv"), checks, report);
  cost(report.table("cost"), checks, report);
  against_dense(checks, report);
  convergence(traces, checks, report);
  small_starts(report.table("small_starts"), report);
  top_results(top, report);
  scale_results(sharpness, report);
  example_results(sharpness.where("part", "examples"), report);

  draw_convergence(traces, report.out);
  draw_cluster(top, report.out);
  draw_growth(sharpness, report.out);
}

int main(int argc, char** argv) {
  return run_report(argc, argv, "ch12_sharpness", chapter);
}
