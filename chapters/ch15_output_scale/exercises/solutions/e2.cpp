// Solution of exercise 15.2: when does the loss of a zero last layer rise?

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace {

// The loss after t steps, in units of the first.
double loss(const std::vector<double>& mu, const std::vector<double>& p,
            double c, int t) {
  double sum = 0;
  for (std::size_t k = 0; k < mu.size(); ++k)
    sum += p[k] * std::pow(1 - c * mu[k], 2 * t);
  return sum;
}

}  // namespace

/// c_loss of the modes mu with the shares p.
double c_loss(const std::vector<double>& mu, const std::vector<double>& p,
              int steps) {
  double smallest = std::numeric_limits<double>::infinity();
  for (int t = 1; t <= steps; ++t) {
    // Convex, 1 at c = 0 and falling there: it crosses 1 once more, and stays above.
    double low = 0, high = 1;
    while (loss(mu, p, high, t) <= 1) low = high, high *= 2;
    while (high - low > 1e-9) {
      const double middle = (low + high) / 2;
      (loss(mu, p, middle, t) > 1 ? high : low) = middle;
    }
    smallest = std::min(smallest, high);
  }
  return smallest;
}
