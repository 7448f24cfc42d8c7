// Exercise 8.1 (an evening): the table of exponents from the table of a parametrisation.
//
// One SGD step from one input changes layer l by W_l -> W_l - (lr factor) (multiplier) z delta^T.
// Everything that you need is a power of the width n = width_mult, with the base width at 1:
//   - fan_in and fan_out are n^0 or n^1, depending on the role of the layer;
//   - h and z have entries of order 1, in every parametrisation of the test;
//   - delta = dL/dh: from the output's table row, and the same in every layer before it.
//
// Write ratio_exponent. Test it:
//   ./run exercise 8.1

#include "nn/instruments/norms.h"
#include "nn/parametrisation.h"

using namespace gradus;

/// The exponent of n in lr ||dL/dw|| / ||w|| for n -> infinity, where fixed dimensions count as 1.
double ratio_exponent(const Parametrisation& p, Role role, Norm norm) {
  (void)p, (void)role, (void)norm;
  return 0;  // true of muP in the spectral norm: your turn
}
