#pragma once

#include <cstdint>
#include <vector>

/// Chapter 5. The sizes of the networks that are measured.
namespace gradus {

constexpr std::int64_t narrow = 64, wide = 256;  // where depth is varied

struct Grid {
  using Integers = std::vector<std::int64_t>;
  Integers step_widths;                         // of one step
  Integers widths, narrow_depths, wide_depths;  // of curvature and stability
  Integers run_widths, run_depths;              // of chapter 4's runs
};

inline Grid grid(bool full) {
  if (full)
    return {.step_widths = {64, 128, 256, 512, 1024, 2048},
            .widths = {32, 64, 128, 256, 512, 1024, 2048},
            .narrow_depths = {2, 3, 4, 6, 8, 12, 16, 24, 32},
            .wide_depths = {2, 3, 4, 6, 8, 12, 16, 24, 32},
            .run_widths = {16, 32, 64, 128, 256, 512},
            .run_depths = {2, 3, 4, 6, 8, 12, 16, 24, 32}};
  return {.step_widths = {64, 128, 256, 512, 1024},
          .widths = {32, 64, 128, 256, 512},
          .narrow_depths = {2, 3, 4, 6, 8, 12, 16},
          .wide_depths = {2, 3, 4, 6, 8},
          .run_widths = {16, 32, 64, 128},
          .run_depths = {2, 4, 8, 16}};
}

}  // namespace gradus
