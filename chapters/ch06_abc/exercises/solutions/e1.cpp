// Solution of exercise 6.1: one learning rate for every layer.

#include "nn/parametrisation.h"

using namespace gradus;

namespace {

// power * t^exponent
Power times(const Power& power, const Power& t, double exponent) {
  return {power.fan_in + exponent * t.fan_in,
          power.width_mult + exponent * t.width_mult,
          power.depth_mult + exponent * t.depth_mult};
}

Scaling shifted(const Scaling& row, const Power& t) {
  return {times(row.multiplier, t, -1), times(row.init_std, t, 1),
          times(row.sgd_lr, t, 2), times(row.adam_lr, t, 1)};
}

}  // namespace

/// The same training from a row whose factor for Adam (or else for SGD) is 1.
Scaling with_one_rate(Scaling row, bool adam) {
  // sgd_lr * t^2 = 1 or adam_lr * t = 1.
  return shifted(
      row, adam ? times({}, row.adam_lr, -1) : times({}, row.sgd_lr, -0.5));
}

/// Whether both rows train the same layer in the same way with Adam (or else with SGD).
bool same_training(const Scaling& a, const Scaling& b, bool adam) {
  const Scaling x = with_one_rate(a, adam), y = with_one_rate(b, adam);
  return x.multiplier == y.multiplier && x.init_std == y.init_std;
}
