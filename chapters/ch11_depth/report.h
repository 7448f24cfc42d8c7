#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "chapters/ch11_depth/experiment.h"
#include "chapters/support/report.h"

/// What the report derives, and what it reads off the tables of chapter 11.
namespace gradus {

using Values = std::vector<double>;

/// n Var ln R after L blocks h += beta W relu(h), to first order in 1/n.
double n_var_ln_R(double L, double beta);
/// rms(h_L) / rms(h_0) in a wide network whose branches end in their ReLU.
double relu_last_growth(double L, double beta);
/// The lowest loss on the spiral without biases: of a function with
/// f(a x) = a f(x) for a > 0, free otherwise.
double homogeneous_loss();

/// The medians over the seeds of one quantity, for each value of a column.
Values medians(const Table& rows, const char* column);

/// The loss after training against log2 of the learning rate, at one depth.
struct Curve {
  Values octaves, medians;
  /// The octave of the lowest median.
  double best() const;
  /// The largest octave before the first median that diverges; NaN if none.
  double largest_finite() const;
  double at(double octave) const;
};
Curve curve_of(const Table& trained, const std::string& net, double L);

/// Depths of the rows of one network.
Values depths(const Table& rows, const std::string& net);

/// Prints and claims the growth and the fluctuation of signals.
void report_signals(const Table& signals, Report& report);

void draw_signals(const Table& signals, const std::filesystem::path& out);
void draw_sgd(const Table& trained, const std::filesystem::path& out);
void draw_adam(const Table& trained, const std::filesystem::path& out);
void draw_inside(const Table& trained, const std::filesystem::path& out);
/// Prints, claims and draws one learning rate for all sizes.
void report_grid(const Table& tune, const Table& grid, Report& report);

}  // namespace gradus
