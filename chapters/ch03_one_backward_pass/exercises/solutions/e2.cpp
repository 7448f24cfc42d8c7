// Solution of exercise 3.2: how many seeds?

#include <cmath>
#include <cstdint>

/// The smallest sufficient number of seeds.
std::int64_t seeds_needed(std::int64_t width, std::int64_t depth,
                          double error) {
  const double variance = 5.0 * static_cast<double>(depth - 1) /
                          (4.0 * static_cast<double>(width));
  // The mean of k independent values has the k-th part of the variance.
  return static_cast<std::int64_t>(std::ceil(variance / (error * error)));
}
