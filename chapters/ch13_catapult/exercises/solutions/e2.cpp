// Solution of exercise 13.2: training without gradients.

#include <cmath>
#include <vector>

#include "autodiff/ops.h"

using namespace gradus;

/// u (1, n) and v (n, 1) after so many steps of gradient descent on f^2 / 2, f = u v / sqrt(n).
std::vector<Tensor> trained(const Tensor& u, const Tensor& v, double lr,
                            int steps) {
  const double n = static_cast<double>(u.dim(1));
  const Tensor v_row = reshape(v, u.shape());
  const Tensor sum = u + v_row, difference = u - v_row;
  // phi = lr f / sqrt(n) with f = (|sum|^2 - |difference|^2) / (4 sqrt(n))
  const double plus = lr * dot(sum, sum).item() / (4 * n);
  const double minus = lr * dot(difference, difference).item() / (4 * n);
  double shrunk = 1,
         grown = 1;  // by what sum and difference have been multiplied
  for (int step = 0; step < steps; ++step) {
    const double phi = plus * shrunk * shrunk - minus * grown * grown;
    shrunk *= 1 - phi;
    grown *= 1 + phi;
  }
  const Tensor a = shrunk * sum, b = grown * difference;
  return {0.5 * (a + b), reshape(0.5 * (a - b), v.shape())};
}
