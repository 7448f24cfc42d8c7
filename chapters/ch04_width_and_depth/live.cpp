// Chapter 4, live: three spiral arms, one net, 500 steps.

#include <algorithm>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/ch04_width_and_depth/experiment.h"
#include "chapters/live/live.h"
#include "data/batches.h"
#include "data/generators.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"

namespace gradus::live {
namespace {

constexpr int side = 50;  // of the map, in pixels

// The class that the net gives to the middle of every pixel.
Row answers(const Model& net, const std::vector<Tensor>& w) {
  std::vector<double> middles;
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x)
      for (int i : {x, y})
        middles.push_back(map_edge * ((2 * i + 1.0) / side - 1));
  return argmax(net(w, from_host(middles, {side * side, 2}, DType::f32)))
      .to_vector();
}

}  // namespace

// width, depth, learning rate, seed. The first row has every third point. Then,
// every ten steps: step, mean loss of the ten batches; every fifty once more,
// with the map. The last one has instead the loss and the accuracy on all
// points.
Steps spiral(Controls at) {
  const double lr = at[2];
  const auto seed = std::uint64_t(at[3]);
  const Model net = fcn({.in = 2,
                         .width = std::int64_t(at[0]),
                         .depth = std::int64_t(at[1]),
                         .out = classes,
                         .bias = true});
  const Samples arms = gradus::spiral({});
  const Tensor x = inputs_of(arms), t = targets_of(arms);
  Row points = {0};
  for (std::size_t i = 0; i < arms.inputs.size(); i += 6)
    points.insert(points.end(), {arms.inputs[i], arms.inputs[i + 1]});
  std::vector<Tensor> w = init(net, seed);
  return [=, sgd = Sgd(net, {.lr = lr}), step = std::int64_t{-1},
          batches = Batches(x.dim(0), 32, seed), recent = 0.0,
          mapped = std::int64_t{0}]() mutable -> std::optional<Row> {
    if (step < 0) return ++step, points;
    if (step == mapped + 50) {
      const NoGrad values_only;
      Row row = {double(step), recent};
      const Row map = answers(net, w);
      row.insert(row.end(), map.begin(), map.end());
      return mapped = step, row;
    }
    if (step == steps) {
      const NoGrad values_only;
      const Tensor f = net(w, x);
      return ++step, Row{double(steps), recent,
                         softmax_cross_entropy(f, t).item(), accuracy(f, t)};
    }
    if (step > steps) return Row{};
    if (step % 10 == 0) recent = 0;
    const std::vector<std::int64_t> picked = batches.at(step++);
    const Tensor L = softmax_cross_entropy(net(w, gather_rows(x, picked)),
                                           gather_rows(t, picked));
    recent += L.item() / 10;
    if (!(L.item() <= 1e5)) {  // diverged: the row of these ten steps
      const std::int64_t last = (step + 9) / 10 * 10;
      const Row row = {double(last), recent};
      return step = steps + 1, row;
    }
    sgd.step(w, grad(L, w));
    if (step % 10 > 0) return {};
    return Row{double(step), recent};
  };
}

}  // namespace gradus::live
