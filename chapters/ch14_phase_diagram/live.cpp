// Chapter 14, live: ten steps at one point of the diagram.

#include <cmath>

#include "chapters/live/ten_steps.h"

namespace gradus::live {

// width, log2 c.
Steps early_training(Controls at) {
  static double width = 0;
  static Start start;  // kept from one c to the next
  if (width != at[0])
    start = start_of({.width = std::int64_t(at[0]), .depth = 4}, 1e-2);
  width = at[0];
  return ten_steps(start, std::exp2(at[1]));
}

}  // namespace gradus::live
