// Solution of exercise 13.1: the largest c, from any start.

#include <cmath>

/// The c = eta lam0 below which training of the uv model (p = 1) stays finite.
double largest_c(double f0, double lam0, double y, double n) {
  // w = c - 4 + c^2 g = 0; the root that tends to 4 as g does to 0, in a form without 0 / 0.
  // u and v exist only where |f0| <= sqrt(n) lam0 / 2, so g >= -1/16.
  const double g = y * (y - f0) / (n * lam0 * lam0);
  return 8 / (1 + std::sqrt(1 + 16 * g));
}
