// Chapter 15, live: ten steps of a network whose output is multiplied by alpha.

#include <cmath>
#include <map>

#include "chapters/live/ten_steps.h"

namespace gradus::live {

// log2 alpha, log2 c.
Steps alpha(Controls at) {
  static std::map<double, std::shared_ptr<Start>> starts;  // of each alpha
  std::shared_ptr<Start>& start = starts[at[0]];
  if (!start)
    start = start_of(
        {.width = 64, .depth = 4, .last = {.alpha = std::exp2(at[0])}}, 1e-3);
  return ten_steps(start, std::exp2(at[1]));
}

}  // namespace gradus::live
