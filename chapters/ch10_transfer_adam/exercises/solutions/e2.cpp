// Solution of exercise 10.2: weight decay that does not know the learning rate.

#include <vector>

#include "autodiff/ops.h"
#include "nn/model.h"

using namespace gradus;

/// The values w of the model's parameters after one step of decay.
std::vector<Tensor> decayed(const Model& model, std::vector<Tensor> w, double,
                            double decay) {
  for (std::size_t i = 0; i < w.size(); ++i) {
    const Role role = model.params[i].role;
    if (role != Role::bias && role != Role::output_bias)
      w[i] = (1 - decay) * w[i];
  }
  return w;
}
