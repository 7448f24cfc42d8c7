#pragma once

#include <cstdint>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"

namespace gradus {

using Tensors = std::vector<Tensor>;

/// A linear fit: state w, inputs x and y, the loss comes out.
struct Fit {
  Tensor w = random_normal({3, 2}, {7, 0});
  Tensors step(const Tensors& batch) {
    const Tensor loss = mean(square(matmul(batch[0], w) - batch[1]));
    const Tensor g = grad(loss, w);
    const NoGrad values_only;
    w = w - 0.1 * g;
    return {loss};
  }
};

/// The fit's inputs.
inline Tensors batch(std::uint64_t seed, std::int64_t rows = 8) {
  return {random_normal({rows, 3}, {seed, 1}), random_normal({rows, 2}, {seed, 2})};
}

}  // namespace gradus
