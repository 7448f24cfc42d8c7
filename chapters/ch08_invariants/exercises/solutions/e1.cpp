// Solution of exercise 8.1: the table of exponents from the table of a parametrisation.

#include <algorithm>

#include "nn/instruments/norms.h"
#include "nn/parametrisation.h"

using namespace gradus;

namespace {

// The exponent of n in a table's power: only dimensions that grow count.
double exponent(const Power& power, double fan_in) {
  return power.fan_in * fan_in + power.width_mult;
}

}  // namespace

/// The exponent of n in lr ||dL/dw|| / ||w|| for n -> infinity, where fixed dimensions count as 1.
double ratio_exponent(const Parametrisation& p, Role role, Norm norm) {
  const double fan_in = role == Role::input ? 0 : 1,
               fan_out = role == Role::output ? 0 : 1;
  const Scaling row = p.at(role), out = p.output;

  // ||z||^2 sums fan_in entries of order 1. ||dL/dh|| is of order 1 at the output; one layer back it
  // is that of one row of the output's effective weights, and He layers keep it.
  const double z = fan_in / 2;
  const double out_entry =
      exponent(out.multiplier, 1) + exponent(out.init_std, 1);
  const double delta = role == Role::output ? 0 : 0.5 + out_entry;
  const double gradient = exponent(row.multiplier, fan_in) + z +
                          delta;  // of rank one: both norms

  // s sqrt(m k), or s (sqrt m + sqrt k), of which the larger counts.
  const double entry = exponent(row.init_std, fan_in);
  const double weight =
      entry + (norm == Norm::frobenius ? (fan_in + fan_out) / 2
                                       : std::max(fan_in, fan_out) / 2);
  return exponent(row.sgd_lr, fan_in) + gradient - weight;
}
