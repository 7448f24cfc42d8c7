// Exercise 1.1: forward mode from two reverse sweeps.
//
// vjp(y, u, x) is J^T u: one column of numbers per input. You want J v, the change of y when x moves
// along v. For fixed x, u -> J^T u is linear, and its own transposed Jacobian is J.
//
// Write jvp with two calls of vjp. Test it:
//   cmake --build --preset release --target ch01_e1 && build/release/bin/ch01_e1

#include "autodiff/grad.h"
#include "autodiff/ops.h"

using namespace gradus;

/// J v at x, where J is the Jacobian of `f` and v has x's shape; the result has f(x)'s shape.
Tensor jvp(const std::function<Tensor(const Tensor&)>& f, const Tensor& x,
           const Tensor& v) {
  (void)v;
  return f(x);  // your turn
}
