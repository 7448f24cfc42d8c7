#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

#include "autodiff/cuda/gpu.hpp"

namespace gradus {

/// A number that a kernel divides by: the host knows it beforehand, so that a 32-bit division takes
/// a multiplication and a shift, some 4 instructions in place of 20.
template <class Index>
class Divisor {
 public:
  /// A divisor of 0 stands for no division at all.
  explicit Divisor(std::int64_t d) : d_(static_cast<Index>(std::max<std::int64_t>(d, 1))) {}
  friend __device__ Index operator/(Index n, Divisor d) { return n / d.d_; }
  friend __device__ Index operator%(Index n, Divisor d) { return n % d.d_; }
  __device__ Index value() const { return d_; }

 private:
  Index d_;
};

/// Of numbers n from 0 to 2^30 - 1. Let 2^s >= d, and f be 2^(30+s) / d rounded up, by at most 1. Then
/// n f / 2^(30+s) is n / d and less than 1 / 2^s <= 1 / d more: not enough to reach the next integer.
template <>
class Divisor<std::int32_t> {
 public:
  explicit Divisor(std::int64_t d)
      : d_(static_cast<std::int32_t>(std::max<std::int64_t>(d, 1))),
        shift_(30 + static_cast<std::int32_t>(std::bit_width(static_cast<std::uint32_t>(d_) - 1))),
        factor_(static_cast<std::uint32_t>(
            (std::uint64_t{1} << shift_) / static_cast<std::uint64_t>(d_) + 1)) {}
  friend __device__ std::int32_t operator/(std::int32_t n, Divisor d) {
    return static_cast<std::int32_t>(std::uint64_t{static_cast<std::uint32_t>(n)} * d.factor_ >>
                                     d.shift_);
  }
  friend __device__ std::int32_t operator%(std::int32_t n, Divisor d) { return n - n / d * d.d_; }
  __device__ std::int32_t value() const { return d_; }

 private:
  std::int32_t d_, shift_;
  std::uint32_t factor_;
};

}  // namespace gradus
