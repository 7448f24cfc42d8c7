// Chapter 16, the report: four regimes of training, and which of them a start
// leaves.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "chapters/ch16_edge_of_stability/report.h"
#include "chapters/support/plotting/panels.h"
#include "nn/instruments/statistics.h"

namespace gradus {
namespace {

constexpr int shown[] = {0, 1, 4, 10, 50, 200, 600, 1000, 2000, 4000};

void print_regimes(const Table& images) {
  std::printf("Images: eta lambda at step, medians of the seeds\n%-8s",
              "start");
  for (int step : shown) std::printf("%6d", step);
  std::printf("\n");
  for (const char* name : {"standard", "zero", "large"}) {
    const Table runs = images.where("run", name);
    std::printf("%-8s", name);
    for (int step : shown) {
      const Values values = of_seeds(runs, [&](const Table& run) {
        return step <= run.numbers("step").back()
                   ? at(run, step, "eta_lambda")
                   : std::nan("");
      });
      if (std::isnan(values[0]))
        std::printf("%6s", "");
      else
        std::printf("%6.2f", median(values));
    }
    std::printf("\n");
  }
  std::printf("\n");
}

void draw_regimes(const Table& images, const std::filesystem::path& out) {
  Panels panels("regimes");
  panels.title("Four regimes, and what a start leaves of them")
      .subtitle(
          "256 images, 49–64–64–64–10, ReLU, full batch; one curve a seed; "
          "time from 1")
      .x_axis("step + 1", Scale::log10)
      .x_range(1, 4001)
      .columns(3);
  const char* titles[] = {"standard start\nη = 0.8, variance 1/4",
                          "last layer zero\nη = 0.4",
                          "large output\nη = 0.01, variance 16"};
  const char* names[] = {"standard", "zero", "large"};
  for (const char* column : {"eta_lambda", "loss"})
    for (int i = 0; i < 3; ++i) {
      const bool sharpness = std::string(column) == "eta_lambda";
      Figure& figure = panels.panel(sharpness ? titles[i] : "loss");
      if (sharpness)
        figure.y_axis("η λ_{max}", Scale::log2).y_range(0.0625, 16);
      else
        figure.y_axis("L", Scale::log10).y_range(1e-4, 20);
      const Table runs = images.where("run", names[i]);
      for (double seed : runs.distinct("seed")) {
        const Table run = runs.where("seed", seed);
        Values times = run.numbers("step");
        for (double& time : times) ++time;
        figure.line(times, run.numbers(column), named("seed %g", seed));
      }
      if (sharpness) figure.dashed({1, 4001}, {2, 2}, "2");
    }
  panels.draw(out);
}

// How far the sharpness has moved in a few dozen steps, against |f_0| / |y|.
void outputs(const Table& output, Report& report) {
  std::printf(
      "Output and labels: 60 steps at eta = 1 / (2 lambda_0), medians\n"
      "variance  |f_0| / |y|   lambda_60 / lambda_0\n");
  Values sizes, changes;
  const auto change = [](const Table& run) {
    return run.number(0, "lambda_60") / run.number(0, "lambda_0");
  };
  const auto size = [](const Table& run) {
    return run.number(0, "f_over_y");
  };
  for (double variance : output.distinct("variance")) {
    const Table runs = output.where("variance", variance);
    const Values x = of_seeds(runs, size), y = of_seeds(runs, change);
    std::printf("%8g %12.2f %22.2f\n", variance, median(x), median(y));
    sizes.insert(sizes.end(), x.begin(), x.end());
    changes.insert(changes.end(), y.begin(), y.end());
  }
  std::printf("\n");
  const auto of = [&](double variance) {
    return statistics(of_seeds(output.where("variance", variance), change));
  };
  report.claim("zero_output_rises", "λ_60 / λ_0 from f_0 = 0, smallest",
               of(0).smallest, above(1));
  report.claim("large_output_falls", "λ_60 / λ_0, variance 16, largest",
               of(16).largest, below(0.75));
  for (double& x : sizes) x = std::max(x, 0.05);
  Figure("outputs")
      .title("An output above the labels takes the sharpness down first")
      .subtitle(
          "λ after 60 steps at η = 1 / 2λ_0 over λ_0; the leftmost points "
          "are f_0 = 0")
      .x_axis("|f_0| / |y|", Scale::log2)
      .y_axis("λ_{60} / λ_0", Scale::log2)
      .points(sizes, changes, "one network")
      .dashed({0.05, 16}, {1, 1}, "as at the start")
      .dashed({1, 1}, {0.25, 2}, "|f_0| = |y|")
      .draw(report.out);
}

}  // namespace

void report_regimes(const Table& images, const Table& output,
                    Report& report) {
  print_regimes(images);
  const Table standard = images.where("run", "standard");
  const auto ratio = [&](int from, int to) {
    return statistics(of_seeds(standard, [=](const Table& run) {
      return at(run, to, "eta_lambda") / at(run, from, "eta_lambda");
    }));
  };
  report.claim("transient", "λ_10 / λ_0, largest of seeds",
               ratio(0, 10).largest, below(0.85));
  report.claim("saturation", "λ_20 / λ_5, median", ratio(5, 20).median,
               between(0.9, 1.4));
  report.claim("sharpening", "λ_600 / λ_20, median", ratio(20, 600).median,
               above(1.25));
  report.claim("edge", "mean η λ of two steps in the last half, median",
               median(of_seeds(standard, pair_mean)), equals(2, 0.05));
  report.number("edge_farthest", farthest(of_seeds(standard, pair_mean), 2),
                0.06);
  report.claim("edge_along",
               "|η curvature along the step − 2|, farthest seed",
               farthest(of_seeds(standard, along), 2), below(0.03));
  const Statistics ups = statistics(of_seeds(standard, rising));
  report.claim("edge_rises", "share of steps up in the last half, smallest",
               ups.smallest, above(0.3));
  report.number("edge_rises_most", ups.largest, 0.05);
  report.number("edge_fall",
                statistics(of_seeds(standard, fall_of_loss)).smallest, 100);
  int kicked = 0;
  for (double seed : standard.distinct("seed")) {
    const Table run = standard.where("seed", seed);
    kicked += at(run, 1, "loss") > run.number(0, "loss");
  }
  report.number("kicked", kicked, 2);

  const Table zero = images.where("run", "zero"),
              large = images.where("run", "large");
  // A start above 2 makes a catapult, also from f_0 = 0.
  double lowest = 1, lowest_of_all = 1, highest_start = 0;
  for (double seed : zero.distinct("seed")) {
    const Values lambda = zero.where("seed", seed).numbers("eta_lambda");
    const double least = statistics(lambda).smallest / lambda[0];
    if (lambda[0] < 2) lowest = std::min(lowest, least);
    lowest_of_all = std::min(lowest_of_all, least);
    highest_start = std::max(highest_start, lambda[0]);
  }
  report.claim("zero_no_fall", "last layer zero, η λ_0 < 2: least λ_t / λ_0",
               lowest, above(0.9));
  report.number("zero_lowest", lowest_of_all, 0.8);
  report.number("zero_highest_start", highest_start, 1);
  report.claim("zero_edge", "last layer zero: |mean of two steps − 2|",
               farthest(of_seeds(zero, pair_mean), 2), below(0.06));
  report.claim("large_below", "large output: largest last η λ",
               statistics(of_seeds(large, pair_mean)).largest, below(0.5));
  draw_regimes(images, report.out);
  outputs(output, report);
}

}  // namespace gradus
