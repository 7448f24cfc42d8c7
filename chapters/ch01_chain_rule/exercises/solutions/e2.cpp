// Solution of exercise 1.2: memory against recomputation.

#include <algorithm>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"

using namespace gradus;

/// d sum(h_L^2) / d weights for h_0 = x, h_l = tanh(h_{l-1} W_l), with at most `segment` layers
/// recorded at a time. One gradient per weight, in order.
std::vector<Tensor> checkpointed_gradient(const Tensor& x,
                                          const std::vector<Tensor>& weights,
                                          std::size_t segment) {
  std::vector<Tensor> checkpoints;  // h before each segment
  Tensor h = x;
  {
    const NoGrad values_only;
    for (std::size_t layer = 0; layer < weights.size(); ++layer) {
      if (layer % segment == 0) checkpoints.push_back(h);
      h = tanh(matmul(h, weights[layer]));
    }
  }
  std::vector<Tensor> gradient(weights.size());
  Tensor h_bar = scale(stop_gradient(h), 2.0);  // d sum(h^2) / dh
  while (!checkpoints.empty()) {
    const std::size_t first = (checkpoints.size() - 1) * segment;
    const std::size_t last = std::min(first + segment, weights.size());
    const Tensor start = stop_gradient(checkpoints.back());
    checkpoints.pop_back();
    Tensor end = start;
    std::vector<Tensor> inputs = {start};
    for (std::size_t layer = first; layer < last; ++layer) {
      end = tanh(matmul(end, weights[layer]));
      inputs.push_back(weights[layer]);
    }
    const std::vector<Tensor> bars = vjp({end}, {h_bar}, inputs);
    std::copy(bars.begin() + 1, bars.end(),
              gradient.begin() + static_cast<std::ptrdiff_t>(first));
    h_bar = bars.front();
  }
  return gradient;
}
