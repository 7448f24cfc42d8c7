#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "chapters/ch03_one_backward_pass/experiment.h"
#include "chapters/support/report.h"
#include "nn/instruments/fits.h"

/// What the report reads off the table of chapter 3.
namespace gradus {

constexpr std::int64_t shallow = 4,
                       deep = 32;  // where exponents and seeds are looked at

inline constexpr Role roles[] = {Role::input, Role::hidden, Role::output};

// Layers that are looked at together; they count from 1.
struct Layers {
  Role role;
  std::int64_t first, last;
  bool none() const { return first > last; }
};

Layers layers_of(Role role, std::int64_t depth);
/// The layers' factor of the learning rate.
double lr_factor(const Parametrisation& p, const Layers& layers,
                 std::int64_t width, std::int64_t depth);

/// The ratios ||df/dw|| / ||w|| of all cells, and what the text predicts of them.
class Grid {
 public:
  explicit Grid(const Report& report);

  std::vector<std::int64_t> widths;
  double x_norm = 0;

  std::vector<double> n() const { return {widths.begin(), widths.end()}; }
  /// One ratio per seed.
  const std::vector<double>& at(const Parametrisation& p, std::int64_t layer,
                                std::int64_t width, std::int64_t depth) const;
  /// The root mean square over seeds and layers: the text derives the mean of the square.
  double measured(const Parametrisation& p, const Layers& layers,
                  std::int64_t width, std::int64_t depth) const;
  /// That, for each width.
  std::vector<double> curve(const Parametrisation& p, const Layers& layers,
                            std::int64_t depth) const;
  LineFit slope(const Parametrisation& p, const Layers& layers,
                std::int64_t depth) const;

  /// The ratio as the text derives it for SP ...
  double sp_ratio(Role role, std::int64_t width) const;
  /// ... and for any other parametrisation, from its table alone.
  double predicted(const Parametrisation& p, const Layers& layers,
                   std::int64_t width, std::int64_t depth) const;

 private:
  // parametrisation, layer, width, depth
  using Key =
      std::tuple<std::string, std::int64_t, std::int64_t, std::int64_t>;
  std::map<Key, std::vector<double>> ratios_;
};

/// The exponents of the width, in one layer or several.
struct Exponents {
  LineFit measured;
  double predicted, lr;  // lr is that of the learning-rate factor
};
Exponents exponents(const Grid& grid, const Parametrisation& p,
                    const Layers& layers, std::int64_t depth);

/// The variance of log ||z||^2, from the draws of the layers before.
double log_variance(double width, double depth);

void draw_figures(const Grid& grid, const std::filesystem::path& out);

}  // namespace gradus
