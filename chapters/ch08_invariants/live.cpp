// Chapter 8, live: one step's change of the hidden weights, in two norms.

#include <cmath>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/live/live.h"
#include "data/random_streams.h"
#include "nn/instruments/norms.h"
#include "nn/losses.h"
#include "nn/models.h"

namespace gradus::live {

// width, number of the table in the experiment's list, seed. Rows, for both
// hidden layers: layer, and the change over the weights in the Frobenius and in
// the spectral norm.
Steps two_norms(Controls at) {
  const Model net = fcn({.in = 128,
                         .width = std::int64_t(at[0]),
                         .depth = 4,
                         .out = 10,
                         .parametrisation = at[1] == 0   ? abc::sp
                                            : at[1] == 1 ? abc::ntk
                                                         : abc::mup_table9,
                         .base_width = 64});
  // Each network draws its own numbers.
  const auto seed = std::uint64_t((at[1] * 10000 + at[0]) * 1000 + at[2]);
  return [=, w = std::vector<Tensor>{}, g = std::vector<Tensor>{},
          l = std::size_t{2}]() mutable -> Row {
    if (l > 3) return {};
    if (w.empty()) {
      const Tensor draw =
          random_normal({1, 128}, {seed, input_stream}, 1.0, DType::f64);
      const Tensor c = full({10}, 1 / std::sqrt(10), DType::f64);
      w = init(net, seed, DType::f64);
      g = grad(linear_loss(net(w, draw / rms(draw)), c), w);
    }
    const Tensor &weights = w[l - 1], &gradient = g[l - 1];
    const double rate = net.params[l - 1].sgd_lr;  // of one step with eta = 1
    return {
        double(l++),
        rate * frobenius_norm(gradient) / frobenius_norm(weights),
        rate * spectral_norm(gradient).value / spectral_norm(weights).value};
  };
}

}  // namespace gradus::live
