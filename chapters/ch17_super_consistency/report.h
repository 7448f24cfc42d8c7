#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "chapters/ch17_super_consistency/experiment.h"
#include "chapters/support/report.h"

/// What the report reads off the tables of chapter 17.
namespace gradus {

using Values = std::vector<double>;
using Integers = std::vector<std::int64_t>;

/// The different entries of a column of sizes.
Integers sizes(const Table& table, const char* column);
/// The same as numbers, to fit and to draw.
Values reals(const Integers& sizes);

/// The runs of one size: `by` is "width" or "blocks".
struct Runs {
  const Table& table;
  const char* by;

  /// At one step, a value for each seed; less where some have diverged.
  Values at(std::int64_t size, int step,
            const char* column = "eta_lambda") const;
  /// For each seed that has not diverged eta lambda at step `last` over that at
  /// step `first`.
  Values growth(std::int64_t size, int first, int last) const;
  /// The medians of the seeds, step by step.
  Values curve(std::int64_t size) const;
};

/// The steps that are printed, and a heading with them.
const std::vector<int> shown = {0, 2, 10, 30, 50, 100, 200};
void print_steps(const char* heading);
/// (max - min) / mean.
double spread(const Values& values);
/// "mup_128_10".
std::string number_name(const std::string& what, std::int64_t size, int step);

/// The curvature before the first step, in parts.
void report_start(const Table& start, Report& report);
/// What 50 steps move.
void report_kernel(const Table& kernel, Report& report);
/// Residual networks over their depth.
void report_depths(const Table& depths, Report& report);

void draw_widths(const Table& widths, const std::filesystem::path& out);
void draw_kernel(const Table& kernel, const std::filesystem::path& out);
void draw_causes(const Table& widths, const std::filesystem::path& out);
void draw_depths(const Table& depths, const std::filesystem::path& out);

}  // namespace gradus
