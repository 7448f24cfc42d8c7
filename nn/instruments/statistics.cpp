#include "nn/instruments/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "autodiff/check.h"

namespace gradus {

Statistics statistics(std::vector<double> values) {
  check(!values.empty(), "[statistics] there are no values");
  const double none = std::numeric_limits<double>::quiet_NaN();
  for (double value : values)  // a NaN has no place in an order
    if (std::isnan(value)) return {none, none, none, none, none};
  std::sort(values.begin(), values.end());
  const double count = static_cast<double>(values.size());
  double mean = 0, squares = 0;
  for (double value : values) mean += value / count;
  for (double value : values) squares += (value - mean) * (value - mean);
  const std::size_t half = values.size() / 2;
  const double middle =
      values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  const double deviation = values.size() > 1 ? std::sqrt(squares / (count - 1)) : none;
  return {mean, deviation, middle, values.front(), values.back()};
}

double median(std::vector<double> values) { return statistics(std::move(values)).median; }

}  // namespace gradus
