// Chapter 5, the report: what one_step.csv says of the text's predictions.
// Exponents are of medians over seeds.

#include "chapters/ch05_one_step/report.h"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <string>

#include "chapters/ch05_one_step/kernel.h"
#include "nn/instruments/statistics.h"

using namespace gradus;

constexpr double widest = std::numeric_limits<double>::infinity();

void claim_steps(const Table& steps, Report& report) {
  for (const int inputs : {784, 2}) {
    const std::string name = std::to_string(inputs) + " inputs";
    const Table rows = steps.where("inputs", inputs)
                           .where("depth", 2)
                           .where("quantity", "delta output");
    Values ratios;
    for (std::size_t i = 0; i < rows.size(); ++i)
      ratios.push_back(rows.number(i, "value") /
                       derived_rise(rows.number(i, "width"), inputs));
    report.claim("rise_" + std::to_string(inputs),
                 "mean rise over n + d_in / 2, " + name,
                 statistics(ratios).mean, equals(1, 0.06));
    if (inputs == 784)
      report.claim(
          "rise_slope_784", "exponent of the rise up to n = 256, 784 inputs",
          step_curve(steps, inputs, 2, "delta output").slope(64, 256),
          below(0.5));
  }
  const auto slope = [&](const char* layer) {
    return step_curve(steps, 2, 3, layer).slope(64, widest);
  };
  report.claim("slope_f", "exponent of Δf in the width",
               slope("delta output"), equals(1, 0.1));
  report.claim("slope_h2", "exponent of Δh_2", slope("delta layer2"),
               equals(0.5, 0.1));
  report.claim("slope_h1", "exponent of Δh_1", slope("delta layer1"),
               equals(-0.5, 0.1));
}

void claim_widths(const Results& results, Report& report) {
  for (const int inputs : {2, 784}) {
    const Table part =
        results.curvature.where("inputs", inputs).where("depth", 3);
    const Curve lambda = against("width", part, "lambda");
    const Curve rate = against("width", part, "rate");
    const Curve c = against("width", part, "c");
    const std::string name = inputs == 2 ? "spiral" : "images";
    Values ratios;  // of wide nets, for which the kernel is derived
    for (std::size_t i = 0; i < lambda.x.size(); ++i)
      if (lambda.x[i] >= 128)
        ratios.push_back(lambda.median[i] /
                         results.examples(inputs).lambda(lambda.x[i], 3));
    report.claim("lambda_" + name,
                 "λ_0 over the kernel's from n = 128 up, " + name,
                 median(ratios), equals(1, 0.1));
    report.claim("c_wide_" + name,
                 "largest stable c = η λ_0, widest, " + name, c.median.back(),
                 between(1.8, 2.3));
    report.number("c_narrow_" + name, c.median.front(), 1);
    if (inputs == 2) {
      report.claim("lambda_slope", "exponent of λ_0 in the width",
                   lambda.slope(64, widest), equals(1, 0.15));
      report.claim("rate_slope", "exponent of the largest stable rate",
                   rate.slope(64, widest), equals(-1, 0.15));
    } else {
      report.claim("lambda_slope_784",
                   "exponent of λ_0 up to n = 256, 784 inputs",
                   lambda.slope(32, 256), below(0.75));
      report.number("rate_slope_784", rate.slope(32, 256), 0.2);
    }
  }
}

void claim_depths(const Table& curvature, Report& report) {
  // Two inputs at a right angle: K over its limit at large depth, n D / 8, where
  // the width is so large that neither biases nor the first layer count.
  for (const std::int64_t depth : {8, 16, 32}) {
    const double n = 1e9;
    report.number(
        "right_angle_" + std::to_string(depth),
        kernel(0, 1, 2, n, depth) / (n * static_cast<double>(depth) / 8),
        1e-3);
  }
  for (const std::int64_t width : {wide, narrow}) {
    const Table part = curvature.where("inputs", 2).where("width", width);
    const Curve lambda = against("depth", part, "lambda");
    const Curve kernel_alone = against("depth", part, "kernel");
    const Curve rate = against("depth", part, "rate");
    const Curve c = against("depth", part, "c");
    const std::string name = width == wide ? "wide" : "narrow";
    report.number("c_deep_" + name, c.median.back(), 0.5 * c.median.back());
    report.number("lambda_spread_" + name,
                  lambda.largest.back() / lambda.smallest.back(), 20);
    report.number("residual_share_" + name,
                  1 - kernel_alone.median.back() / lambda.median.back(), 0.2);
    if (width != wide) continue;
    report.claim("depth_lambda_slope",
                 "exponent of λ_0 in the depth, n = 256", lambda.slope(2, 8),
                 between(0.85, 1.4));
    report.claim("depth_rate_slope",
                 "exponent of the largest stable rate, n = 256",
                 rate.slope(2, 8), between(-1.4, -0.8));
  }
}

// Prints the losses of `part`, one line for each width or depth.
Curve print_runs(const char* setting, const Table& part) {
  const Curve own = against(setting, part, "own rate");
  const Curve fixed_loss = against(setting, part, "loss at 0.1");
  const Curve own_loss = against(setting, part, "loss at own rate");
  std::printf(
      "%-5s  2/lambda_0    loss at rate 0.1         loss at rate "
      "2/lambda_0\n",
      setting);
  const auto print = [](const Curve& loss, std::size_t i) {
    std::printf("    %.3f (%.3f to %.3f)", loss.median[i], loss.smallest[i],
                loss.largest[i]);
  };
  for (std::size_t i = 0; i < own.x.size(); ++i) {
    std::printf("%5.0f  %10.3f", own.x[i], own.median[i]);
    print(fixed_loss, i);
    print(own_loss, i);
    std::printf("\n");
  }
  std::printf("\n");
  return own_loss;
}

void chapter(Report& report) {
  const Results results(report);
  claim_steps(results.steps, report);
  claim_widths(results, report);
  claim_depths(results.curvature, report);

  std::printf(
      "Chapter 4's run, 8 seeds: median loss after 500 steps (smallest to "
      "largest)\n\n");
  const Curve by_width = print_runs("width", results.runs.where("depth", 4));
  print_runs("depth", results.runs.where("width", narrow));
  report.claim("own_rate", "loss at 2/λ_0, n = 128 over n = 32",
               by_width.median[3] / by_width.median[1], above(4));
  draw_figures(results, report.out);
}

int main(int argc, char** argv) {
  return run_report(argc, argv, "ch05_one_step", chapter);
}
