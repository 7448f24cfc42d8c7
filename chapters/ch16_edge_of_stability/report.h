#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "chapters/ch16_edge_of_stability/experiment.h"
#include "chapters/support/report.h"

/// What the reports of chapter 16 read off its tables.
namespace gradus {

using Values = std::vector<double>;

/// The second half of one training.
struct Tail {
  double pair =
      0;  ///< median of (eta lambda)'s means over two steps in a row
  double apart = 0;  ///< median of half their difference
  double along = 0;  ///< median of eta times the curvature along the step
  double rises = 0;  ///< share of the steps on which the loss rose
  double loss = 0;   ///< last loss
};
Tail tail(const Table& run);

/// A training's means over two steps in a row: where they are, and their value.
struct Pairs {
  Values steps, means, lows, highs;
};
Pairs pairs(const Table& run);

/// One number of each seed's training.
template <class Number>
Values of_seeds(const Table& runs, Number number) {
  Values values;
  for (double seed : runs.distinct("seed"))
    values.push_back(number(runs.where("seed", seed)));
  return values;
}

/// Of one training: what `Tail` holds; the first loss over the last, and that
/// at the crossing, the first measured step with eta lambda above 2, over the
/// last; the highest eta lambda.
using Measure = double (*)(const Table&);
double pair_mean(const Table& run);
double half_apart(const Table& run);
double along(const Table& run);
double rising(const Table& run);
double last_loss(const Table& run);
double fall_of_loss(const Table& run);
double fall_at_edge(const Table& run);
double crossing(const Table& run);
double highest(const Table& run);

/// The largest distance of a value from `center`.
double farthest(const Values& values, double center);
/// printf's text of one number.
std::string named(const char* format, double value);

/// The value in `column` at the last row up to `step`.
double at(const Table& run, int step, const char* column);

/// A tanh network on 20 points: prints, claims, draws.
void report_toy(const Table& toy, Report& report);
/// Four regimes, and which of them other outputs leave.
void report_regimes(const Table& images, const Table& output, Report& report);
/// Batches, momentum, Adam.
void report_beyond(const Table& images, Report& report);

}  // namespace gradus
