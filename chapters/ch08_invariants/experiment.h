#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "nn/models.h"

/// Chapter 8. The networks of the experiment, and what its tables hold.
namespace gradus {

constexpr std::int64_t inputs = 128, outputs = 10, depth = 4, base_width = 64;

inline std::vector<Parametrisation> compared() {
  using namespace abc;
  return {sp, ntk, mup_table3, mup_table8, mup_table9, v2};
}

/// The steps of training after which the experiment looks.
const std::vector<std::int64_t> moments = {1, 4, 32};
constexpr double training_rate = 0.05;
constexpr std::int64_t training_batch = 64;

inline Model network(const Parametrisation& p, std::int64_t width,
                     std::int64_t in = inputs, double out_exp = 0) {
  return fcn({.in = in,
              .width = width,
              .depth = depth,
              .out = outputs,
              .last = {.out_exp = out_exp},
              .parametrisation = p,
              .base_width = base_width});
}

/// Each parametrisation, width and seed draws its own numbers, whatever --seed:
/// Options::network_seed has room for a thousand networks only.
inline std::uint64_t own_seed(std::uint64_t seed, std::size_t p,
                              std::int64_t width, std::int64_t k) {
  return ((seed * 100 + p) * 10000 + std::uint64_t(width)) * 1000 +
         std::uint64_t(k);
}

/// All layers of one kind, counted from 1.
struct Kind {
  const char* name;
  std::int64_t first, last;
};
inline constexpr Kind input{"input", 1, 1}, hidden{"hidden", 2, depth - 1},
    output{"output", depth, depth};

}  // namespace gradus
