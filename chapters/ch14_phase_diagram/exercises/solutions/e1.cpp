// Solution of exercise 14.1: where a quadratic's loss first rises.

#include <cmath>
#include <vector>

/// `lambda` in descending order, all >= 0; `share` sums to 1, and share[0] > 0.
double c_loss_of_quadratic(const std::vector<double>& lambda,
                           const std::vector<double>& share, int steps) {
  const auto rises = [&](double c) {
    for (int t = 1; t <= steps; ++t) {
      double loss = 0;
      for (std::size_t i = 0; i < lambda.size(); ++i)
        loss += share[i] * std::pow(1 - c * lambda[i] / lambda[0], 2 * t);
      if (!(loss <= 1)) return true;
    }
    return false;
  };
  // Below 2 no mode grows. The top mode alone passes 1 at c = 1 + share^(-1 / 2t): at the latest
  // after one step, so the answer lies between.
  double low = 2, high = 1 + 1 / std::sqrt(share[0]);
  if (rises(low)) return low;
  while (high - low > 1e-10 * high) {
    const double middle = (low + high) / 2;
    (rises(middle) ? high : low) = middle;
  }
  return high;
}
