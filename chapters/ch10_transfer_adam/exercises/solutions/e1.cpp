// Solution of exercise 10.1: an eps for each layer.

#include "nn/parametrisation.h"

using namespace gradus;

/// The power p of m; a power of fan_in counts as one of m in hidden and output rows.
double eps_exponent(const Parametrisation& table, Role role) {
  const auto power = [&](const Power& p, Role of) {
    const bool wide = of == Role::hidden || of == Role::output;
    return p.width_mult + (wide ? p.fan_in : 0);
  };
  // dL/dw = multiplier * dL/dW; dL/dW_l = z^T delta_l, and delta is as small as the output weights.
  const double own = power(table.at(role).multiplier, role);
  if (role == Role::output) return own;
  return own + power(table.output.multiplier, Role::output) +
         power(table.output.init_std, Role::output);
}
