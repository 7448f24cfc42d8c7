// Solution of exercise 3.1: the backward pass by hand.

#include <cmath>
#include <vector>

#include "autodiff/ops.h"

using namespace gradus;

/// ||df/dW_l|| for l = 1 to D.
std::vector<double> gradient_norms(const std::vector<Tensor>& weights,
                                   const Tensor& x) {
  const auto norm = [](const Tensor& a) {
    return std::sqrt(dot(a, a).item());
  };
  std::vector<Tensor> z = {x};  // what goes into each layer
  for (std::size_t l = 0; l + 1 < weights.size(); ++l)
    z.push_back(relu(matmul(z.back(), weights[l])));

  std::vector<double> norms(weights.size());
  Tensor delta = full_like(matmul(z.back(), weights.back()), 1.0);  // df/df
  for (std::size_t l = weights.size(); l-- > 0;) {
    norms[l] = norm(z[l]) * norm(delta);
    if (l == 0) break;
    // Back through the matrix, then through the relu that made z: it passes what was above 0.
    delta = matmul(delta, weights[l], false, true) *
            greater(z[l], full_like(z[l], 0.0));
  }
  return norms;
}
