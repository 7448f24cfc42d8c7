// Chapter 2, the report: what the tables say of the length and the direction
// of a signal, beside what the text derives.

#include "chapters/ch02_signals_at_init/report.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <numeric>
#include <string>

#include "chapters/support/csv.h"
#include "nn/instruments/fits.h"
#include "nn/instruments/signal_theory.h"
#include "nn/instruments/statistics.h"

using namespace gradus;

// --- 1. The length of a signal, one layer after the other ---

void two_units(const Table& table, Report& report) {
  std::printf(
      "Two units, %s networks, and in brackets what the text derives:\n",
      table.text(0, "networks").c_str());
  std::printf("  layer    mean R      mean R^2            alive\n");
  const auto alive = [&](std::size_t l) {
    return 1 - table.number(l, "silent") / table.number(l, "networks");
  };
  for (const std::size_t l : {1u, 2u, 10u}) {
    const auto layers = static_cast<double>(l);
    std::printf("  %5zu    %.3f (1)   %8.2f (%6g)   %.3f (%.3f)\n", l,
                table.number(l, "mean_R"), table.number(l, "mean_R2"),
                relu_norm_second_moment(2, layers), alive(l),
                std::pow(0.75, layers));
  }
  std::printf("\n");
  report.claim("alive", "width 2, layer 10: networks that are not silent",
               alive(10), equals(std::pow(0.75, 10), 0.005));
  report.number("two_mean", table.number(10, "mean_R"), 10);
  report.number("two_second_moment", table.number(10, "mean_R2"), 1e6);
}

// The moments of R_8 at width 64.
void moments(const Values& R, Report& report) {
  const double n = 64, l = 8;
  const Statistics of_R = statistics(R);
  const double second_moment =
      std::inner_product(R.begin(), R.end(), R.begin(), 0.0) /
      static_cast<double>(R.size());
  const double derived = relu_norm_second_moment(n, l);
  Values ln_R = R;
  for (double& value : ln_R) value = std::log(value);
  const double deviation = statistics(ln_R).deviation;
  const double variance = deviation * deviation;
  std::printf("Width 64, layer 8, %zu networks, n normals per layer:\n",
              R.size());
  std::printf("  mean of R        %.4f   derived 1\n", of_R.mean);
  std::printf("  mean of R^2      %.4f   derived (1 + 5/64)^8 = %.4f\n",
              second_moment, derived);
  std::printf("  median of R      %.4f   log-normal exp(-5 l / 2n) = %.4f\n",
              of_R.median, std::exp(-2.5 * l / n));
  std::printf("  variance of ln R %.4f   5 l / n = %.4f\n", variance,
              5 * l / n);
  std::printf("  smallest R       %.4f   largest %.1f\n\n", of_R.smallest,
              of_R.largest);
  report.claim("mean_R", "mean of R, width 64, layer 8", of_R.mean,
               equals(1, 0.02));
  report.claim("second_moment", "mean of R^2 over (1 + 5/64)^8",
               second_moment / derived, equals(1, 0.05));
  report.claim("log_variance",
               "variance of ln R over 5 l / n; to second order 1 + 3.7/64",
               variance / (5 * l / n), equals(1 + 3.7 / n, 0.03));
  report.number("smallest_R", of_R.smallest, 0.03);
  report.number("largest_R", of_R.largest, 40);
}

// --- 2. Depth / width ---

void spread_of_lengths(const Table& table, Report& report) {
  std::printf(
      "Variance of ln R, %s networks each; in brackets over 5 l / n:\n",
      table.text(0, "networks").c_str());
  std::printf(
      "  l / n   5 l / n   n = 32           n = 64           n = 128\n");
  double worst = 0;
  for (const std::int64_t part : parts_of(table)) {
    std::printf("  1/%-5d %.4f ", static_cast<int>(part),
                5.0 / static_cast<double>(part));
    for (const double n : table.distinct("width")) {
      const auto width = static_cast<std::int64_t>(n);
      const double variance = table.where("width", width)
                                  .where("layer", width / part)
                                  .number(0, "variance_ln_R");
      const double first_order = 5 / static_cast<double>(part),
                   second_order = first_order * (1 + 3.7 / n);
      worst = std::max(worst, std::abs(variance / second_order - 1));
      std::printf("   %.4f (%.3f)", variance, variance / first_order);
    }
    std::printf("\n");
  }
  std::printf("\n");
  report.claim("spread",
               "variance of ln R: worst distance from (5 l / n)(1 + 3.7 / n)",
               worst, below(0.1));
}

void widths_at_one_depth(const Table& table, Report& report) {
  std::printf(
      "Layer 8 at six widths, and in brackets what the log-normal law "
      "says:\n");
  std::printf(
      "  width   mean R   median of sqrt R   factor between two networks\n");
  double furthest = 0;  // of the factors from the law's
  for (std::size_t i = 0; i < table.size(); ++i) {
    const double n = table.number(i, "width"), v = 5 * 8 / n;
    const double median_rms = table.number(i, "median_rms"),
                 factor = table.number(i, "factor_between_two"),
                 law = std::exp(0.6745 * std::sqrt(2 * v));
    // Two independent logarithms differ by N(0, 2 v), whose median size is
    // 0.6745 sqrt(2 v).
    std::printf("  %5g   %.3f    %.3f (%.3f)      %.2f (%.2f)\n", n,
                table.number(i, "mean_R"), median_rms, std::exp(-v / 4),
                factor, law);
    furthest = std::max(furthest, std::abs(factor / law - 1));
    report.number("median_rms_" + table.text(i, "width"), median_rms, 0.03);
    report.number("factor_" + table.text(i, "width"), factor, 0.2);
  }
  std::printf("\n");
  report.claim(
      "width_slope", "exponent of mean R in the width, layer 8",
      fit_log_log(table.numbers("width"), table.numbers("mean_R")).slope,
      equals(0, 0.02));
  report.claim("factors",
               "factor between two networks: worst distance from the law's",
               furthest, below(0.15));
}

// --- 3. Whole networks ---

// The largest distance between two empirical distribution functions
// (Kolmogorov and Smirnov).
double distribution_distance(Values a, Values b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto not_above =
        std::upper_bound(b.begin(), b.end(), a[i]) - b.begin();
    const double fraction =
        static_cast<double>(not_above) / static_cast<double>(b.size());
    const double below_a = static_cast<double>(i),
                 count = static_cast<double>(a.size());
    largest = std::max({largest, std::abs(fraction - below_a / count),
                        std::abs(fraction - (below_a + 1) / count)});
  }
  return largest;
}

void whole_networks(const Ensemble& networks, const Values& R,
                    Report& report) {
  Values R_8 = networks.at(8, "q");
  const Values start = networks.at(0, "q");
  for (std::size_t i = 0; i < R_8.size(); ++i) R_8[i] /= start[i];
  // A distance above 1.95 / sqrt(networks) has a probability of 0.1%.
  report.claim(
      "networks",
      "whole networks against n normals per layer: distance of distributions",
      distribution_distance(R_8, R),
      below(1.95 / std::sqrt(networks.size())));
}

// --- 4. The angle between two inputs ---

void forget_direction(const Ensembles& ensembles, Report& report) {
  const auto& [narrow, wide, not_he] = ensembles;
  const Values correlation = derived_correlations();
  std::printf(
      "Angle between two signals, degrees, mean +- standard deviation over "
      "networks:\n");
  std::printf(
      "  layer   correlation   angle   540/l    width 64       width 256\n");
  for (std::size_t l = 1; l <= narrow.depth(); ++l) {
    if (!std::has_single_bit(l)) continue;
    const Statistics at64 = statistics(narrow.angles(l)),
                     at256 = statistics(wide.angles(l));
    std::printf(
        "  %5zu   %.5f       %5.2f  %6.2f   %5.2f +- %.2f   %5.2f +- %.2f\n",
        l, correlation[l], degrees(correlation[l]),
        540 / static_cast<double>(l), at64.mean, at64.deviation, at256.mean,
        at256.deviation);
  }
  std::printf("\n");

  Csv deepest({"width", "networks", "angle", "error", "deviation"});
  for (const Ensemble* networks : {&narrow, &wide}) {
    const Statistics of_angle =
        statistics(networks->angles(networks->depth()));
    const double error =
        of_angle.deviation / std::sqrt(static_cast<double>(networks->size()));
    const std::string name = "angle_" + std::to_string(networks->width);
    report.number(name, of_angle.mean, 3);
    report.number(name + "_error", error, 0.5);
    report.number(name + "_deviation", of_angle.deviation, 3);
    deepest.row({networks->width, networks->size(), of_angle.mean, error,
                 of_angle.deviation});
  }
  deepest.save(report.out / "angles.csv");  // in the last layer
  const auto inverse_angle = [&](std::size_t l) {
    return 1 / std::acos(correlation[l]);
  };
  const auto small = [](double c) { return degrees(c) < 15; };
  const auto below_15 =
      std::find_if(correlation.begin(), correlation.end(), small);
  report.claim("correlation_8", "correlation at layer 8, derived map",
               correlation[8], equals(0.83442, 5e-6));
  report.claim("correlation_8_networks",
               "correlation at layer 8, networks of width 256",
               statistics(wide.at(8, "correlation")).mean,
               equals(correlation[8], 0.03));
  report.claim("layers_to_15",
               "first layer with an angle below 15 degrees, derived map",
               static_cast<double>(below_15 - correlation.begin()),
               equals(27));
  report.claim(
      "angle_rate", "what layer 1000 adds to 1 / angle, times 3 pi",
      3 * std::numbers::pi * (inverse_angle(1000) - inverse_angle(999)),
      equals(1, 0.01));
}

// --- 5. The mistake: N(0, 1/fan_in) called He ---

void wrong_gain(const Ensembles& ensembles, Report& report) {
  const auto& [he, wide, not_he] = ensembles;
  const auto per_layer = [](const Ensemble& networks) {
    const double q = statistics(networks.at(8, "q")).mean;
    return std::pow(q, 1.0 / 16);  // eight layers, and a square root
  };
  report.claim("gain_he", "rms per layer over 8 layers, variance 2 / fan_in",
               per_layer(he), equals(1, 0.02));
  report.claim("gain_not_he",
               "rms per layer over 8 layers, variance 1 / fan_in",
               per_layer(not_he), equals(std::sqrt(0.5), 0.02));
  report.number("rms_32_not_he", median(not_he.rms(32)), 1e-5);
  report.number("rms_32_he", median(he.rms(32)), 0.2);
}

void chapter(Report& report) {
  const Values R = report.table("lengths").numbers("R");
  const Table spread = report.table("spread"),
              networks = report.table("networks");
  const Ensembles ensembles = {
      {networks, 64, 2}, {networks, 256, 2}, {networks, 64, 1}};
  two_units(report.table("two_units"), report);
  moments(R, report);
  spread_of_lengths(spread, report);
  widths_at_one_depth(report.table("widths"), report);
  whole_networks(ensembles.narrow, R, report);
  forget_direction(ensembles, report);
  wrong_gain(ensembles, report);

  draw_spread(spread, report.table("spread_counts"), report.out);
  draw_histograms(report.table("pre_activations"), ensembles, report.out);
  draw_angle(ensembles, report.out);
  draw_gain(ensembles, report.out);
}

int main(int argc, char** argv) {
  return run_report(argc, argv, "ch02_signals_at_init", chapter);
}
