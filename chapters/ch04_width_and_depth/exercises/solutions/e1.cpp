// Solution of exercise 4.1: how far one step of the last layer moves the outputs.

#include "autodiff/ops.h"

using namespace gradus;

/// The change of f = z W, of shape (B, classes), when W takes one SGD step with rate `lr`.
Tensor last_layer_change(const Tensor& z, const Tensor& f, const Tensor& t,
                         double lr) {
  // f_bar = (softmax(f) - t) / B,  W_bar = z^T f_bar,  and f changes by z (-lr W_bar). The (B, B)
  // matrix z z^T holds inner products over the n units: twice the units, twice the change.
  const Tensor f_bar = (softmax(f) - t) / static_cast<double>(f.dim(0));
  return -lr * matmul(matmul(z, z, false, true), f_bar);
}
