#include "autodiff/ops.h"
#include "autodiff/ops/op.h"

namespace gradus {

Tensor log_softmax(const Tensor& x, int axis) {
  // y = x - s with s = logsumexp(x): the difference of two recorded ops, whose rules give
  // x_bar = y_bar - softmax(x) sum(y_bar). Large entries cancel before anything is exponentiated.
  return x - logsumexp(x, normalise_axes("log_softmax", {axis}, x.rank()), true);
}

Tensor softmax(const Tensor& x, int axis) {
  // p = exp(log p), dp = p dlog p  =>  by the rules of exp and log_softmax
  return exp(log_softmax(x, axis));
}

Tensor softmax_cross_entropy(const Tensor& logits, const Tensor& targets) {
  check(logits.rank() == 2 && logits.shape() == targets.shape(), "[softmax_cross_entropy] logits ",
        logits.shape(), " and targets ", targets.shape(), " need one shape (batch, classes)");
  common_backend("softmax_cross_entropy", logits, targets);
  const double batch = static_cast<double>(logits.shape()[0]);
  // L = -(1/B) sum_bk t_bk log p_bk; the rules compose to logits_bar = (p - t) / B
  return dot(targets, log_softmax(logits)) * (-1.0 / batch);
}

}  // namespace gradus
