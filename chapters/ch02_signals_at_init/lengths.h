#pragma once

#include <cstdint>
#include <vector>

#include "autodiff/ops.h"
#include "chapters/support/options.h"

/// Chapter 2. The length of a signal in networks that nobody has trained.
namespace gradus {

using Values = std::vector<double>;

// [layer]
// R_l = |z_l|^2 / |z_0|^2 in networks of width n, from R_{l-1}. Given z_{l-1}
// the entries of h_l are n independent normals, so no weight matrix is drawn.
inline Tensor next_R(const Tensor& R, std::int64_t n, std::int64_t l,
                     std::uint64_t seed) {
  const auto stream = static_cast<std::uint64_t>(1000 * n + l);
  const Tensor g = random_normal({R.size(), n}, {seed, stream}, 1.0,
                                 R.dtype(), R.device());
  return R * mean(2.0 * square(relu(g)), {1});
}

// For l = 0, ..., layers, each in `draws` networks.
inline std::vector<Values> draw_R(const Options& options, std::int64_t draws,
                                  std::int64_t n, std::int64_t layers) {
  Tensor R = ones({draws}, options.dtype, options.device);
  std::vector<Values> result = {R.to_vector()};
  for (std::int64_t l = 1; l <= layers; ++l) {
    R = next_R(R, n, l, options.seed);
    result.push_back(R.to_vector());
  }
  return result;
}
// [layer]

}  // namespace gradus
