// Exercise 5.1: curvature without second derivatives.
//
// For the loss mean_i (f_i - y_i)^2 / 2 with outputs f_i and all residuals 0, the Hessian over the
// weights is J^T J / N, where row i of J is the gradient of f_i. It has as many rows as there are
// weights. J J^T / N has as many rows as there are examples, and the same largest eigenvalue.
//
// Write kernel_sharpness with one call of grad per example. `sharpness` (nn/instruments/sharpness.h) finds the
// largest eigenvalue of any symmetric matrix that you can multiply with. Test it:
//   cmake --build --preset release --target ch05_e1 && build/release/bin/ch05_e1

#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/sharpness.h"
#include "nn/model.h"
#include "nn/vectors.h"

using namespace gradus;

/// The largest eigenvalue of J J^T / N for the N rows of x; the net has one output.
double kernel_sharpness(const Model& net, const std::vector<Tensor>& w,
                        const Tensor& x) {
  (void)net, (void)w, (void)x;
  return 0;  // your turn
}
