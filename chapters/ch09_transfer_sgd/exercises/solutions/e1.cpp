// Solution of exercise 9.1: which row of the table is this tensor?

#include "nn/parametrisation.h"

#include "autodiff/shape.h"

using namespace gradus;

/// The role of a tensor that has these shapes in a narrow and in a wide network.
Role role_of(const Shape& narrow, const Shape& wide) {
  const int rank = narrow.rank();
  const bool out_grows = narrow[rank - 1] != wide[rank - 1];
  // One dimension: a constant input of 1, so what goes in never grows.
  if (rank == 1) return out_grows ? Role::bias : Role::output_bias;
  const bool in_grows = narrow[rank - 2] != wide[rank - 2];
  if (in_grows) return out_grows ? Role::hidden : Role::output;
  return Role::input;
}
