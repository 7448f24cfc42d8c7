// Solution of exercise 4.2: the largest stable learning rate.

#include <cmath>
#include <functional>
#include <limits>

/// The largest rate that was found stable, when one that is not is at most `precision` > 1 times as
/// large. If start * 2^-40 is not stable either: 0. If start * 2^40 still is: infinity.
double largest_stable(const std::function<bool(double)>& stable, double start,
                      double precision) {
  double low = 0, high = std::numeric_limits<double>::infinity();
  double rate = start;
  for (int tries = 0; low == 0 || std::isinf(high); ++tries) {
    if (tries > 40) return low == 0 ? 0 : high;
    (stable(rate) ? low : high) = rate;
    rate = low == 0 ? rate / 2 : rate * 2;
  }
  while (high > precision * low) {
    const double middle = std::sqrt(low * high);
    (stable(middle) ? low : high) = middle;
  }
  return low;
}
