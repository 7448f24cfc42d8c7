// Exercise 11.2: solution.

#include <cmath>
#include <numbers>

#include "autodiff/ops.h"

using namespace gradus;

/// relu(g), less its mean over the units of each example (row).
Tensor centred_relu(const Tensor& g) {
  const Tensor z = relu(g);
  return z - mean(z, {1}, true);
}

/// rms(h_L) / rms(h_0).
double centred_growth(double L) {
  // g ~ N(0, 2q): relu has the mean square q and the mean sqrt(q / pi), so what
  // is left has q (1 - 1/pi), and no mean that could meet that of h.
  return std::pow(1 + (1 - 1 / std::numbers::pi) / L, L / 2);
}
