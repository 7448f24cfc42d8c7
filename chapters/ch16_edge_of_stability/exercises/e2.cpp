// Exercise 16.2 (ten minutes): curvature without a Hessian.
//
// The chapter's row `eta_along` needs two gradients. Compute it from the parameters and gradients
// of two places: the mean, over the line from the first to the second, of d^T H d / <d, d> with d
// the way from one to the other.
//
// Test it:
//   ./run exercise 16.2

#include <vector>

#include "nn/vectors.h"

using namespace gradus;

/// The mean curvature along the line from w0 to w1, where the gradients are g0 and g1.
double mean_curvature(const std::vector<Tensor>& w0,
                      const std::vector<Tensor>& g0,
                      const std::vector<Tensor>& w1,
                      const std::vector<Tensor>& g1) {
  (void)w0;
  (void)g0;
  (void)w1;
  (void)g1;
  return 0;  // your turn
}
