// Chapter 10, the report: what adam.csv says of one step, of the best
// learning rates and of eps. Exponents are of medians over seeds.

#include "chapters/ch10_transfer_adam/report.h"

#include <cmath>
#include <cstdio>

#include "chapters/support/csv.h"
#include "nn/instruments/exponents.h"
#include "nn/instruments/statistics.h"

using namespace gradus;

// The exponent of n in one quantity, from some width on.
double exponent(const Table& rows, double first_width) {
  return exponent_of_medians(rows.distinct("width"),
                             rows.grouped("width", "value"), first_width)
      .value;
}

void claim_step(const Table& steps, Report& report) {
  const auto measured = [&](const char* curve) {
    return exponent(steps.where("curve", curve), 0);
  };
  const double sp = measured("sp"), over_m = measured("sp_over_m"),
               mup = measured("mup");
  std::printf(
      "One step of Adam: exponent of Delta f (of medians), measured "
      "(limit)\n");
  std::printf("SP, one rate        %5.2f (3/2)\n", sp);
  std::printf("SP, rate over m     %5.2f (1/2)\n", over_m);
  std::printf("muP                 %5.2f (0)\n\n", mup);
  report.claim("step_sp", "exponent of Δf, one step, SP", sp,
               between(1.2, 1.6));
  report.claim("step_sp_over_m", "the same, all rates over m", over_m,
               between(0.2, 0.6));
  report.claim("step_mup", "the same, µP", mup, equals(0, 0.1));
}

void claim_best_rates(const Table& trained, Report& report) {
  // SP moves by 3/4 of an octave or more, over three octaves of width by twice
  // that. A fixed eps moves the rate by up to the octaves of the width; half of
  // them are asked for.
  struct Expected {
    std::string name;
    Bounds shift;
  };
  const Values widths = trained.distinct("width");
  const double octaves = std::log2(widths.back() / widths.front());
  std::printf("Best rate, log2, and loss there\n");
  std::printf("          n    rate   loss\n");
  for (const auto& [name, expected] :
       {Expected{"sp", below(report.full() ? -1.5 : -0.75)},
        {"mup", equals(0, 0.5)},
        {"fixed", above(octaves / 2)},
        {"scaled", equals(0, 0.5)}}) {
    for (double width : widths) {
      const Curve curve = curve_of(trained, name, width);
      const Vertex vertex = best(curve.octaves, curve.medians);
      const double loss = std::exp2(vertex.y);
      std::printf("%-8s%4.0f  %6.2f  %.3f\n", name.c_str(), width, vertex.x,
                  loss);
      const std::string key = name + "_" + std::to_string(std::lround(width));
      report.number("best_" + key, vertex.x, 0.5);
      report.number("loss_" + key, loss, 0.03);
    }
    const Shift moved = shift(curve_of(trained, name, widths.front()),
                              curve_of(trained, name, widths.back()));
    report.claim("shift_" + name, "octaves that the best rate moves, " + name,
                 moved.value, expected);
    report.number("error_" + name, moved.error, 0.3);
  }
  std::printf("\n");

  // What SP reaches at the largest width with the rate that was best at the
  // smallest.
  const Curve narrow = curve_of(trained, "sp", widths.front());
  const Curve wide = curve_of(trained, "sp", widths.back());
  const double old_rate = std::round(best(narrow.octaves, narrow.medians).x);
  report.number("old_octave", old_rate, 1);
  report.number(
      "loss_old_rate",
      wide.medians.at(static_cast<std::size_t>(old_rate - wide.octaves[0])),
      0.03);
}

void claim_eps(const Table& gradients, Report& report) {
  const auto at = [&](double width, const std::string& quantity) {
    return median(gradients.where("width", width)
                      .where("quantity", quantity)
                      .numbers("value"));
  };
  std::printf(
      "First step: rms of gradients, and share of a hidden step that eps "
      "leaves\n");
  std::printf("   n     input    hidden    output   fixed  scaled\n");
  Kept kept;
  for (double width : gradients.distinct("width")) {
    const std::string n = std::to_string(std::lround(width));
    kept.widths.push_back(width);
    kept.fixed.push_back(at(width, "fixed"));
    kept.scaled.push_back(at(width, "scaled"));
    kept.predicted.push_back(at(base_width, "predicted " + n));
    std::printf("%4.0f  %.2e  %.2e  %.2e   %.3f   %.3f\n", width,
                at(width, "layer1"), at(width, "layer2"), at(width, "output"),
                kept.fixed.back(), kept.scaled.back());
  }
  std::printf("\n");
  draw_kept(kept, report.out);

  // At the base width a large f_0 adds to the gradients.
  report.claim("gradient", "exponent of the hidden gradient, n >= 128",
               exponent(gradients.where("quantity", "layer2"), 128),
               equals(-1, 0.2));
  report.claim("kept_fixed",
               "share of a step at n = 1024 over that at 256, eps fixed",
               at(1024, "fixed") / at(256, "fixed"), below(0.5));
  report.claim("kept_scaled", "the same, eps scaled",
               at(1024, "scaled") / at(256, "scaled"), equals(1, 0.15));
  const double narrow = at(base_width, "layer2");
  report.number("gradient_narrow", narrow, 0.01);
  report.number("gradient_wide", at(1024, "layer2"), 3e-4);
  report.number("kept_narrow", at(base_width, "fixed"), 0.1);
  report.number("kept_wide", at(1024, "fixed"), 0.02);
  report.number("kept_predicted", at(base_width, "predicted 1024"), 0.03);
  report.number("default_width", base_width * narrow / 1e-8, 1e8);
}

void chapter(Report& report) {
  if (report.has("more")) return report_more(report);
  const Table table = report.table("adam");
  const Table trained = table.where("part", "train");
  claim_step(table.where("part", "step"), report);
  claim_best_rates(trained, report);
  claim_eps(table.where("part", "gradient"), report);
  draw_u_curves(trained, report.out);
}

int main(int argc, char** argv) {
  return run_report(argc, argv, "ch10_transfer_adam", chapter);
}
