// Exercise 1.1 (ten minutes): a column where the engine gives rows.
//
// The engine's only derivative is vjp(y, u, x), which is J^T u: one column of numbers per input. You
// want J v, the change of y when x moves along v, without a difference quotient. Look at J^T u as a
// function of u, at fixed x: which kind of function is it, and what is its own Jacobian?
//
// Write jvp. Test it:
//   ./run exercise 1.1

#include "autodiff/grad.h"
#include "autodiff/ops.h"

using namespace gradus;

/// J v at x, where J is the Jacobian of `f` and v has x's shape; the result has f(x)'s shape.
Tensor jvp(const std::function<Tensor(const Tensor&)>& f, const Tensor& x,
           const Tensor& v) {
  (void)v;
  return f(x);  // your turn
}
