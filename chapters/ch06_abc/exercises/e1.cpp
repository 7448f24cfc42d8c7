// Exercise 6.1 (an hour): one learning rate for every layer.
//
// A shift by t replaces a layer's multiplier by multiplier * t^-1, its initial standard deviation by
// init_std * t, its learning rates by sgd_lr * t^2 and adam_lr * t, and changes nothing that the
// network does. t is a Power: a power of fan_in, of m and of m_L. Choose t for a row so that one
// optimiser needs no factor; and use shifts to tell whether two rows are one.
//
// Write both functions. Test them:
//   ./run exercise 6.1

#include "nn/parametrisation.h"

using namespace gradus;

/// The same training from a row whose factor for Adam (or else for SGD) is 1.
Scaling with_one_rate(Scaling row, bool adam) {
  (void)adam;
  return row;  // your turn
}

/// Whether both rows train the same layer in the same way with Adam (or else with SGD).
bool same_training(const Scaling& a, const Scaling& b, bool adam) {
  (void)adam;
  return a == b;  // your turn
}
