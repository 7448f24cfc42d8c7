#pragma once

#include <cstdint>

#include "autodiff/cuda/gpu.hpp"

/// What kernels share: how threads divide the work, and 16 bytes as one element.
namespace gradus {

/// Work is done in strides of the whole grid, so that any number of blocks does it:
///     for (auto i = first_item(); i < items; i += item_stride())
inline __device__ std::int64_t first_item() {
  return std::int64_t{blockIdx.x} * blockDim.x + threadIdx.x;
}
inline __device__ std::int64_t item_stride() { return std::int64_t{gridDim.x} * blockDim.x; }
/// The same for warps, where each is a row of its block's threads.
inline __device__ std::int64_t first_warp() {
  return std::int64_t{blockIdx.x} * blockDim.y + threadIdx.y;
}
inline __device__ std::int64_t warp_stride() { return std::int64_t{gridDim.x} * blockDim.y; }

/// Neighbouring elements that a thread loads with one instruction, the widest there is. Tensors
/// begin at multiples of 256 bytes.
template <class T>
struct alignas(16) Pack {
  static constexpr int width = 16 / sizeof(T);
  T v[width];

  __device__ Pack& operator+=(const Pack& other) {
    for (int i = 0; i < width; ++i) v[i] += other.v[i];
    return *this;
  }
  friend __device__ Pack operator/(Pack x, T divisor) {
    for (T& value : x.v) value /= divisor;
    return x;
  }
};

/// The type of the numbers in an element, which is one or a pack.
template <class Element>
struct NumberIn {
  using Type = Element;
};
template <class T>
struct NumberIn<Pack<T>> {
  using Type = T;
};

}  // namespace gradus
