// Solution of exercise 4.2: the largest stable learning rate.

#include <cmath>
#include <functional>

/// The edge between `low`, which is stable, and `high`, which is not, after `halvings` halvings: the
/// largest rate that was found stable.
double largest_stable(const std::function<bool(double)>& stable, double low,
                      double high, int halvings) {
  for (int i = 0; i < halvings; ++i) {
    const double middle = std::sqrt(low * high);
    (stable(middle) ? low : high) = middle;
  }
  return low;
}
