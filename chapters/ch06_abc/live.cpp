// Chapter 6, live: the output weights stored otherwise, trained beside the
// network of table 3 that they came from.

#include <array>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/live/live.h"
#include "data/batches.h"
#include "data/examples.h"
#include "data/generators.h"
#include "nn/instruments/norms.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"

namespace gradus::live {
namespace {

struct Training {
  Model net;
  std::vector<Tensor> w;
  Sgd sgd;
  Adam adam;

  explicit Training(const Model& model)
      : net(model),
        w(init(net, 0, DType::f64)),
        sgd(net, {.lr = 0.5}),
        adam(net, {.lr = 0.03, .eps = 0}) {}

  double step(const Tensor& x, const Tensor& y, bool by_adam) {
    const Tensor L = softmax_cross_entropy(net(w, x), y);
    const std::vector<Tensor> g = grad(L, w);
    by_adam ? adam.step(w, g) : sgd.step(w, g);
    return L.item();
  }
};

}  // namespace

// width, multiplier in front of the output weights, which are stored that much
// smaller, factor of their rate, 1 for Adam. Rows: step, loss of the batch in
// table 3, loss of the other, rms of the numbers that it stores.
Steps symmetry(Controls at) {
  const Model net = fcn({.in = 2,
                         .width = std::int64_t(at[0]),
                         .depth = 3,
                         .out = 3,
                         .bias = true,
                         .parametrisation = abc::mup_table3,
                         .base_width = 16});
  Model other = net;
  const std::size_t output = net.params.size() - 2;  // its bias is the last
  Param& stored = other.params[output];
  stored.multiplier *= at[1];
  stored.init_std /= at[1];
  stored.sgd_lr *= at[2];
  stored.adam_lr *= at[2];
  const Examples task = examples_of(gradus::spiral({}), DType::f64);
  return [=, both = std::array{Training(net), Training(other)}, t = 0,
          by_adam = at[3] == 1,
          batches = Batches(task.x.dim(0), 64, 0)]() mutable -> Row {
    if (t == 100) return {};
    const std::vector<std::int64_t> picked = batches.at(t);
    Row row = {double(++t)};
    for (Training& training : both)
      row.push_back(training.step(gather_rows(task.x, picked),
                                  gather_rows(task.y, picked), by_adam));
    if (!(row[2] <= 1e5)) t = 100;  // diverged
    row.push_back(rms(both[1].w[output]));
    return row;
  };
}

}  // namespace gradus::live
