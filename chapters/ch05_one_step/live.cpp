// Chapter 5, live: how far one step moves the hidden units and the output.

#include "chapters/live/live.h"
#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/norms.h"
#include "nn/models.h"
#include "nn/vectors.h"

namespace gradus::live {

// width, number of inputs, 1 for NTK's multipliers, seed. Row: how far one
// gradient step moves the hidden layer, and the output, per learning rate.
Steps one_step(Controls at) {
  const Model net = fcn({.in = std::int64_t(at[1]),
                         .width = std::int64_t(at[0]),
                         .depth = 2,
                         .out = 1,
                         .parametrisation = at[2] == 1 ? abc::ntk : abc::sp});
  const auto seed = std::uint64_t(at[3]);
  return [=, done = false]() mutable -> Row {
    if (done) return {};
    done = true;
    const double lr = 1e-5;
    const std::vector<Tensor> w = init(net, seed, DType::f64);
    const Tensor x = ones({1, w[0].dim(0)}, DType::f64);
    const std::vector<Layer> before = net.layers(w, x);
    const std::vector<Tensor> g = grad(sum(before.back().h), w);
    const std::vector<Layer> after = net.layers(add_scaled(w, lr, g), x);
    return {rms(after[0].h - before[0].h) / lr,
            rms(after[1].h - before[1].h) / lr};
  };
}

}  // namespace gradus::live
