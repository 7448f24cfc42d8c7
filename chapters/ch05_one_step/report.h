#pragma once

#include <functional>
#include <string>
#include <vector>

#include "chapters/ch05_one_step/experiment.h"
#include "chapters/support/report.h"
#include "nn/instruments/statistics.h"

/// What the report reads off chapter 5's tables, and what the text derives.
namespace gradus {

using Values = std::vector<double>;

/// A quantity over the seeds, against the width or the depth.
struct Curve : Spread {
  Values x;
  std::vector<Values> seeds;  // at each x

  /// The exponent of the median over first <= x <= last.
  double slope(double first, double last) const;
};
/// `setting` is the column to look along.
Curve against(const char* setting, const Table& table, const char* quantity);

/// The changes after one step in units of the rate.
Curve step_curve(const Table& table, std::int64_t inputs, std::int64_t depth,
                 const char* layer);
/// The rise of f of two layers, without a fitted constant.
double derived_rise(double n, double inputs);

/// The examples of the part `curvature`, of which the kernel makes lambda_0.
class Examples {
 public:
  Examples(const Table& dots, std::int64_t inputs);

  /// The largest eigenvalue of K / N over N examples: lambda_0 without a
  /// fitted constant.
  double lambda(double n, std::int64_t depth) const;

 private:
  std::int64_t count_;
  double inputs_;
  Values dots_;
};

/// The three parts of the experiment, and the examples of 2 and 784 inputs.
struct Results {
  explicit Results(const Report& report);

  Table steps, curvature, runs;
  Examples spiral, images;

  const Examples& examples(std::int64_t inputs) const {
    return inputs == 2 ? spiral : images;
  }
};

void draw_figures(const Results& results, const std::filesystem::path& out);

}  // namespace gradus
