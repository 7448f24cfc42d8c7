#pragma once

#include <algorithm>

#include "nn/parametrisation.h"

/// What a parametrisation's table says of one step.
namespace gradus {

// [real]
// The exponent of n in a power of the network's sizes.
inline double exponent(const Power& power, Role role) {
  const bool fan_in_is_n = role == Role::hidden || role == Role::output;
  return power.width_mult + (fan_in_is_n ? power.fan_in : 0);
}

// What no shift changes. W_eff starts as n^-start; an update of it is n^-sgd
// times dL/dW_eff, or n^-adam times a number of order 1.
struct Real {
  double start, sgd, adam;
};

inline Real real(const Parametrisation& table, Role role) {
  const Scaling row = table.at(role);
  const double a = -exponent(row.multiplier, role);
  const double b = -exponent(row.init_std, role);
  return {a + b, 2 * a - exponent(row.sgd_lr, role),
          a - exponent(row.adam_lr, role)};
}
// [real]

// [predict]
// Exponents of Delta h_1, Delta h_L and Delta f after one step, if hidden
// weights start as n^-1/2.
struct Slopes {
  double first, last, output;
};

inline Slopes predict(const Parametrisation& table, bool adam) {
  const Real in = real(table, Role::input), hid = real(table, Role::hidden),
             out = real(table, Role::output);
  const auto step = adam ? &Real::adam : &Real::sgd;
  const double delta = -out.start;        // entries of df/dh
  const double entry = adam ? 0 : delta;  // an update's, but for n^-step
  const double first = entry - in.*step;  // a sum over the fixed inputs
  const double last = std::max(first, 1 + entry - hid.*step);
  return {first, last, std::max(1 - out.*step, 1 + delta + last)};
}
// [predict]

}  // namespace gradus
