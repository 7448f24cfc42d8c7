#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "chapters/support/report.h"

/// What the report reads off the tables of chapter 2, and what the text derives.
namespace gradus {

using Values = std::vector<double>;

/// The whole networks of one width and variance, one entry per network.
class Ensemble {
 public:
  Ensemble(const Table& networks, std::int64_t n, int v);

  std::size_t size() const { return at(0, "q").size(); }
  std::size_t depth() const { return layers_.size() - 1; }
  /// "q" or "correlation" in one layer.
  Values at(std::size_t layer, const char* column) const {
    return layers_.at(layer).numbers(column);
  }
  /// The root mean square of the first signal.
  Values rms(std::size_t layer) const;
  /// Between the two signals, in degrees.
  Values angles(std::size_t layer) const;

  const std::int64_t width;
  const int variance;  // times fan_in

 private:
  std::vector<Table> layers_;
};

struct Ensembles {
  Ensemble narrow, wide, not_he;
};

double degrees(double correlation);
/// The correlations from layer 0, a right angle, to layer 1000, as derived.
Values derived_correlations();

/// n / l of the layers at which ln R was looked at, the same in all widths.
std::vector<std::int64_t> parts_of(const Table& spread);

/// ln R at three values of l / n.
void draw_spread(const Table& spread, const Table& counts,
                 const std::filesystem::path& out);
/// The entries of h_l over all networks of one width.
void draw_histograms(const Table& counts, const Ensembles& ensembles,
                     const std::filesystem::path& out);
void draw_angle(const Ensembles& ensembles, const std::filesystem::path& out);
void draw_gain(const Ensembles& ensembles, const std::filesystem::path& out);

}  // namespace gradus
