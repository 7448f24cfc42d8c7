// Chapter 2, live: the lengths of one signal in 200 networks.

#include <cmath>

#include "chapters/ch02_signals_at_init/lengths.h"
#include "chapters/live/live.h"

namespace gradus::live {

// width, layers, variance times fan-in, seed. A row for each layer: ln R of all
// networks. It is drawn for a variance of 2; another one multiplies every
// layer's mean square by variance / 2.
Steps lengths(Controls at) {
  const auto width = std::int64_t(at[0]), layers = std::int64_t(at[1]);
  const double shift = std::log(at[2] / 2);
  const auto seed = std::uint64_t(at[3]);
  return
      [=, R = ones({200}, DType::f64), l = std::int64_t{0}]() mutable -> Row {
        if (l == layers) return {};
        R = next_R(R, width, ++l, seed);
        Row ln_R = R.to_vector();
        for (double& value : ln_R)
          value = std::log(value) + double(l) * shift;
        return ln_R;
      };
}

}  // namespace gradus::live
