// Chapter 11, the report: what is derived, and the signals held against it.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "chapters/ch11_depth/report.h"

namespace gradus {

using std::numbers::pi;

// [variance]
// E of x|x| y|y| for standard normals of correlation r.
double signed_squares(double r) {
  return 2 / pi *
         ((1 + 2 * r * r) * std::asin(r) + 3 * r * std::sqrt(1 - r * r));
}

double n_var_ln_R(double L, double beta) {
  const double b2 = beta * beta, grown = 1 + b2;
  double imbalance = 0;  // of all pairs of blocks, by their distance
  for (double k = 1; k < L; ++k)
    imbalance += 2 * (L - k) * signed_squares(std::pow(grown, -k / 2));
  imbalance += 3 * L;
  return (L * (4 * b2 + 2 * b2 * b2) + b2 * b2 * imbalance) / (grown * grown);
}
// [variance]

// [relu-last]
double relu_last_growth(double L, double beta) {
  double q = 1, m = 0;  // mean of h^2, and of h
  for (int l = 0; l < L; ++l) {
    const double mean = std::sqrt(q / pi);  // of relu(g), g ~ N(0, 2 q)
    q = q + 2 * beta * m * mean + beta * beta * q;
    m = m + beta * mean;
  }
  return std::sqrt(q);
}
// [relu-last]

// On a ray the three arms lie at three radii r_k, and the logits are r u with
// one u for the whole ray: the best u, by gradient descent on a convex loss.
double homogeneous_loss() {
  const int rays = 40;  // of a third of the circle, after which it repeats
  // What coordinates are divided by: half the mean of (0.1 + 0.9 t)^2, and noise.
  const double standard = std::sqrt(0.37 / 2 + 0.02 * 0.02);
  double sum = 0;
  for (int i = 0; i < rays; ++i) {
    std::array<double, 3> r, u = {0, 0, 0};
    for (int k = 0; k < 3; ++k)
      r[k] = (0.1 + 0.9 * (k + (i + 0.5) / rays) / 3) / standard;
    double loss = 0;
    for (int step = 0; step < 20000; ++step) {
      std::array<double, 3> g = {0, 0, 0};
      loss = 0;
      for (int k = 0; k < 3; ++k) {
        double total = 0;
        for (double v : u) total += std::exp(r[k] * v);
        loss += std::log(total) - r[k] * u[k];
        for (int j = 0; j < 3; ++j)
          g[j] += r[k] * (std::exp(r[k] * u[j]) / total - (j == k));
      }
      for (int j = 0; j < 3; ++j) u[j] -= g[j] / 3;
    }
    sum += loss / 3 / rays;
  }
  return sum;
}

void report_signals(const Table& signals, Report& report) {
  const auto of = [&](const char* branch, double L, const char* column) {
    return signals.where("branch", branch)
        .where("blocks", L)
        .number(0, column);
  };
  const auto growth = [&](const char* branch, double L) {
    return std::sqrt(of(branch, L, "mean_R"));
  };
  const auto root = [](double L) { return 1 / std::sqrt(L); };
  std::printf(
      "Growth: root of the mean of |h_L|^2 / |h_0|^2, measured (derived)\n"
      " L         beta = 1           L^-1/2          1/L            "
      "L^-1/2, ReLU last\n");
  for (double L : signals.distinct("blocks"))
    std::printf(
        "%2.0f  %8.3g (%8.3g)  %.3f (%.3f)  %.3f (%.3f)  %6.2f (%.2f)\n", L,
        growth("one", L), std::pow(2, L / 2), growth("root", L),
        std::pow(1 + 1 / L, L / 2), growth("over_L", L),
        std::pow(1 + 1 / (L * L), L / 2), growth("relu_last", L),
        relu_last_growth(L, root(L)));
  std::printf("\n");
  report.claim("growth_root", "growth at L = 32, beta = L^-1/2",
               growth("root", 32), equals(std::pow(1 + 1. / 32, 16), 0.03));
  report.claim("growth_one", "log2 of the growth at L = 64, beta = 1",
               std::log2(growth("one", 64)), equals(32, 1));
  report.claim("growth_over_L", "growth at L = 64, beta = 1/L",
               growth("over_L", 64), equals(1 + 0.5 / 64, 0.01));
  const double coherent = relu_last_growth(64, 0.125);
  report.claim("growth_relu_last",
               "the same, L^-1/2 and ReLU last, over the recursion's",
               growth("relu_last", 64) / coherent, equals(1, 0.03));
  report.number("relu_last", growth("relu_last", 64), 1);
  report.number("relu_last_derived", coherent, 1e-6);
  report.number("relu_last_over_L", growth("relu_last_over_L", 64), 0.02);

  std::printf(
      "Fluctuation: n Var ln R, measured (derived to first order in 1/n)\n"
      " L        plain (5 L)       beta = 1           L^-1/2          1/L\n");
  const double n = signals.number(0, "width");
  double worst = 0;
  for (double L : signals.distinct("blocks")) {
    const auto measured = [&](const char* branch) {
      return n * of(branch, L, "variance_ln_R");
    };
    const double derived = n_var_ln_R(L, root(L));
    worst = std::max(worst, std::abs(measured("root") / derived - 1));
    std::printf(
        "%2.0f  %7.1f (%5.1f)  %7.1f (%5.1f)    %.2f (%.2f)    %.2f (%.2f)\n",
        L, measured("plain"), 5 * L, measured("one"), n_var_ln_R(L, 1),
        measured("root"), derived, measured("over_L"), n_var_ln_R(L, 1 / L));
  }
  std::printf("\n");
  // The variance of 2,000 networks has a relative error of 3 percent.
  report.claim("fluctuation",
               "n Var ln R at L^-1/2: largest relative difference", worst,
               below(0.12));
  report.claim("fluctuation_plain", "n Var ln R / L at L = 64, plain",
               n * of("plain", 64, "variance_ln_R") / 64,
               equals(5 * (1 + 3.7 / n), 0.6));
  report.number("fluctuation_64", n * of("root", 64, "variance_ln_R"), 0.6);
  report.number("fluctuation_limit", n_var_ln_R(65536, 1. / 256), 1e-6);
}

}  // namespace gradus
