#pragma once

#include <cstdint>

#include "nn/models.h"

/// Chapter 10. The networks that are trained.
namespace gradus {

/// Where Adam is tuned: at this width SP and muP are one network.
constexpr std::int64_t base_width = 64;

/// SP with rates that fall as 1/m where muP's do: in the hidden layers and in
/// the output, whose weights start as ever.
inline Parametrisation sp_layers() {
  Parametrisation table = abc::sp;
  table.name = "sp_layers";
  table.hidden->adam_lr = table.output.adam_lr = {.width_mult = -1};
  return table;
}

/// With --more: weight decay at the rate 2^-7. Decoupled it takes 200 lr decay =
/// 0.78 off the logarithm of a weight, where nothing else moves it; coupled it is
/// compared with gradients of some 0.02 at the base width.
constexpr double weight_decay = 0.5, coupled_decay = 0.01;
constexpr int decay_octave = -7;

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
