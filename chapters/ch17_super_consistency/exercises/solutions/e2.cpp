// Exercise 17.2: solution.

#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/model.h"

using namespace gradus;

/// `net` less what it gives at the parameters `start`.
Model centred(const Model& net, const std::vector<Tensor>& start) {
  Model result = net;
  result.forward = [net, start](const std::vector<Tensor>& weights,
                                const Tensor& x, std::vector<Layer>* layers) {
    return net.forward(weights, x, layers) - stop_gradient(net(start, x));
  };
  return result;
}
