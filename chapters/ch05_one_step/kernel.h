#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "nn/instruments/signal_theory.h"

namespace gradus {

// [kernel]
// K(x, x') of a wide net for inputs of correlation rho whose lengths have
// the product s * in. Of what the layers before have collected the share
// `both` arrives; the weights of a layer add s * n * rho, its biases 1.
inline double kernel(double rho, double s, double in, double n,
                     std::int64_t depth) {
  double k = s * in * rho + 1;
  for (std::int64_t l = 2; l <= depth; ++l) {
    const double angle = std::acos(std::clamp(rho, -1.0, 1.0));
    const double both = 1 - angle / std::numbers::pi;
    rho = relu_correlation_map(rho);
    k = (l < depth ? 1 : 0.5) * both * k + s * n * rho + 1;
  }
  return k;
}
// [kernel]

}  // namespace gradus
