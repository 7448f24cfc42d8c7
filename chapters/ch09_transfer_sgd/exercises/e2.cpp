// Exercise 9.2 (ten minutes): weight decay that no width sees.
//
// Weight decay adds decay * w to the gradient of w. An optimiser then multiplies by lr and by the
// tensor's factor net.params[i].sgd_lr, which in muP depends on the width. Choose what is added
// such that one step shrinks every tensor by 1 - lr * decay, whatever the factor.
//
// Test it:
//   ./run exercise 9.2

#include "autodiff/ops.h"
#include "nn/model.h"

using namespace gradus;

/// The gradients with weight decay.
std::vector<Tensor> with_decay(const Model& net,
                               std::vector<Tensor> gradients,
                               const std::vector<Tensor>& w, double decay) {
  (void)net;  // your turn
  for (std::size_t i = 0; i < w.size(); ++i)
    gradients[i] = gradients[i] + decay * w[i];
  return gradients;
}
