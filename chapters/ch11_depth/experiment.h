#pragma once

#include <cmath>
#include <cstdint>
#include <string>

#include "autodiff/check.h"
#include "nn/models.h"

/// Chapter 11. The networks, under the names that they have in its tables.
namespace gradus {

/// Where nothing is scaled yet: the smallest network of the last figure.
constexpr std::int64_t smallest_width = 16, smallest_depth = 2;
/// log2 of the learning rate that is best there; the report checks that it is.
constexpr int best_octave = -1;

/// One network with its branches h += beta * ..., and L of them.
struct Net {
  const char* name;
  Parametrisation table;
  double p;             ///< beta = L^-p, by hand under SP and by the tables
  std::int64_t layers;  ///< weight matrices in a branch
  bool bias;
};
// clang-format off
inline const Net nets[] = {
    {"one",            abc::sp,         0,   1, true},
    {"root",           abc::sp,         0.5, 1, true},
    {"over_L",         abc::sp,         1,   1, true},
    {"depth_mup",      abc::depth_mup,  0.5, 1, true},
    {"no_bias",        abc::depth_mup,  0.5, 1, false},
    {"two_depth_mup",  abc::depth_mup,  0.5, 2, true},
    {"two_complete_p", abc::complete_p, 1,   2, true},
};
// clang-format on

struct Size {
  std::int64_t in, width, blocks, out;
  std::int64_t base_width = width;
};

// [network]
/// A residual network of the list above, or the plain one, whose L hidden
/// matrices stand in a row.
inline Model network(const std::string& name, const Size& s) {
  if (name == "plain")
    return fcn({.in = s.in,
                .width = s.width,
                .depth = s.blocks + 2,
                .out = s.out,
                .bias = true});
  for (const Net& net : nets) {
    if (net.name != name) continue;
    // A table scales the branches of its base network by (L / L_0)^-p.
    const bool by_hand = net.table.branch == BranchScaling{};
    const std::int64_t from = by_hand ? s.blocks : smallest_depth;
    return residual_mlp(
        {.in = s.in,
         .width = s.width,
         .blocks = s.blocks,
         .out = s.out,
         .block_layers = net.layers,
         .bias = net.bias,
         .branch_multiplier = std::pow(static_cast<double>(from), -net.p),
         .parametrisation = net.table,
         .base_width = s.base_width,
         .base_blocks = smallest_depth});
  }
  fail("[network] there is no '", name, "'");
}
// [network]

}  // namespace gradus
