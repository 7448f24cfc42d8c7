// Solution of exercise 12.2: power iteration, made to find the right eigenvalue.

#include <vector>

#include "nn/instruments/sharpness.h"
#include "nn/vectors.h"

using namespace gradus;

/// The largest algebraic eigenvalue of h.
double largest_by_shift(const LinearOperator& h,
                        const std::vector<Tensor>& like,
                        const EigenOptions& options) {
  const double mu = power_iteration(h, like, options).lambda_max;
  if (mu >= 0) return mu;
  const LinearOperator shifted = [&](const std::vector<Tensor>& v) {
    return add_scaled(h(v), -mu, v);
  };
  return mu + power_iteration(shifted, like, options).lambda_max;
}
