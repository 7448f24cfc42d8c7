#include "autodiff/ops.h"
#include "autodiff/ops/op.h"
#include "autodiff/recording.h"

namespace gradus {
namespace {

// y = t l with l = log p, and 0 where t = p = 0, to which t log p goes; a product would be NaN.
Tensor times_log(const Tensor& t, const Tensor& l) {
  Tensor y;
  {
    const NoGrad value_only;
    y = where_positive(t * l, abs(t) + exp(l));
  }
  // dy = l dt + t dl  =>  t_bar = l y_bar, l_bar = t y_bar
  return record("times_log", std::move(y), {t, l},
                {[](auto& in, auto&, auto& y_bar) { return y_bar * in[1]; },
                 [](auto& in, auto&, auto& y_bar) { return y_bar * in[0]; }});
}

}  // namespace

Tensor log_softmax(const Tensor& x, int axis) {
  const Axes along = normalise_axes("log_softmax", {axis}, x.rank());
  // y = z - log sum_i e^(z_i), z = x - m  =>  x_bar = y_bar - softmax(x) sum(y_bar)
  // by the rules of the parts, for any constant `m`: with the largest entry the logarithm is small
  // and keeps its digits.
  const Tensor z = x.size() > 0 ? x - stop_gradient(max(x, along, true)) : x;
  return z - logsumexp(z, along, true);
}

Tensor softmax(const Tensor& x, int axis) {
  // p = e^l, dp = p dl  =>  l_bar = p p_bar; then by the rule of `log_softmax`
  return exp(log_softmax(x, axis));
}

Tensor softmax_cross_entropy(const Tensor& logits, const Tensor& targets) {
  check(logits.rank() == 2 && logits.shape() == targets.shape(), "[softmax_cross_entropy] logits ",
        logits.shape(), " and targets ", targets.shape(), " need one shape (batch, classes)");
  common_backend("softmax_cross_entropy", logits, targets);
  const double batch = static_cast<double>(logits.shape()[0]);
  // L = -(1/B) sum_bk t_bk log p_bk  =>  logits_bar = (p - t) / B; by the rules of its parts
  return sum(times_log(targets, log_softmax(logits))) / -batch;
}

}  // namespace gradus
