#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "nn/models.h"

/// Chapter 3. The networks of the experiment, and what its table holds.
namespace gradus {

constexpr std::int64_t inputs = 128, base_width = 64;
const std::vector<std::int64_t> depths = {2, 4, 8, 16, 32};

/// The report's five, which leave out the 2 of He, then the proper ones.
inline std::vector<Parametrisation> compared() {
  using namespace abc;
  return {sp_gain1, naive_mup, v1,         v2,         hidden_shrunk,
          sp,       ntk,       mup_table3, mup_table8, mup_table9};
}

inline Model network(const Parametrisation& p, std::int64_t width,
                     std::int64_t depth) {
  return fcn({.in = inputs,
              .width = width,
              .depth = depth,
              .out = 1,
              .parametrisation = p,
              .base_width = base_width});
}

// [factor]
// W = multiplier * std * N with standard normals N. Without biases a ReLU
// network is homogeneous in each N, so that ||df/dw|| / ||w|| is this factor
// times a number that depends on the draws alone.
inline double factor(const Model& net, std::size_t layer) {
  double product = 1;
  for (const Param& p : net.params) product *= p.multiplier * p.init_std;
  return product / std::pow(net.params[layer].init_std, 2);
}
// [factor]

}  // namespace gradus
