#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "autodiff/ops.h"
#include "chapters/support/options.h"

/// The length of a signal in networks that nobody has trained.
namespace gradus {

/// What stands on a residual branch.
struct Branch {
  const char* name;
  double p;               // beta = L^-p
  bool plain, relu_last;  // no "h +"; the branch ends in its ReLU
};

// [draw]
// R in `draws` networks. Given h, the entries of relu(h) W are independent
// normals of variance 2 |relu(h)|^2 / n, so no weight matrix is drawn.
inline std::vector<double> draw_R(const Options& options,
                                  const Branch& branch, std::int64_t draws,
                                  std::int64_t n, std::int64_t blocks) {
  const double beta = std::pow(static_cast<double>(blocks), -branch.p);
  const auto normals = [&](std::int64_t l) {
    const auto stream = static_cast<std::uint64_t>(1000 * blocks + l);
    return random_normal({draws, n}, {options.seed, stream}, 1.0,
                         options.dtype, options.device);
  };
  Tensor h = normals(0);
  const Tensor start = mean(square(h), {1});
  for (std::int64_t l = 1; l <= blocks; ++l) {
    const Tensor read = branch.relu_last ? h : relu(h);
    const Tensor g = sqrt(2.0 * mean(square(read), {1}, true)) * normals(l);
    const Tensor out = branch.relu_last ? relu(g) : g;
    h = branch.plain ? out : h + beta * out;
  }
  return (mean(square(h), {1}) / start).to_vector();
}
// [draw]

}  // namespace gradus
