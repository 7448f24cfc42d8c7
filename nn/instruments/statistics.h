#pragma once

#include <vector>

namespace gradus {

/// What repeated measurements of one quantity look like, such as one value per seed.
struct Statistics {
  double mean = 0;       ///< never outside the values: of equal ones that value, deviation 0
  double deviation = 0;  ///< standard deviation of one value, with n - 1
  double median = 0;     ///< of an even count the mean of the middle two
  double smallest = 0, largest = 0;

  /// Deviation in units of the mean, the coefficient of variation: unlike the deviation itself it
  /// does not change when all values are multiplied by one number.
  double variation() const { return deviation / mean; }
};

/// At least one value. Of one the deviation is NaN, and if one is NaN all is.
Statistics statistics(std::vector<double> values);

/// The median alone.
double median(std::vector<double> values);

/// Statistics of one set of measurements after another, such as one set per width: their columns.
struct Spread {
  std::vector<double> mean, median, smallest, largest;
};
Spread spread_of(const std::vector<std::vector<double>>& sets);

}  // namespace gradus
