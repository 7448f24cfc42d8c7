#pragma once

#include <compare>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "chapters/support/table.h"
#include "data/generators.h"

/// Which nets chapter 4 trains, and what its tables and figures say of them.
namespace gradus {

using Values = std::vector<double>;

// --- Which nets ---

inline constexpr std::int64_t steps = 500, classes = 3;
inline constexpr std::uint64_t seeds = 8;
inline constexpr double usual_lr = 0.1;
inline constexpr std::int64_t usual_width = 64, usual_depth = 4;
inline constexpr double map_edge = 2.5;
inline constexpr int map_pixels = 100;

/// What is done about a net that fails.
enum class Remedy {
  none,
  activations,  ///< weights rescaled until every layer's activations have rms 1
  rates,        ///< learning rate x width/64 in the first layer, x 64/width in the last
};
inline constexpr const char* remedy_names[] = {"none", "activations", "rates"};

/// What may differ between two nets, besides their seed.
struct Setting {
  std::int64_t width = usual_width, depth = usual_depth;
  double lr = usual_lr;
  Remedy remedy = Remedy::none;
  auto operator<=>(const Setting&) const = default;
};

/// The nets of a run.
struct Plan {
  bool full = false;
  std::vector<std::int64_t> widths = {16, 32, 64, 128, 256, 512}, depths = {2, 3, 4, 8, 16, 32};
  Values lrs = {usual_lr, 1};
  std::vector<Setting> settings;
};

/// How many seeds of a net are trained. Most of the time goes into the widest nets: of them the full
/// run takes three, and eight where a claim is made.
std::uint64_t seeds_of(const Setting& s);

// --- What they did ---

/// All measurements of a run, with one value per seed.
class Measured {
 public:
  explicit Measured(const Table& table);

  /// One value per seed; infinite for those that had diverged before.
  Values seeds(const Setting& s, const std::string& quantity, std::int64_t step = steps,
               std::int64_t layer = 0) const;
  double median(const Setting& s, const std::string& quantity, std::int64_t step = steps,
                std::int64_t layer = 0) const;
  /// How many seeds diverged.
  double diverged(const Setting& s) const;
  /// The lines of the first seed's map.
  const std::vector<std::string>& map(const Setting& s) const { return maps_.at(s); }

 private:
  std::map<std::tuple<Setting, std::string, std::int64_t, std::int64_t>, Values> values_;
  std::map<Setting, std::vector<std::string>> maps_;
};

/// final.csv and layers.csv: medians over the seeds.
void save_medians(const Plan& plan, const Measured& m, const std::filesystem::path& out);
void print_medians(const Plan& plan, const Measured& m);

/// The loss on the way, of every width and of every depth.
void draw_curves(const Plan& plan, const Measured& m, const std::filesystem::path& out);
/// Activations, gradients and updates layer by layer, against the width.
void draw_layers(const Plan& plan, const Measured& m, const std::filesystem::path& out);
/// What six nets answer on the plane.
void draw_regions(const Samples& samples, const Measured& m, const std::filesystem::path& out);
/// Loss and accuracy over all sizes and rates. Only the full run has all the nets that these show.
void draw_heatmaps(const Plan& plan, const Measured& m, const std::filesystem::path& out);

}  // namespace gradus
