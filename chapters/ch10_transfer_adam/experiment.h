#pragma once

#include <cstdint>

#include "nn/models.h"

/// Chapter 10. The networks that are trained.
namespace gradus {

/// Where Adam is tuned: at this width SP and muP are one network.
constexpr std::int64_t base_width = 64;

// muP stands in the form of table 8: there the gradients of all hidden layers
// and of the output fall alike, as 1/m, so one eps / m scales them all.
inline Model network(const Parametrisation& table, std::int64_t in,
                     std::int64_t width) {
  return fcn({.in = in,
              .width = width,
              .depth = 3,
              .out = 10,
              .bias = true,
              .parametrisation = table,
              .base_width = base_width});
}

}  // namespace gradus
