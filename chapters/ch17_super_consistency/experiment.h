#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nn/parametrisation.h"

/// Chapter 17. What its tables share with the report.
namespace gradus {

// [variants]
// What is trained over the widths, each at one learning rate for all of them.
struct Variant {
  std::string name;
  Parametrisation table;
  std::int64_t base_width;
  double lr;
  bool centred;  // the targets are y + f_0, so that f_0 does not count
  std::int64_t widest = 1 << 20;
};

const std::vector<Variant> variants = {
    {"mup", abc::mup_table9, 32, 0.045, false},
    {"ntk", abc::ntk, 32, 1.5, false},
    {"sp", abc::sp, 32, 0.012, false},
    {"mup_centred", abc::mup_table9, 32, 0.045, true, 256},
    {"mup_base_128", abc::mup_table9, 128, 0.01125, false, 256},
};
// [variants]

constexpr int image_count = 128;
constexpr int steps = 200;        // of every training
constexpr int kernel_steps = 50;  // until the kernel is looked at again
constexpr double ten_lr = 0.35;   // of ten outputs
constexpr double depth_lr = 0.025;

}  // namespace gradus
