// Exercise 13.2 (an hour): training without gradients.
//
// In the uv model (p = 1, x = 1, y = 0) every step multiplies u + v by one number and u - v by
// another, so both keep their directions for ever. Train u and v without computing a gradient, and
// without touching a vector inside the loop: f needs only the lengths of u + v and u - v.
//
// Test it:
//   ./run exercise 13.2

#include <vector>

#include "autodiff/ops.h"

using namespace gradus;

/// u (1, n) and v (n, 1) after so many steps of gradient descent on f^2 / 2, f = u v / sqrt(n).
std::vector<Tensor> trained(const Tensor& u, const Tensor& v, double lr,
                            int steps) {
  (void)lr;
  (void)steps;
  return {u, v};  // your turn
}
