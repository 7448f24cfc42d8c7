#pragma once

#include <algorithm>
#include <cmath>
#include <iostream>
#include <limits>
#include <vector>

#include "autodiff/backend.h"
#include "autodiff/check.h"
#include "autodiff/tensor.h"
#include "tests/catch.h"

namespace gradus {

/// Whether there is a device, real or emulated (GRADUS_CUDA_LIBRARY); if not, ctest is told that
/// the test is skipped.
inline bool cuda_here() {
  try {
    backend(Device::cuda);
    return true;
  } catch (const Error& error) {
    WARN("gradus: skipped, " << error.what());
    return false;
  }
}

/// What rounding may amount to.
inline double tolerance(DType dtype) { return dtype == DType::f32 ? 1e-5 : 1e-12; }

/// The largest difference, relative to the largest entry of `b`, or to 1 if that is larger. A NaN
/// agrees with a NaN, an infinity with itself.
inline double relative_difference(const std::vector<double>& a, const std::vector<double>& b) {
  double size = 1, difference = 0;
  for (std::size_t i = 0; i < b.size(); ++i) {
    if (a[i] == b[i] || (std::isnan(a[i]) && std::isnan(b[i]))) continue;
    if (!std::isfinite(a[i]) || !std::isfinite(b[i]))
      return std::numeric_limits<double>::infinity();
    size = std::max(size, std::fabs(b[i]));
    difference = std::max(difference, std::fabs(a[i] - b[i]));
  }
  return difference / size;
}

inline void check_agreement(const std::vector<Tensor>& cuda, const std::vector<Tensor>& cpu) {
  REQUIRE(cuda.size() == cpu.size());
  for (std::size_t i = 0; i < cpu.size(); ++i) {
    REQUIRE(cuda[i].shape() == cpu[i].shape());
    CHECK(cuda[i].device() == Device::cuda);
    CHECK(relative_difference(cuda[i].to_vector(), cpu[i].to_vector()) <=
          tolerance(cpu[i].dtype()));
  }
}

}  // namespace gradus
