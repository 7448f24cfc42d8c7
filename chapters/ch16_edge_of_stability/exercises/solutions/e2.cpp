// Exercise 16.2: solution.

#include <vector>

#include "nn/vectors.h"

using namespace gradus;

/// The mean curvature along the line from w0 to w1, where the gradients are g0 and g1.
double mean_curvature(const std::vector<Tensor>& w0,
                      const std::vector<Tensor>& g0,
                      const std::vector<Tensor>& w1,
                      const std::vector<Tensor>& g1) {
  // g1 - g0 is the integral of H d along the line.
  const std::vector<Tensor> d = add_scaled(w1, -1, w0);
  return inner_product(d, add_scaled(g1, -1, g0)) / inner_product(d, d);
}
