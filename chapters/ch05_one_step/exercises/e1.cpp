// Exercise 5.1 (an hour): the small matrix beside the Hessian.
//
// Take the loss (f - y)^2 / 2, averaged over N examples and K outputs, at weights where all
// residuals f - y are 0. Its Hessian has as many rows as there are weights. Row i of J is the
// gradient of the i-th of the N K numbers f. Write the Hessian with J, and find a matrix of N K
// rows that has the same largest eigenvalue.
//
// Write kernel_sharpness with `grad`, without second derivatives. `sharpness`
// (nn/instruments/sharpness.h) finds the largest eigenvalue of any symmetric matrix that you can
// multiply with. Test it:
//   ./run exercise 5.1

#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/sharpness.h"
#include "nn/model.h"
#include "nn/vectors.h"

using namespace gradus;

/// The largest eigenvalue of that loss's Hessian over w, for the N rows of x.
double kernel_sharpness(const Model& net, const std::vector<Tensor>& w,
                        const Tensor& x) {
  (void)net, (void)w, (void)x;
  return 0;  // your turn
}
