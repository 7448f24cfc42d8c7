// Chapter 9, live: the loss after 200 steps at the reader's width and rate.

#include <cmath>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/live/live.h"
#include "data/batches.h"
#include "data/generators.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"

namespace gradus::live {

// width, log2 of the rate, 1 for muP, seed. First 0 and the loss of the first
// batch. Then, every ten steps: step, mean loss of the ten batches; the last
// row also has the loss on all points.
Steps transfer(Controls at) {
  const double lr = std::exp2(at[1]);
  const auto seed = std::uint64_t(at[3]);
  const Samples arms = gradus::spiral({});
  const Tensor x = inputs_of(arms), y = targets_of(arms);
  const Model net =
      fcn({.in = x.dim(1),
           .width = std::int64_t(at[0]),
           .depth = 3,
           .out = y.dim(1),
           .bias = true,
           .parametrisation = at[2] == 1 ? abc::mup_table3 : abc::sp,
           .base_width = 32});
  std::vector<Tensor> w = init(net, seed);
  return [=, sgd = Sgd(net, {.lr = lr}), t = std::int64_t{0},
          batches = Batches(x.dim(0), 64, seed),
          recent = 0.0]() mutable -> std::optional<Row> {
    constexpr std::int64_t steps = 200;
    if (t >= steps) return Row{};
    if (t % 10 == 0) recent = 0;
    const std::vector<std::int64_t> picked = batches.at(t++);
    const Tensor L = softmax_cross_entropy(net(w, gather_rows(x, picked)),
                                           gather_rows(y, picked));
    recent += L.item() / 10;
    if (!(L.item() <= 1e5)) {  // diverged: the row of these ten steps
      const std::int64_t last = (t + 9) / 10 * 10;
      const Row row = {double(last), recent};
      return t = steps, row;
    }
    sgd.step(w, grad(L, w));
    if (t == 1) return Row{0, L.item()};
    if (t % 10 > 0) return {};
    if (t < steps) return Row{double(t), recent};
    const NoGrad values_only;
    return Row{double(t), recent, softmax_cross_entropy(net(w, x), y).item()};
  };
}

}  // namespace gradus::live
