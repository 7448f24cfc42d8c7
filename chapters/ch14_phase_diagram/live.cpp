// Chapter 14, live: ten steps at one point of the diagram.

#include <cmath>
#include <map>

#include "chapters/live/ten_steps.h"

namespace gradus::live {

// width, log2 c.
Steps early_training(Controls at) {
  static std::map<double, std::shared_ptr<Start>> starts;  // of each width
  std::shared_ptr<Start>& start = starts[at[0]];
  if (!start)
    start = start_of({.width = std::int64_t(at[0]), .depth = 4}, 1e-2);
  return ten_steps(start, std::exp2(at[1]));
}

}  // namespace gradus::live
