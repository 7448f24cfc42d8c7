// Chapter 16, the report: what is read off one training, and the toy.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "chapters/ch16_edge_of_stability/report.h"
#include "chapters/support/plotting/panels.h"
#include "nn/instruments/statistics.h"

namespace gradus {

Pairs pairs(const Table& run) {
  const Values steps = run.numbers("step"),
               lambda = run.numbers("eta_lambda");
  Pairs found;
  for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
    if (steps[i] <= 10 || steps[i + 1] != steps[i] + 1) continue;
    found.steps.push_back(steps[i]);
    found.means.push_back((lambda[i] + lambda[i + 1]) / 2);
    found.lows.push_back(std::min(lambda[i], lambda[i + 1]));
    found.highs.push_back(std::max(lambda[i], lambda[i + 1]));
  }
  return found;
}

Tail tail(const Table& run) {
  const Values steps = run.numbers("step"), along = run.numbers("eta_along"),
               rises = run.numbers("rises");
  const double half = steps.back() / 2;
  Tail found{.loss = run.numbers("loss").back()};
  Values alongs;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i] <= half) continue;
    alongs.push_back(along[i]);
    found.rises += rises[i] / half;
  }
  found.along = median(alongs);
  const Pairs all = pairs(run);
  Values means, halves;
  for (std::size_t i = 0; i < all.steps.size(); ++i) {
    if (all.steps[i] < half) continue;
    means.push_back(all.means[i]);
    halves.push_back((all.highs[i] - all.lows[i]) / 2);
  }
  found.pair = median(means);
  found.apart = median(halves);
  return found;
}

double at(const Table& run, int step, const char* column) {
  std::size_t row = 0;
  while (row + 1 < run.size() && run.integer(row + 1, "step") <= step) ++row;
  return run.number(row, column);
}

double farthest(const Values& values, double center) {
  double most = 0;
  for (double value : values) most = std::max(most, std::abs(value - center));
  return most;
}

double pair_mean(const Table& run) { return tail(run).pair; }
// In steps 2,000 to 4,000, however long the run: later it dies with the loss.
double half_apart(const Table& run) {
  const Pairs all = pairs(run);
  Values halves;
  for (std::size_t i = 0; i < all.steps.size(); ++i)
    if (2 * all.steps[i] >= toy_steps && all.steps[i] <= toy_steps)
      halves.push_back((all.highs[i] - all.lows[i]) / 2);
  return median(halves);
}
double along(const Table& run) { return tail(run).along; }
double rising(const Table& run) { return tail(run).rises; }
double last_loss(const Table& run) { return tail(run).loss; }
double fall_of_loss(const Table& run) {
  return run.number(0, "loss") / tail(run).loss;
}
double fall_at_edge(const Table& run) {
  return at(run, static_cast<int>(crossing(run)), "loss") / tail(run).loss;
}
double crossing(const Table& run) {
  for (std::size_t row = 0; row < run.size(); ++row)
    if (run.number(row, "eta_lambda") > 2) return run.number(row, "step");
  return std::nan("");
}
double highest(const Table& run) {
  return statistics(run.numbers("eta_lambda")).largest;
}

std::string named(const char* format, double value) {
  char text[60];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

namespace {

// Means over two steps, a curve a seed; the first seed's two steps as a band.
void draw_sharpness(Figure& figure, const Table& runs,
                    const std::string& label) {
  double end = 0;
  for (double seed : runs.distinct("seed")) {
    const Pairs all = pairs(runs.where("seed", seed));
    end = all.steps.back();
    figure.line(all.steps, all.means, seed == 0 ? label : "");
    if (seed == 0) figure.band(all.steps, all.lows, all.highs);
  }
  figure.dashed({0, end}, {2, 2}, "2");
}

void draw_toy(const Table& toy, const std::filesystem::path& out) {
  Panels panels("toy");
  panels.title("The sharpness climbs to 2 / η and stays; the loss falls on")
      .subtitle(
          "20 points of T_5, tanh 1–64–64–64–1: means of two steps, one "
          "curve "
          "a seed; shade: the two steps")
      .x_axis("step")
      .columns(3);
  for (double lr : {0.02, 0.03})
    draw_sharpness(panels.panel(named("sharpness, η = %g", lr))
                       .y_axis("η λ_{max}")
                       .y_range(0.5, 2.6),
                   toy.where("lr", lr), named("η = %g", lr));
  Figure& losses = panels.panel("loss").y_axis("L", Scale::log10);
  for (double lr : {0.02, 0.03}) {
    const Table runs = toy.where("lr", lr);
    for (double seed : runs.distinct("seed")) {
      const Table run = runs.where("seed", seed);
      losses.line(run.numbers("step"), run.numbers("loss"),
                  seed == 0 ? named("η = %g", lr) : "");
    }
  }
  panels.draw(out);
}

}  // namespace

void report_toy(const Table& toy, Report& report) {
  std::printf(
      "Toy: second half of training\n"
      "  eta seed  above 2 at  highest   pair  apart   along  rises    "
      "loss\n");
  for (double lr : toy.distinct("lr"))
    for (double seed : toy.distinct("seed")) {
      const Table run = toy.where("lr", lr).where("seed", seed);
      const Tail end = tail(run);
      std::printf("%5.2f %4g %11g %8.3f %6.3f %6.3f %7.4f %6.3f %7.4f\n", lr,
                  seed, crossing(run), highest(run), end.pair, end.apart,
                  end.along, end.rises, end.loss);
    }
  std::printf("\n");
  const auto slow = [&](Measure measure) {
    return statistics(of_seeds(toy.where("lr", 0.02), measure));
  };
  const auto fast = [&](Measure measure) {
    return statistics(of_seeds(toy.where("lr", 0.03), measure));
  };
  report.claim("toy_start", "η = 0.02: largest first η λ",
               statistics(of_seeds(toy.where("lr", 0.02),
                                   [](const Table& run) {
                                     return run.number(0, "eta_lambda");
                                   }))
                   .largest,
               below(1));
  report.claim("toy_crossing", "η = 0.02: step at which η λ passes 2, median",
               slow(crossing).median, between(900, 2000));
  report.number("toy_first_crossing", slow(crossing).smallest, 600);
  report.claim("toy_highest", "η = 0.02: highest η λ, median of seeds",
               slow(highest).median, between(2.2, 2.5));
  report.claim("toy_pair", "η = 0.02: |mean of two steps − 2|, farthest seed",
               farthest(of_seeds(toy.where("lr", 0.02), pair_mean), 2),
               below(0.02));
  report.claim("toy_fall",
               "η = 0.02: loss where η λ passes 2 over the last, smallest",
               slow(fall_at_edge).smallest, above(3));
  report.claim("toy_rises", "η = 0.02: share of steps up, smallest",
               slow(rising).smallest, above(0.3));
  report.claim("toy_two", "η = 0.03: share of steps up, median of seeds",
               fast(rising).median, equals(0.5, 0.01));
  report.number("toy_two_smallest", fast(rising).smallest, 0.05);
  report.claim("toy_along", "η = 0.03: |η curvature along a step − 2|",
               farthest(of_seeds(toy.where("lr", 0.03), along), 2),
               below(0.005));
  report.claim("toy_apart", "η = 0.03: half the distance of two steps' η λ",
               fast(half_apart).smallest, above(0.03));
  report.number("toy_pair_fast", fast(pair_mean).median, 0.01);
  report.number("toy_along_fast", fast(along).median, 0.002);
  report.number("toy_apart_fast", fast(half_apart).largest, 0.05);
  // What one phase of the cycle shows: the median over even steps alone.
  const Statistics even =
      statistics(of_seeds(toy.where("lr", 0.03), [](const Table& run) {
        Values values;
        for (std::size_t row = run.size() / 2; row < run.size(); ++row)
          if (run.integer(row, "step") % 2 == 0)
            values.push_back(run.number(row, "eta_lambda"));
        return median(values);
      }));
  report.number("toy_even_smallest", even.smallest, 0.1);
  report.number("toy_even_largest", even.largest, 0.1);
  report.number("toy_along_slow", slow(along).median, 0.005);
  draw_toy(toy, report.out);
}

}  // namespace gradus
