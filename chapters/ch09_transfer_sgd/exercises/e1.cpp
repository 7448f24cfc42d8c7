// Exercise 9.1 (ten minutes): which row of the table is this tensor?
//
// Take a network from anywhere, build it at two widths and compare the shapes of its tensors. What
// grows tells the role: nobody has to know what a layer is called. Weights are (fan_in, fan_out) or
// (height, width, channels, filters), so the last two sizes are what they connect; a tensor of one
// dimension is a bias, a gain or a shift.
//
// Test it:
//   ./run exercise 9.1

#include "nn/parametrisation.h"

#include "autodiff/shape.h"

using namespace gradus;

/// The role of a tensor that has these shapes in a narrow and in a wide network.
Role role_of(const Shape& narrow, const Shape& wide) {
  (void)narrow;
  (void)wide;
  return Role::hidden;  // your turn
}
