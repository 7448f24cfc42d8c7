#include "nn/instruments/signal_theory.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gradus {

double relu_correlation_map(double c) {
  c = std::clamp(c, -1.0, 1.0);  // against rounding in a measured correlation
  return (std::sqrt(1 - c * c) + c * (std::numbers::pi - std::acos(c))) / std::numbers::pi;
}

// Given z, the next layer's entries are independent relu(g), g ~ N(0, 2 |z|^2 / n). So R gains the
// factor Q = (2/n) sum_i relu(g_i)^2 with standard normal g: E Q = 1, and from
// E relu(g)^4 = 3/2 follows Var Q = (4/n) (3/2 - 1/4) = 5/n.
double relu_norm_second_moment(double width, double layers) {
  return std::pow(1 + 5 / width, layers);
}

}  // namespace gradus
