#pragma once

#include <array>
#include <cstdint>

#include "nn/models.h"

/// Chapter 9. What is compared, and where the experiment looks inside.
namespace gradus {

inline std::array<Parametrisation, 2> compared() {
  return {abc::sp, abc::mup_table3};
}

/// SP's networks of this width are looked into, on the spiral, before the
/// first step and after some.
constexpr std::int64_t inside_width = 512, inside_step = 30;

}  // namespace gradus
