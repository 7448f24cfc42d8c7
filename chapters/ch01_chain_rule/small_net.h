#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "autodiff/ops.h"
#include "nn/vectors.h"

/// Chapter 1. The network whose gradient is checked.
namespace gradus {

using Params = std::vector<Tensor>;

// A direction of length 1, drawn at random.
inline Params random_direction(const Params& like, Random random) {
  const Params v = random_vector(like, random);
  return scaled(v, 1 / norm(v));
}

// A small smooth problem in f64: tanh has no kinks, so every derivative exists.
struct SmallNet {
  Tensor x, t;
  Params w;

  explicit SmallNet(std::uint64_t seed, DType dtype = DType::f64)
      : x(random_normal({32, 10}, {seed, 0}, 1.0, dtype)),
        t(softmax(random_normal({32, 5}, {seed, 1}, 1.0, dtype))),
        w{random_normal({10, 20}, {seed, 2}, std::sqrt(1.0 / 10), dtype),
          random_normal({20, 5}, {seed, 3}, std::sqrt(1.0 / 20), dtype)} {}

  // [loss]
  Tensor loss(const Params& weights) const {
    const Tensor h = tanh(matmul(x, weights[0]));
    return softmax_cross_entropy(matmul(h, weights[1]), t);
  }
  // [loss]
};

}  // namespace gradus
