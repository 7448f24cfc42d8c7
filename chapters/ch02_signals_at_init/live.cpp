// Chapter 2, live: the lengths of one signal in 200 networks.

#include <cmath>

#include "chapters/ch02_signals_at_init/lengths.h"
#include "chapters/live/live.h"

namespace gradus::live {

// width, layer, variance times fan-in, seed. One row: ln R of each network. It
// was drawn for a variance of 2; another one multiplies every layer's mean
// square by variance / 2.
Steps lengths(Controls at) {
  const auto width = std::int64_t(at[0]), layer = std::int64_t(at[1]);
  const double shift = at[1] * std::log(at[2] / 2);
  const Options options{.seed = std::uint64_t(at[3]), .dtype = DType::f64};
  return [=, done = false]() mutable -> Row {
    if (done) return {};
    done = true;
    Row ln_R = draw_R(options, 200, width, layer).back();
    for (double& value : ln_R) value = std::log(value) + shift;
    return ln_R;
  };
}

}  // namespace gradus::live
