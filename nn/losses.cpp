#include "nn/losses.h"

#include "autodiff/check.h"
#include "autodiff/grad.h"

namespace gradus {

Tensor mse_half_mean(const Tensor& f, const Tensor& y) {
  // Broadcasting (batch) against (batch, 1) would compare every output with every target.
  check(f.shape() == y.shape(), "[mse_half_mean] outputs ", f.shape(), " and targets ", y.shape(),
        " need one shape");
  return 0.5 * mean(square(f - y));
}

Tensor linear_loss(const Tensor& f, const Tensor& c) {
  check(f.rank() == 2 && (c.shape() == f.shape() || c.shape() == Shape{f.dim(1)}),
        "[linear_loss] outputs ", f.shape(), " need the shape (batch, outputs), and coefficients ",
        c.shape(), " that shape or (outputs)");
  return sum(f * c) / static_cast<double>(f.dim(0));
}

double accuracy(const Tensor& f, const Tensor& y) {
  check(f.rank() == 2 && f.shape() == y.shape(), "[accuracy] outputs ", f.shape(), " and targets ",
        y.shape(), " need one shape (batch, classes)");
  const NoGrad values_only;
  return mean(equal(argmax(f), argmax(y))).item();
}

}  // namespace gradus
