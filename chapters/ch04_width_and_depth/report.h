#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "chapters/ch04_width_and_depth/experiment.h"
#include "chapters/support/report.h"

/// What the report reads off the table of chapter 4.
namespace gradus {

using Values = std::vector<double>;

/// All measurements of a run, with one value per seed.
class Measured {
 public:
  explicit Measured(const Table& table);

  std::vector<std::int64_t> widths, depths;  // in rising order, as the rates
  Values lrs;

  /// The nets, in the order of the table.
  std::vector<Setting> settings() const;
  /// One value per seed; infinite for those that had diverged before.
  Values seeds(const Setting& s, const std::string& quantity,
               std::int64_t step = steps, std::int64_t layer = 0) const;
  double median(const Setting& s, const std::string& quantity,
                std::int64_t step = steps, std::int64_t layer = 0) const;
  /// How many seeds diverged.
  double diverged(const Setting& s) const;
  /// The lines of the first seed's map.
  const std::vector<std::string>& map(const Setting& s) const {
    return maps_.at(s);
  }

 private:
  // setting, quantity, step, layer
  using Key = std::tuple<Setting, std::string, std::int64_t, std::int64_t>;
  std::map<Key, Values> values_;
  std::map<Setting, std::vector<std::string>> maps_;
};

/// The loss on the way, of every width and of every depth.
void draw_curves(const Measured& m, const std::filesystem::path& out);
/// Activations, gradients and updates layer by layer, against the width.
void draw_layers(const Measured& m, const std::filesystem::path& out);
/// What six nets answer on the plane. The arms are those of `seed`.
void draw_regions(const Measured& m, std::uint64_t seed,
                  const std::filesystem::path& out);
/// Loss and accuracy over all sizes and rates. Only the full run has all the
/// nets that these show.
void draw_heatmaps(const Measured& m, const std::filesystem::path& out);

}  // namespace gradus
