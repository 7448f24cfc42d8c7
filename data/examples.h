#pragma once

#include <cstdint>

#include "autodiff/ops.h"

namespace gradus {

/// What a network learns from: inputs x and targets y, an example in each row of both.
struct Examples {
  Tensor x, y;

  std::int64_t size() const { return x.dim(0); }
  /// Examples begin..end-1.
  Examples part(std::int64_t begin, std::int64_t end) const {
    return {slice(x, 0, begin, end), slice(y, 0, begin, end)};
  }
};

}  // namespace gradus
