// Chapter 13, the report: the tables against the map and what follows from it.

#include "chapters/ch13_catapult/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "nn/instruments/statistics.h"

namespace gradus {

double c_max(double rho) { return 8 / (1 + std::hypot(1, 4 * rho)); }

}  // namespace gradus

using namespace gradus;

// --- 1. The engine against the map ---

// How far rounding drives the two apart at each step: the median of the starts.
Values apart(const Table& engine, double c) {
  const Table runs = engine.where("part", "rounding").where("c", c);
  Values medians;
  for (double step : runs.distinct("step"))
    medians.push_back(median(runs.where("step", step).numbers("apart")));
  return medians;
}

// The engine's steps against the two factors: with phi = P - M and
// kappa = 2 (P + M), P' = P (1 - delta)^2 and M' = M (1 + delta)^2. The largest
// difference in P and M, in units of kappa.
double off_the_factors(const Table& runs) {
  const auto of = [&](std::size_t row, const char* column) {
    return runs.number(row, column);
  };
  double largest = 0;
  for (std::size_t row = 0; row + 1 < runs.size(); ++row) {
    if (runs.integer(row + 1, "step") == 0) continue;  // another training
    const double delta = of(row, "phi") - of(row, "psi");
    for (const double sign : {1.0, -1.0}) {  // of P, of M
      const auto part = [&](std::size_t at) {
        return (of(at, "kappa") / 2 + sign * of(at, "phi")) / 2;
      };
      const double factor = 1 - sign * delta;
      const double off = part(row + 1) - part(row) * factor * factor;
      largest = std::max(largest, std::abs(off) / of(row, "kappa"));
    }
  }
  return largest;
}

void engine_against_map(const Table& engine, Report& report) {
  const Values agreement = engine.where("part", "agreement").numbers("apart");
  report.claim("engine",
               "u and v trained against the map: 10 steps, relative",
               statistics(agreement).largest, below(1e-9));
  report.claim(
      "factors",
      "the same steps: |u + v|^2 and |u - v|^2 against their factors",
      off_the_factors(engine.where("part", "agreement")), below(1e-9));
  const Values at_3 = apart(engine, 3), at_4 = apart(engine, 4);
  std::printf("Rounding: engine and map apart\nstep      c = 3     c = 4\n");
  for (std::size_t t = 0; t < at_3.size(); t += 6)
    std::printf("%4zu    %.1e   %.1e\n", t, at_3[t], at_4[t]);
  std::printf("\n");
  const double rate = std::log(at_4[25] / at_4[5]) / 20;
  report.claim("separation",
               "c = 4: log growth of the distance per step, ln 3", rate,
               equals(std::log(3.0), 0.15));
  report.claim("no_separation", "c = 3: distance after 36 steps", at_3.back(),
               below(1e-13));
}

// --- 2. Without a label: what happens at each c ---

void below_and_above_four(const Table& starts, Report& report) {
  double largest_f = 0, largest_sum = 0, wrong_way = 0, ended = 0,
         diverged = 0;
  for (std::size_t row = 0; row < starts.size(); ++row) {
    const auto of = [&](const char* column) {
      return starts.number(row, column);
    };
    const double c = of("c");
    const State last{of("phi"), of("kappa")};
    if (c < 4) {
      largest_f = std::max(largest_f, of("largest_phi") / (c / 2));
      largest_sum = std::max(largest_sum, of("sum_phi2") * (4 - c) / c);
    }
    wrong_way += of(c < 4 ? "rose" : "fell");
    ended += c == 3.99 && std::abs(last.phi) < 1e-3 && last.kappa < 2;
    diverged += c == 4.01 && !finite(last);
  }
  report.claim("bound", "c < 4: largest |f| over √N λ_0 / 2", largest_f,
               below(1));
  report.claim("sum_bound", "c < 4: sum of φ^2 over c / (4 - c)", largest_sum,
               below(1));
  report.claim("one_sided", "steps on which λ rose (c < 4) or fell (c > 4)",
               wrong_way, equals(0));
  report.claim("below_4", "c = 3.99: of 499 starts, those that come to rest",
               ended, equals(499));
  report.claim("above_4", "c = 4.01: of 499 starts, those that diverge",
               diverged, equals(499));
}

void first_rises(const Table& rises, Report& report) {
  double error = 0, later = 0, rising = 0;
  for (std::size_t row = 0; row < rises.size(); ++row) {
    const double q = rises.number(row, "q"), c = rises.number(row, "c");
    if (q == 1.0 / 64) report.number("c_loss_16", c, 1e-6);
    if (q < 0.125) {
      const double predicted = (1 - std::sqrt(1 - 8 * q)) / (2 * q);
      error = std::max(error, std::abs(c - predicted));
      later += rises.number(row, "later");
    } else {
      rising += c < 4 - 1e-9;
    }
  }
  report.claim("c_loss", "c_loss of one step against its formula, q < 1/8",
               error, below(1e-6));
  report.claim("c_loss_later",
               "q < 1/8, just below: later losses above the first", later,
               equals(0));
  report.claim("no_rise",
               "q > 1/8: starts whose first step raises the loss, c < 4",
               rising, equals(0));
}

void print_catapults(const Table& kicks, Report& report) {
  const Table unlabelled = kicks.where("rho", 0);
  std::printf("Catapults from phi = 0.001\n");
  std::printf(
      "   c   largest phi^2   (c-2)^2/2   at step   last kappa   4 - c\n");
  for (std::size_t row = 0; row < unlabelled.size(); ++row) {
    const double c = unlabelled.number(row, "c");
    const double phi = unlabelled.number(row, "largest");
    const double kappa = unlabelled.number(row, "last_kappa");
    std::printf("%4.2f %13.4f %13.4f %8d %12.3f %8.2f\n", c, phi * phi,
                (c - 2) * (c - 2) / 2, int(unlabelled.integer(row, "step")),
                kappa, 4 - c);
    if (c == 2.1)
      report.claim(
          "mirror",
          "c = 2.1: how far κ ends below 2, over how far it began above",
          (2 - kappa) / 0.1, equals(1, 0.1));
  }
  std::printf("\n");
}

void through_a_catapult(const Table& catapults, Report& report) {
  double error = 0, largest_ratio = 0;
  for (std::size_t row = 0; row < catapults.size(); ++row) {
    const double phi = catapults.number(row, "phi"),
                 kappa = catapults.number(row, "eta_lam"),
                 top = catapults.number(row, "eta_lambda_max");
    const double predicted =
        kappa / 2 + std::hypot(kappa / 2, std::sqrt(3) * phi);
    error = std::max(error, std::abs(top / predicted - 1));
    if (catapults.number(row, "c") < 4)
      largest_ratio = std::max(largest_ratio, top / kappa);
  }
  const Values curvatures =
      catapults.where("c", 3.5).numbers("eta_lambda_max");
  report.claim("hessian_rises",
               "c = 3.5: largest λ_max of the Hessian over its first",
               statistics(curvatures).largest / curvatures[0], above(1.1));
  report.claim("spectrum",
               "λ_max of the Hessian against its formula, relative", error,
               below(1e-9));
  report.number("largest_ratio", largest_ratio, 1e-6);
}

// --- 3. With a label, from f0 = 0 ---

void labels(const Table& borders, const Table& kicks, Report& report) {
  double error = 0, rest_error = 0;
  for (std::size_t row = 0; row < borders.size(); ++row) {
    const double rho = borders.number(row, "rho");
    error =
        std::max(error, std::abs(borders.number(row, "finite") - c_max(rho)));
    rest_error =
        std::max(rest_error, std::abs(borders.number(row, "rests") -
                                      std::min(c_max(rho), 1 / rho)));
  }
  report.claim("c_max_label", "with a label: c_max against its formula",
               error, below(1e-5));
  report.claim(
      "rest_label",
      "with a label: largest c that comes to rest against min(c_max, 1/ρ)",
      rest_error, below(0.02));

  std::printf("Widths: y = 1/2, lam_0 = 2, f_0 = 0, c = 2.5\n");
  std::printf(
      "  p         n       rho    c_max   largest loss / first   at step   "
      "last kappa\n");
  for (std::size_t row = 0; row < kicks.size(); ++row) {
    const double rho = kicks.number(row, "rho");
    if (rho == 0) continue;
    const double n = std::round(std::pow(0.25 / rho, 2));  // N, and N = n^p
    const double psi = kicks.number(row, "c") * rho;
    std::printf("  %d %9s   %7.5f   %6.4f %18.4g %12d %12.3f\n", n > 1,
                n > 1 ? std::to_string(int(n)).c_str() : "any", rho,
                c_max(rho), std::pow(kicks.number(row, "largest") / psi, 2),
                int(kicks.integer(row, "step")),
                kicks.number(row, "last_kappa"));
  }
  std::printf("\n");
  report.number("c_max_quarter", c_max(0.25), 1e-6);
  report.number("c_max_half", c_max(0.5), 1e-6);
}

void the_model(Report& report) {
  const Table catapults = report.table("catapult"),
              kicks = report.table("kicks"),
              borders = report.table("borders");
  engine_against_map(report.table("engine"), report);
  below_and_above_four(report.table("starts"), report);
  first_rises(report.table("rises"), report);
  print_catapults(kicks, report);
  through_a_catapult(catapults, report);
  labels(borders, kicks, report);

  draw_catapults(catapults, report.out);
  draw_plane(report.out);
  draw_borders(borders, report.out);
}

// The model draws nothing: of another seed the images may stand alone.
void chapter(Report& report) {
  if (report.seed() == 0 || report.has("engine")) the_model(report);
  report_images(report.table("images"), report);
}

int main(int argc, char** argv) {
  return run_report(argc, argv, "ch13_catapult", chapter);
}
