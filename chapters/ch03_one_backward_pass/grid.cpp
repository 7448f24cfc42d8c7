#include <cmath>

#include "chapters/ch03_one_backward_pass/report.h"

namespace gradus {

Layers layers_of(Role role, std::int64_t depth) {
  if (role == Role::input) return {role, 1, 1};
  if (role == Role::hidden) return {role, 2, depth - 1};
  return {role, depth, depth};
}

double lr_factor(const Parametrisation& p, const Layers& layers,
                 std::int64_t width, std::int64_t depth) {
  return network(p, width, depth)
      .params[static_cast<std::size_t>(layers.first - 1)]
      .sgd_lr;
}

Grid::Grid(const Report& report)
    : x_norm(report.table("input").number(0, "norm")) {
  const Table table = report.table("layers");
  for (double width : table.distinct("width"))
    widths.push_back(static_cast<std::int64_t>(width));
  for (std::size_t row = 0; row < table.size(); ++row)
    ratios_[{table.text(row, "parametrisation"), table.integer(row, "layer"),
             table.integer(row, "width"), table.integer(row, "depth")}]
        .push_back(table.number(row, "ratio"));
}

const std::vector<double>& Grid::at(const Parametrisation& p,
                                    std::int64_t layer, std::int64_t width,
                                    std::int64_t depth) const {
  return ratios_.at({p.name, layer, width, depth});
}

double Grid::measured(const Parametrisation& p, const Layers& layers,
                      std::int64_t width, std::int64_t depth) const {
  double squares = 0, count = 0;
  for (std::int64_t layer = layers.first; layer <= layers.last; ++layer)
    for (double ratio : at(p, layer, width, depth)) {
      squares += ratio * ratio;
      ++count;
    }
  return std::sqrt(squares / count);
}

std::vector<double> Grid::curve(const Parametrisation& p,
                                const Layers& layers,
                                std::int64_t depth) const {
  std::vector<double> values;
  for (std::int64_t width : widths)
    values.push_back(measured(p, layers, width, depth));
  return values;
}

LineFit Grid::slope(const Parametrisation& p, const Layers& layers,
                    std::int64_t depth) const {
  return fit_log_log(n(), curve(p, layers, depth));
}

double Grid::sp_ratio(Role role, std::int64_t width) const {
  const double n = static_cast<double>(width);
  if (role == Role::input) return x_norm / (2 * std::sqrt(n));
  if (role == Role::hidden) return x_norm / (2 * std::sqrt(inputs));
  return x_norm * std::sqrt(n / inputs);
}

double Grid::predicted(const Parametrisation& p, const Layers& layers,
                       std::int64_t width, std::int64_t depth) const {
  const auto layer = static_cast<std::size_t>(layers.first - 1);
  return sp_ratio(layers.role, width) *
         factor(network(p, width, depth), layer) /
         factor(network(abc::sp, width, depth), layer);
}

namespace {

// The exponent of a power of the width.
template <class Function>
double exponent(const Function& power) {
  return std::log2(power(2 * base_width) / power(base_width));
}

}  // namespace

Exponents exponents(const Grid& grid, const Parametrisation& p,
                    const Layers& layers, std::int64_t depth) {
  return {grid.slope(p, layers, depth), exponent([&](std::int64_t width) {
            return grid.predicted(p, layers, width, depth);
          }),
          exponent([&](std::int64_t width) {
            return lr_factor(p, layers, width, depth);
          })};
}

// [spread]
// ||z||^2 is a product of depth - 1 factors of about 1 +- sqrt(5/n). So its
// log has this variance and, as the mean of ||z||^2 is kept, the mean -v/2.
double log_variance(double width, double depth) {
  return 5 * (depth - 1) / width;
}
// [spread]

}  // namespace gradus
