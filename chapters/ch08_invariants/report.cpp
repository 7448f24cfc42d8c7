// Chapter 8, the report: what the sizes of weights and changes say of the
// text's predictions.

#include "chapters/ch08_invariants/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "nn/instruments/fits.h"
#include "nn/instruments/statistics.h"

using namespace gradus;

using Values = std::vector<double>;

void print_napkin(const Table& table, Report& report) {
  std::printf("W = 1, change = 0.1 u u^T, |u| = 1:\n");
  std::printf("     n   W u moves by   Frobenius ratio   spectral ratio\n");
  for (std::size_t row = 0; row < table.size(); ++row) {
    const double frobenius = table.number(row, "frobenius"),
                 spectral = table.number(row, "spectral");
    std::printf("  %4.0f   %12.4f   %15.4f   %14.4f\n",
                table.number(row, "width"), table.number(row, "moves"),
                frobenius, spectral);
    if (table.integer(row, "width") == 1024)
      report.claim("napkin", "n = 1024: spectral over Frobenius ratio",
                   spectral / frobenius, equals(32, 1e-9));
  }
  std::printf("\n");
}

void print_slopes(const Results& results, const char* heading,
                  Quantity quantity) {
  std::printf("%s\n", heading);
  std::printf(
      "  (rms over seeds) input               hidden              output\n");
  for (const Parametrisation& p : compared()) {
    std::printf("  %-10s", p.name);
    for (const Kind& kind : {input, hidden, output}) {
      const Curve curve = one_step_curve(results, p, kind, quantity);
      const Exponent slope = curve.slope();
      std::printf("  %+.2f ± %.2f (%+.2f)", slope.value, slope.error,
                  curve.predicted_slope());
    }
    std::printf("\n");
  }
  std::printf("\n");
}

void claims_of_one_step(const Results& results, Report& report) {
  print_slopes(results,
               "Exponents of the width: Frobenius ratio (and predicted on "
               "these widths)",
               frobenius_ratio);
  print_slopes(results, "Exponents of the width: spectral ratio",
               spectral_ratio);
  print_slopes(
      results,
      "Exponents of the width: spectral ratio without the learning rate",
      spectral_ratio_without_lr);
  print_slopes(results, "Exponents of the width: rms gain of W", rms_gain);
  print_slopes(results, "Exponents of the width: rms gain of the change",
               rms_gain_of_change);

  const auto claim = [&](const std::string& name, const std::string& text,
                         const Parametrisation& p, const Kind& kind,
                         Quantity quantity, double expected,
                         double tolerance) {
    const Exponent slope = one_step_curve(results, p, kind, quantity).slope();
    report.claim(name, text, slope.value, equals(expected, tolerance));
    report.number(name + "_error", slope.error, slope.error);
  };
  claim("frobenius_mup", "hidden, Frobenius, muP", abc::mup_table9, hidden,
        frobenius_ratio, -.5, .08);
  claim("spectral_mup3", "hidden, spectral, muP table 3", abc::mup_table3,
        hidden, spectral_ratio, 0, .08);
  claim("spectral_mup8", "hidden, spectral, muP table 8", abc::mup_table8,
        hidden, spectral_ratio, 0, .08);
  claim("spectral_mup9", "hidden, spectral, muP table 9", abc::mup_table9,
        hidden, spectral_ratio, 0, .08);
  claim("frobenius_sp", "hidden, Frobenius, SP", abc::sp, hidden,
        frobenius_ratio, 0, .08);
  claim("spectral_sp", "hidden, spectral, SP", abc::sp, hidden,
        spectral_ratio, .5, .08);
  claim("spectral_ntk", "hidden, spectral, NTK", abc::ntk, hidden,
        spectral_ratio, -.5, .08);

  // What the finite width still does, predicted without a fit.
  const auto claim_predicted = [&](const std::string& name,
                                   const std::string& text,
                                   const Kind& kind) {
    const Curve curve =
        one_step_curve(results, abc::mup_table9, kind, spectral_ratio);
    claim(name, text, abc::mup_table9, kind, spectral_ratio,
          curve.predicted_slope(), .08);
    report.number(name + "_predicted", curve.predicted_slope());
  };
  claim_predicted("spectral_input",
                  "input, spectral, muP, against the predicted", input);
  claim_predicted("spectral_output",
                  "output, spectral, muP, against the predicted", output);

  // The spectral condition: every layer's change keeps its rms gain.
  for (const auto& [p, exponents] :
       std::vector<std::pair<Parametrisation, Values>>{
           {abc::sp, {-.5, .5, 1}},
           {abc::ntk, {-.5, -.5, 0}},
           {abc::mup_table9, {0, 0, 0}}}) {
    std::size_t k = 0;
    for (const Kind& kind : {input, hidden, output})
      claim(
          std::string("gain_") + p.name + "_" + kind.name,
          std::string("rms gain of the change, ") + p.name + ", " + kind.name,
          p, kind, rms_gain_of_change, exponents[k++], .08);
  }
  claim("gain_v2_input", "rms gain of the change, v2, input", abc::v2, input,
        rms_gain_of_change, -1, .08);
  claim("gain_v2_hidden", "rms gain of the change, v2, hidden", abc::v2,
        hidden, rms_gain_of_change, 0, .08);
}

void claims_of_agreement(const Results& results, Report& report) {
  double furthest = 0;
  for (const Parametrisation& p : compared())
    for (const Kind& kind : {input, hidden, output})
      for (Quantity quantity : {frobenius_ratio, spectral_ratio}) {
        const Curve curve = one_step_curve(results, p, kind, quantity);
        const Values measured = curve.values, predicted = curve.predicted;
        for (std::size_t i = 0; i < measured.size(); ++i)
          furthest =
              std::max(furthest, std::abs(measured[i] / predicted[i] - 1));
      }
  report.claim("furthest", "largest |measured / predicted - 1| of all ratios",
               furthest, below(.2));
  report.claim("residual", "largest relative residual of a spectral norm",
               results.worst_error, below(1.01e-3));
}

// The stable rank of the first gradient of the hidden layers, against the
// batch size.
void rank_against_batch(const Table& table, Report& report) {
  std::printf(
      "Stable rank of the first gradient, hidden layers, width 256, %zu "
      "seeds:\n",
      table.distinct("seed").size());
  for (const double size : table.distinct("batch")) {
    const Table rows = table.where("batch", size);
    double total = 0;
    for (std::size_t row = 0; row < rows.size(); ++row)
      total += std::pow(rows.number(row, "frobenius") /
                            rows.number(row, "spectral"),
                        2) /
               static_cast<double>(rows.size());
    std::printf("  %4.0f images   %.2f\n", size, total);
    const std::string name =
        "rank_batch_" + std::to_string(std::lround(size));
    if (size == 1)
      report.claim(name, "stable rank of the gradient of one image", total,
                   equals(1, 1e-9));
    else if (size == 512)
      report.claim(name, "stable rank of the gradient of 512 images", total,
                   below(10));
    else
      report.number(name, total, 1);
  }
  std::printf("\n");
}

void claims_of_training(const Results& results, Report& report) {
  std::printf(
      "Exponents of the width, hidden layers, after t steps on images "
      "(rms over seeds):\n");
  std::printf(
      "               t   Frobenius ratio   spectral ratio   stable rank\n");
  for (const Parametrisation& p : {abc::sp, abc::mup_table9})
    for (const std::int64_t t : moments) {
      std::printf("  %-10s  %2lld", p.name, static_cast<long long>(t));
      for (const Quantity quantity :
           {frobenius_ratio, spectral_ratio, stable_rank_of_change}) {
        const Exponent slope =
            training_curve(results, p, quantity, t).slope();
        std::printf("    %+.2f ± %.2f", slope.value, slope.error);
        if (quantity == spectral_ratio)
          report.number(
              std::string(p.name) + "_spectral_" + std::to_string(t),
              slope.value, 4 * slope.error);
      }
      std::printf("\n");
    }
  const std::int64_t last = moments.back();
  const auto claim = [&](const std::string& name, const std::string& text,
                         const Curve& curve, const Bounds& expected) {
    const Exponent slope = curve.slope();
    report.claim(name, text, slope.value, expected);
    report.number(name + "_error", slope.error, slope.error);
  };
  claim("trained_frobenius", "32 steps of muP, hidden, Frobenius",
        training_curve(results, abc::mup_table9, frobenius_ratio, last),
        equals(-.5, .15));
  claim("trained_spectral", "32 steps of muP, hidden, spectral",
        training_curve(results, abc::mup_table9, spectral_ratio, last),
        equals(0, .15));
  claim("trained_spectral_sp", "32 steps of SP, hidden, spectral",
        training_curve(results, abc::sp, spectral_ratio, last), above(.08));
  const Curve ranks =
      one_step_curve(results, abc::mup_table9, hidden, stable_rank);
  claim("rank_slope", "stable rank of W, hidden", ranks, equals(1, .05));
  claim("rank_change_slope", "stable rank of 32 steps of muP, hidden",
        training_curve(results, abc::mup_table9, stable_rank_of_change, last),
        equals(0, .15));

  double largest = 0;
  for (const auto& [key, seeds] : results.sizes)
    if (std::get<0>(key) == "training" && hidden.first <= std::get<4>(key) &&
        std::get<4>(key) <= hidden.last)
      for (const LayerSizes& s : seeds)
        largest = std::max(largest, stable_rank_of_change(s));
  report.claim("rank_change", "largest stable rank of a change, hidden",
               largest, below(16));
  const auto at_512 =
      std::find(ranks.n.begin(), ranks.n.end(), 512) - ranks.n.begin();
  const double rank = ranks.values.at(static_cast<std::size_t>(at_512));
  report.number("rank_weight", rank, 3);
  std::printf(
      "Stable rank of W at width 512: %.1f; of a change at most %.1f\n\n",
      rank, largest);
}

// [tautology]
// The exponent of ratio(net) / ratio(net with its output times n^-1/2), one
// per seed: on the same draws, or each on its own.
Values quotient_exponents(const Table& net, bool own_draws) {
  const Table one = net.where("out_exp", 0).where("draws", 0);
  const Table other = net.where("out_exp", 0.5).where("draws", own_draws);
  Values exponents;
  for (double seed : one.distinct("seed")) {
    const Values widths = one.where("seed", seed).numbers("width");
    Values quotients = one.where("seed", seed).numbers("ratio");
    const Values divisors = other.where("seed", seed).numbers("ratio");
    for (std::size_t i = 0; i < quotients.size(); ++i)
      quotients[i] /= divisors[i];
    exponents.push_back(fit_log_log(widths, quotients).slope);
  }
  return exponents;
}
// [tautology]

void tautology(const Table& table, Report& report) {
  std::printf(
      "Exponent of ratio(net) / ratio(net x n^-1/2), last layer, mean over 8 "
      "seeds:\n");
  std::printf("                    same draws            own draws\n");
  for (const std::string name :
       {abc::sp_gain1.name, abc::hidden_shrunk.name}) {
    const Table net = table.where("parametrisation", name);
    const Statistics same = statistics(quotient_exponents(net, false));
    const Statistics own = statistics(quotient_exponents(net, true));
    std::printf("  %-14s  %.4f ± %.0e      %.3f ± %.3f\n", name.c_str(),
                same.mean, same.deviation, own.mean, own.deviation);
    report.claim("tautology_" + name,
                 "exponent of the quotient, same draws, " + name, same.mean,
                 equals(.5, 1e-12));
    report.claim("tautology_scatter_" + name,
                 "its standard deviation over seeds", same.deviation,
                 below(1e-12));
    report.number("own_scatter_" + name, own.deviation, own.deviation);
  }
  std::printf("\n");
}

void chapter(Report& report) {
  if (report.has("losses"))
    return report_losses(report.table("losses"), report);
  print_napkin(report.table("napkin"), report);
  report_readout(report.table("readout"), report);
  const Results results(report.table("sizes"));
  claims_of_one_step(results, report);
  claims_of_agreement(results, report);
  rank_against_batch(report.table("ranks"), report);
  claims_of_training(results, report);
  tautology(report.table("last_layer"), report);
  draw_figures(results, report.out);
}

int main(int argc, char** argv) {
  return run_report(argc, argv, "ch08_invariants", chapter);
}
