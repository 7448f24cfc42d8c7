// Exercise 8.2 (ten minutes): a step that needs no table.
//
// The spectral condition says how large a change of W may be: sqrt(fan_in / fan_out) ||change||_2 of
// order 1. Instead of a learning rate per layer, measure the gradient and scale it so that this
// number is `size`, at any width and in any layer.
//
// Write spectral_step. Test it:
//   ./run exercise 8.2

#include <vector>

#include "autodiff/ops.h"
#include "nn/instruments/norms.h"

using namespace gradus;

/// New values w - t g for each matrix, t >= 0 such that sqrt(fan_in / fan_out) ||t g||_2 = size. A
/// matrix whose gradient is zero stays as it is.
std::vector<Tensor> spectral_step(const std::vector<Tensor>& w,
                                  const std::vector<Tensor>& g, double size) {
  std::vector<Tensor> result;
  for (std::size_t l = 0; l < w.size(); ++l)
    result.push_back(w[l] -
                     size * g[l]);  // plain gradient descent: your turn
  return result;
}
