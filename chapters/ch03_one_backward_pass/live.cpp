// Chapter 3, live: the ratio of gradient to weights, layer by layer.

#include "chapters/live/live.h"
#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/ch03_one_backward_pass/experiment.h"
#include "nn/instruments/norms.h"

namespace gradus::live {

// width, depth, number of the parametrisation in compared(), seed. One row: of
// every layer the ratio, then of every layer its rate's factor for SGD.
Steps backward(Controls at) {
  const Model net = network(compared().at(std::size_t(at[2])),
                            std::int64_t(at[0]), std::int64_t(at[1]));
  const auto seed = std::uint64_t(at[3]);
  return [=, done = false]() mutable -> Row {
    if (done) return {};
    done = true;
    const Tensor x = random_normal({1, inputs}, {0, 1000}, 1.0, DType::f64);
    std::vector<Tensor> w;
    for (const Param& p : net.params)
      w.push_back(p.init_std *
                  random_normal(p.shape, {seed, w.size()}, 1.0, DType::f64));
    const std::vector<Tensor> g = grad(sum(net(w, x)), w);
    Row row;
    for (std::size_t l = 0; l < w.size(); ++l)
      row.push_back(frobenius_norm(g[l]) / frobenius_norm(w[l]));
    for (const Param& p : net.params) row.push_back(p.sgd_lr);
    return row;
  };
}

}  // namespace gradus::live
