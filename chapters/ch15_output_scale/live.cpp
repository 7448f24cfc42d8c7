// Chapter 15, live: ten steps of a network whose output is multiplied by alpha.

#include <cmath>

#include "chapters/live/ten_steps.h"

namespace gradus::live {

// log2 alpha, log2 c. First lambda_0, alone in its row; then as ten_steps.
Steps alpha(Controls at) {
  static double exponent = std::nan("");
  static Start start;  // kept from one c to the next
  if (exponent != at[0])
    start = start_of(
        {.width = 64, .depth = 4, .last = {.alpha = std::exp2(at[0])}}, 1e-3);
  exponent = at[0];
  return [first = true, lambda = start.initial.lambda_max,
          rest = ten_steps(
              start, std::exp2(at[1]))]() mutable -> std::optional<Row> {
    if (!first) return rest();
    first = false;
    return Row{lambda};
  };
}

}  // namespace gradus::live
