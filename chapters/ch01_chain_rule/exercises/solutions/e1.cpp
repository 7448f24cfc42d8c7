// Solution of exercise 1.1: a column where the engine gives rows.

#include "autodiff/grad.h"
#include "autodiff/ops.h"

using namespace gradus;

/// J v at x, where J is the Jacobian of `f` and v has x's shape; the result has f(x)'s shape.
Tensor jvp(const std::function<Tensor(const Tensor&)>& f, const Tensor& x,
           const Tensor& v) {
  const Tensor y = f(x);
  // The value of u does not matter: J^T u is linear in u, so its derivative is the same everywhere.
  const Tensor u = full_like(y, 0.0);
  const Tensor pulled_back = vjp(y, u, x, {.record = true});
  // <v, J^T u> = <J v, u>: the cotangent v of J^T u gives J v for u.
  return vjp(pulled_back, v, u, {.zeros = true});
}
