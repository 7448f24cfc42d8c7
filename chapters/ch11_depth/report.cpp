// Chapter 11, the report: signals, steps and best learning rates against the
// depth.

#include "chapters/ch11_depth/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "nn/instruments/exponents.h"
#include "nn/instruments/fits.h"
#include "nn/instruments/statistics.h"

namespace gradus {

Values medians(const Table& rows, const char* column) {
  Values values;
  for (double at : rows.distinct(column))
    values.push_back(median(rows.where(column, at).numbers("value")));
  return values;
}

double Curve::best() const {
  const auto lowest = std::min_element(medians.begin(), medians.end());
  return octaves[static_cast<std::size_t>(lowest - medians.begin())];
}

double Curve::largest_finite() const {
  double largest = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t i = 0; i < octaves.size() && std::isfinite(medians[i]);
       ++i)
    largest = octaves[i];
  return largest;
}

double Curve::at(double octave) const {
  const auto found = std::find(octaves.begin(), octaves.end(), octave);
  return medians.at(static_cast<std::size_t>(found - octaves.begin()));
}

Curve curve_of(const Table& trained, const std::string& net, double L) {
  const Table rows =
      trained.where("net", net).where("blocks", L).where("quantity", "loss");
  return {rows.distinct("lr"), medians(rows, "lr")};
}

Values depths(const Table& rows, const std::string& net) {
  return rows.where("net", net).distinct("blocks");
}

}  // namespace gradus

using namespace gradus;

// --- 1. One step, and the curvature ---

// The exponent of L in one quantity, of depths from `first` on.
double exponent(const Table& steps, const char* net, const char* quantity,
                double first) {
  const Table rows = steps.where("net", net).where("quantity", quantity);
  return exponent_of_medians(rows.distinct("blocks"),
                             rows.grouped("blocks", "value"), first)
      .value;
}

void claim_steps(const Table& steps, Report& report) {
  const auto of = [&](const char* net, const char* quantity) {
    return exponent(steps, net, quantity, 8);
  };
  std::printf(
      "One step: exponents of L (of medians, L >= 8), measured (derived)\n"
      "                  SGD                        Adam\n"
      "              h_L           f            h_L           f\n");
  struct Row {
    const char *net, *name;
    double sgd, adam;
  };
  for (const Row& row : {Row{"plain", "plain ", 1, 1},
                         {"root", "L^-1/2", 0, 0.5},
                         {"over_L", "1/L   ", -1, 0}}) {
    std::printf("%s  ", row.name);
    for (const char* how : {"sgd", "adam"})
      for (const char* what : {"_h", "_f"})
        std::printf("  %5.2f (%g)",
                    of(row.net, (std::string(how) + what).c_str()),
                    how == std::string("sgd") ? row.sgd : row.adam);
    std::printf("\n");
  }
  std::printf("\n");
  // Forwards and backwards the signal grows by (1 + beta^2)^(L/2), which has not
  // reached its limit at these depths: SGD's step carries both squared.
  const auto bent = [](double exponent, double p, double times) {
    const auto log_growth = [p](double L) {
      return L / 2 * std::log(1 + std::pow(L, -2 * p));
    };
    return exponent +
           times * (log_growth(64) - log_growth(8)) / std::log(64. / 8);
  };
  report.claim("sgd_root", "exponent of Delta h_L, SGD, beta = L^-1/2",
               of("root", "sgd_h"), equals(bent(0, 0.5, 2), 0.15));
  report.claim("adam_root", "the same with Adam", of("root", "adam_h"),
               equals(bent(0.5, 0.5, 1), 0.12));
  report.claim("sgd_over_L", "the same with SGD, beta = 1/L",
               of("over_L", "sgd_h"), equals(bent(-1, 1, 2), 0.15));
  report.claim("adam_over_L", "the same with Adam, beta = 1/L",
               of("over_L", "adam_h"), equals(bent(0, 1, 1), 0.12));
  report.number("growth_real",
                median(steps.where("net", "root")
                           .where("blocks", 32)
                           .where("quantity", "growth")
                           .numbers("value")),
                0.15);
  report.claim("inner_depth_mup",
               "two layers: exponent of the change inside, depth-µP",
               of("two_depth_mup", "adam_inner"), equals(-0.5, 0.1));
  report.claim("inner_complete_p", "the same, CompleteP",
               of("two_complete_p", "adam_inner"), equals(0, 0.1));
  report.number("two_depth_mup", of("two_depth_mup", "adam_h"), 0.15);
  report.number("two_complete_p", of("two_complete_p", "adam_h"), 0.15);
}

void claim_curvature(const Table& rows, Report& report) {
  std::printf("Curvature at the start (medians)\n L   plain  L^-1/2\n");
  const Values plain = medians(rows.where("net", "plain"), "blocks");
  const Values root = medians(rows.where("net", "root"), "blocks");
  const Values Ls = rows.distinct("blocks");
  for (std::size_t i = 0; i < Ls.size(); ++i)
    std::printf("%2.0f  %6.1f  %6.1f\n", Ls[i], plain[i], root[i]);
  std::printf("\n");
  report.number("lambda_exponent", exponent(rows, "plain", "lambda_0", 2),
                0.2);
  report.claim("lambda_plain", "lambda_0 at L = 16 over that at 2, plain",
               plain.back() / plain.front(), between(4, 12));
  report.claim("lambda_root", "the same, beta = L^-1/2",
               root.back() / root.front(), below(2));
}

// --- 2. Training ---

void claim_sgd(const Table& trained, Report& report) {
  std::printf(
      "SGD on the spiral: log2 of the best rate, loss there, largest rate "
      "that trains\n");
  const auto last = [&](const char* net, double L) {
    return curve_of(trained, net, L).largest_finite();
  };
  for (const char* net : {"plain", "one", "depth_mup"})
    for (double L : depths(trained, net)) {
      const Curve curve = curve_of(trained, net, L);
      if (std::isnan(curve.largest_finite())) {
        std::printf("%-9s  L = %2.0f   none\n", net, L);
        continue;
      }
      std::printf("%-9s  L = %2.0f   %3.0f  %.4f  %3.0f\n", net, L,
                  curve.best(), curve.at(curve.best()),
                  curve.largest_finite());
    }
  std::printf("\n");
  const auto best = [&](const char* net, double L) {
    return curve_of(trained, net, L).best();
  };
  // Derived are 3 octaves; the grid has whole ones, at both ends.
  report.claim("best_plain",
               "octaves that the best rate moves, plain, 2 to 16",
               best("plain", 16) - best("plain", 2), between(-5, -2));
  report.claim("last_one",
               "octaves that the largest finite rate moves, beta = 1, 2 to 8",
               last("one", 8) - last("one", 2), below(-2));
  const double deepest = depths(trained, "depth_mup").back();
  report.claim("best_depth_mup", "octaves that the best rate moves, depth-µP",
               best("depth_mup", deepest) - best("depth_mup", 2),
               equals(0, 1));
  report.claim("last_depth_mup", "the same of the largest finite rate",
               last("depth_mup", deepest) - last("depth_mup", 2),
               equals(0, 1));
  report.claim("deeper", "loss at the rate 1/4, depth 16 over depth 2",
               curve_of(trained, "depth_mup", 16).at(-2) /
                   curve_of(trained, "depth_mup", 2).at(-2),
               below(0.6));
}

// Where the geometric mean of the seeds' losses is lowest.
Vertex vertex(const Table& trained, const char* net, double L) {
  const Table rows = trained.where("net", net).where("blocks", L);
  const Values octaves = rows.distinct("lr");
  Values logs;
  for (double octave : octaves) {
    Values of_seeds = rows.where("lr", octave).numbers("value");
    for (double& loss : of_seeds) loss = std::log2(loss);
    logs.push_back(statistics(of_seeds).mean);
  }
  return fit_vertex(octaves, logs);
}

void claim_adam(const Table& trained, Report& report) {
  std::printf("Adam on images: log2 of the best rate, loss there\n");
  const Values Ls = trained.distinct("blocks");
  const auto moved = [&](const char* net) {
    for (double L : Ls) {
      const Vertex best = vertex(trained, net, L);
      std::printf("%-9s  L = %2.0f   %5.2f  %.3f\n", net, L, best.x,
                  std::exp2(best.y));
    }
    const Vertex deepest = vertex(trained, net, Ls.back());
    report.number(std::string("loss_") + net, std::exp2(deepest.y), 0.03);
    return deepest.x - vertex(trained, net, Ls.front()).x;
  };
  const double root = moved("root"), depth_mup = moved("depth_mup");
  std::printf("\n");
  report.claim("shift_root", "octaves that the best rate moves, L^-1/2", root,
               below(-0.5));
  // Half of the 1.5 octaves that the factor is worth over three of depth.
  report.claim("shift_depth_mup", "the same, depth-µP", depth_mup,
               equals(0, 0.75));
  report.claim("shift_less", "the first less the second", root - depth_mup,
               below(-0.25));
}

void claim_inside(const Table& trained, Report& report) {
  std::printf(
      "Two layers a block, 200 steps of Adam at 2^-7: change inside, loss\n");
  for (const char* net : {"two_depth_mup", "two_complete_p"}) {
    const Table rows = trained.where("net", net).where("lr", -7);
    const Values inner = medians(rows.where("quantity", "inner"), "blocks");
    const Values losses = medians(rows.where("quantity", "loss"), "blocks");
    const Values Ls = rows.distinct("blocks");
    for (std::size_t i = 0; i < Ls.size(); ++i)
      std::printf("%-14s  L = %2.0f   %.2f  %.3f\n", net, Ls[i], inner[i],
                  losses[i]);
    const double kept = inner.back() / inner.front();
    if (net == std::string("two_depth_mup"))
      report.claim("kept_depth_mup",
                   "change inside at L = 32 over that at 2, depth-µP (1/4)",
                   kept, between(0.18, 0.4));
    else
      report.claim("kept_complete_p", "the same, CompleteP (1)", kept,
                   equals(1, 0.3));
  }
  std::printf("\n");
}

void claim_mistake(const Table& trained, Report& report) {
  std::printf("Without biases, L = 4: loss and accuracy\n");
  double lowest = std::numeric_limits<double>::infinity(), accuracy = 0;
  for (double octave : trained.distinct("lr")) {
    const Table rows = trained.where("lr", octave);
    const double loss =
        median(rows.where("quantity", "loss").numbers("value"));
    if (!std::isfinite(loss)) continue;
    const Values shares = rows.where("quantity", "accuracy").numbers("value");
    std::printf("2^%2.0f   %.3f  %.3f\n", octave, loss, median(shares));
    lowest = std::min(lowest, loss);
    accuracy = std::max(accuracy, statistics(shares).largest);
  }
  std::printf("\n");
  report.claim("no_bias_loss", "without biases: lowest loss at any rate",
               lowest, above(homogeneous_loss()));
  report.claim("no_bias_accuracy", "the same: largest accuracy", accuracy,
               equals(1.0 / 3, 0.03));
  report.number("homogeneous", homogeneous_loss(), 1e-6);
}

void chapter(Report& report) {
  const Table signals = report.table("signals"),
              table = report.table("depth");
  const auto part = [&](const char* name) {
    return table.where("part", name);
  };
  report_signals(signals, report);
  claim_curvature(part("curvature"), report);
  claim_steps(part("step"), report);
  claim_sgd(part("sgd"), report);
  claim_adam(part("adam"), report);
  claim_inside(part("inside"), report);
  claim_mistake(part("no_bias"), report);
  report_grid(part("tune"), part("grid"), report);

  draw_signals(signals, report.out);
  draw_sgd(part("sgd"), report.out);
  draw_adam(part("adam"), report.out);
  draw_inside(part("inside"), report.out);
}

int main(int argc, char** argv) {
  return run_report(argc, argv, "ch11_depth", chapter);
}
