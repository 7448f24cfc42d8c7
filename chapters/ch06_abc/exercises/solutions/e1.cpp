// Solution of exercise 6.1: one learning rate for every layer.

#include "nn/parametrisation.h"

using namespace gradus;

/// The same training from a table whose SGD factors are all 1. Those of `row` are powers of m alone.
Scaling with_one_rate(Scaling row) {
  // m^(c + 2t) = 1. The bias and the input weights of table 3 have c = 1, its output has c = -1.
  const double t = -row.sgd_lr.width_mult / 2;
  row.multiplier.width_mult -= t;
  row.init_std.width_mult += t;
  row.sgd_lr.width_mult += 2 * t;
  row.adam_lr.width_mult += t;
  return row;
}
