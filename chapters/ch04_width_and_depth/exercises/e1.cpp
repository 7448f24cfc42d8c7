// Exercise 4.1 (ten minutes): how far one step of the last layer moves the outputs.
//
// The last layer computes f = z W from activations z of shape (B, n), and the loss is
// softmax_cross_entropy(f, t). Let W alone take one SGD step. On paper: what is the gradient of the
// loss with respect to f, what is it with respect to W, and so by how much does f change?
//
// Write last_layer_change without calling grad. Test it:
//   ./run exercise 4.1

#include "autodiff/ops.h"

using namespace gradus;

/// The change of f = z W, of shape (B, classes), when W takes one SGD step with rate `lr`.
Tensor last_layer_change(const Tensor& z, const Tensor& f, const Tensor& t,
                         double lr) {
  (void)z;
  (void)t;
  (void)lr;
  return f;  // your turn
}
