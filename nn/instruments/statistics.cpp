#include "nn/instruments/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "autodiff/check.h"

namespace gradus {

Statistics statistics(std::vector<double> values) {
  check(!values.empty(), "[statistics] there are no values");
  const double none = std::numeric_limits<double>::quiet_NaN();
  for (double value : values)  // a NaN has no place in an order
    if (std::isnan(value)) return {none, none, none, none, none};
  std::sort(values.begin(), values.end());
  const double smallest = values.front(), largest = values.back();
  const double count = static_cast<double>(values.size());
  const std::size_t half = values.size() / 2;
  const double middle =
      values.size() % 2 == 1 ? values[half] : std::midpoint(values[half - 1], values[half]);

  // Differences to one of the values, over a power of two: equal values differ by exactly 0, and no
  // sum or square leaves the range of double.
  const double size = std::max(std::fabs(smallest), std::fabs(largest));
  const int exponent = size > 0 && std::isfinite(size) ? std::ilogb(size) : 0;
  const double origin = std::isfinite(middle) ? std::ldexp(middle, -exponent) : 0;
  double sum = 0, squares = 0, rest = 0;
  for (double& value : values) {
    value = std::ldexp(value, -exponent) - origin;
    sum += value;
  }
  const double shift = sum / count;
  for (const double value : values) {
    squares += (value - shift) * (value - shift);
    rest += value - shift;  // 0 but for the rounding of the mean, whose share is taken off
  }
  const double mean = std::clamp(std::ldexp(origin + shift, exponent), smallest, largest);
  const double variance = (squares - rest * rest / count) / (count - 1);
  const double deviation = values.size() > 1 ? std::ldexp(std::sqrt(variance), exponent) : none;
  return {mean, deviation, middle, smallest, largest};
}

double median(std::vector<double> values) { return statistics(std::move(values)).median; }

Spread spread_of(const std::vector<std::vector<double>>& sets) {
  Spread spread;
  for (const std::vector<double>& set : sets) {
    const Statistics of = statistics(set);
    spread.mean.push_back(of.mean);
    spread.median.push_back(of.median);
    spread.smallest.push_back(of.smallest);
    spread.largest.push_back(of.largest);
  }
  return spread;
}

}  // namespace gradus
