// Exercise 3.1 (an hour): the backward pass by hand.
//
// The network is f = relu(.. relu(x W_1) ..) W_D, without biases, for one input x of shape (1, m).
// The gradient of its only output with respect to W_l is an outer product, z_{l-1}^T delta_l, so its
// norm needs two vectors and no matrix of its own size. Keep every z on the way forward; on the way
// back make delta_{l-1} from delta_l; multiply norms. No grad, no vjp.
//
// Test it:
//   ./run exercise 3.1

#include <vector>

#include "autodiff/ops.h"

using namespace gradus;

/// ||df/dW_l|| for l = 1 to D.
std::vector<double> gradient_norms(const std::vector<Tensor>& weights,
                                   const Tensor& x) {
  (void)x;
  return std::vector<double>(weights.size(), 0.0);  // your turn
}
