// Exercise 17.1: solution.

#include <cmath>
#include <cstdint>

/// The kernel lam of the uv model when training with small steps has ended, f = y.
double final_sharpness(double lam0, double f0, double y, std::int64_t n,
                       double p) {
  // lam^2 - 4 f^2 / N is the same at both ends.
  const double N = std::pow(static_cast<double>(n), p);
  return std::sqrt(lam0 * lam0 + 4 * (y * y - f0 * f0) / N);
}
