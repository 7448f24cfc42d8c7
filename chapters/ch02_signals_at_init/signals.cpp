#include <algorithm>
#include <cmath>
#include <numbers>

#include "chapters/ch02_signals_at_init/report.h"
#include "nn/instruments/signal_theory.h"

namespace gradus {

Ensemble::Ensemble(const Table& networks, std::int64_t n, int v)
    : width(n), variance(v) {
  const Table rows =
      networks.where("width", width).where("variance", variance);
  for (const double layer : rows.distinct("layer"))
    layers_.push_back(rows.where("layer", std::int64_t(layer)));
}

Values Ensemble::rms(std::size_t layer) const {
  Values values = at(layer, "q");
  for (double& value : values) value = std::sqrt(value);
  return values;
}

Values Ensemble::angles(std::size_t layer) const {
  Values values = at(layer, "correlation");
  for (double& value : values) value = degrees(value);
  return values;
}

double degrees(double correlation) {  // which rounding may have put above 1
  return std::acos(std::min(correlation, 1.0)) * 180 / std::numbers::pi;
}

// [map]
Values derived_correlations() {
  Values correlation = {0};  // the two inputs stand at a right angle
  for (int l = 1; l <= 1000; ++l)
    correlation.push_back(relu_correlation_map(correlation.back()));
  return correlation;
}
// [map]

std::vector<std::int64_t> parts_of(const Table& spread) {
  const std::int64_t n = spread.integer(0, "width");
  const Table rows = spread.where("width", n);
  std::vector<std::int64_t> parts;
  for (std::size_t i = 0; i < rows.size(); ++i)
    parts.push_back(n / rows.integer(i, "layer"));
  return parts;
}

}  // namespace gradus
