// Solution of exercise 6.2: the freedom that is left is a volume knob.

#include "nn/parametrisation.h"

using namespace gradus;

/// The table with the output times m^r and every SGD rate times m^-2r.
Parametrisation turned_up(Parametrisation table, double r) {
  table.output.multiplier.width_mult += r;
  // The output's real update, m^2a times its rate, is the old one; all others are slower.
  for (Scaling* row :
       {&table.input, &*table.hidden, &table.output, &table.bias})
    row->sgd_lr.width_mult -= 2 * r;
  return table;
}
