// Exercise 10.2 (ten minutes): weight decay that does not know the learning rate.
//
// Decoupled decay takes a share of each weight away at every step, besides Adam's step. AdamW as
// it is often coded takes away lr * factor * decay, where lr * factor is the learning rate of the
// layer; under muP the share then falls with the width. Write the independent form: the same share
// at every width and every learning rate, and none of biases.
//
// Test it:
//   ./run exercise 10.2

#include <vector>

#include "autodiff/ops.h"
#include "nn/model.h"

using namespace gradus;

/// The values w of the model's parameters after one step of decay.
std::vector<Tensor> decayed(const Model& model, std::vector<Tensor> w,
                            double lr, double decay) {
  for (std::size_t i = 0; i < w.size(); ++i)
    w[i] = (1 - lr * model.params[i].adam_lr * decay) * w[i];  // your turn
  return w;
}
