#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "chapters/ch09_transfer_sgd/experiment.h"
#include "chapters/support/report.h"
#include "nn/instruments/fits.h"

/// What the report reads off the table of chapter 9.
namespace gradus {

using Values = std::vector<double>;

/// The loss at the end of training against the learning rate, of one network.
struct Curve {
  std::int64_t width;
  Values log_rates;           // log2
  std::vector<Values> seeds;  // the losses at each rate, one per seed

  const Values& at(double log_rate) const;
  Values medians() const;
  Values of_seed(std::size_t k) const;
};

/// One task's curves, for each of compared(), from narrow to wide.
struct UCurves {
  double chance;  // the loss of a network that knows nothing
  std::array<std::vector<Curve>, 2> tables;
};
UCurves u_curves(const Table& losses, const std::string& task, double chance);

Vertex first_minimum(const Values& log_rates, const Values& losses,
                     double chance);

/// Where a curve has its first minimum.
struct Best {
  double rate, loss;         // of the medians; the rate as its log2
  double smallest, largest;  // log2 of the rates of single seeds
};
Best best_of(const Curve& curve, double chance);

/// Octaves from the best rate of one network to that of another, seed by seed.
Values shifts(const Curve& narrow, const Curve& wide, double chance);
/// Their mean, its standard error, and Student's t for so many seeds: 5% of all
/// such means lie more than t errors above the truth, 5% below.
struct Shift {
  double value, error, t;
};
Shift mean_shift(const Values& shifts);

void draw_spiral(const UCurves& spiral, const std::filesystem::path& out);
void draw_images(const UCurves& images, const std::filesystem::path& out);
void draw_squared(const UCurves& spiral, const std::filesystem::path& out);
/// Of the rows of chapter 4's setting.
void draw_widths(const Table& rows, const std::filesystem::path& out);

}  // namespace gradus
