#include <cmath>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/norms.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "tests/catch.h"

using namespace gradus;

std::vector<Tensor> with_decay(const Model& net,
                               std::vector<Tensor> gradients,
                               const std::vector<Tensor>& w, double decay);

namespace {

Model net_of(const Parametrisation& table) {
  return fcn({.in = 5,
              .width = 64,
              .depth = 3,
              .out = 2,
              .bias = true,
              .parametrisation = table,
              .base_width = 16});
}

double loss_after_ten_steps(const Parametrisation& table) {
  const Model net = net_of(table);
  std::vector<Tensor> w = init(net, 1, DType::f64);
  const Tensor x = random_normal({16, 5}, {1, 100}, 1.0, DType::f64);
  const Tensor y = random_normal({16, 2}, {1, 101}, 1.0, DType::f64);
  const auto loss = [&] { return mse_half_mean(net(w, x), y); };
  Sgd sgd(net, {.lr = 0.05});
  for (int step = 0; step < 10; ++step)
    sgd.step(w, with_decay(net, grad(loss(), w), w, 0.5));
  return loss().item();
}

}  // namespace

TEST_CASE("without a gradient every tensor shrinks by the same share") {
  const Model net = net_of(abc::mup_table3);
  std::vector<Tensor> w = init(net, 1, DType::f64), none;
  for (const Tensor& tensor : w) none.push_back(0.0 * tensor);
  const std::vector<Tensor> before = w;
  Sgd sgd(net, {.lr = 0.1});
  sgd.step(w, with_decay(net, none, w, 0.5));
  for (std::size_t i = 0; i < w.size(); ++i) {
    INFO(net.params[i].name);
    CHECK(frobenius_norm(w[i] - 0.95 * before[i]) <=
          1e-12 * frobenius_norm(before[i]));
  }
}

TEST_CASE("the three forms of muP stay one training with weight decay") {
  const double loss = loss_after_ten_steps(abc::mup_table3);
  CHECK(std::abs(loss_after_ten_steps(abc::mup_table8) - loss) < 1e-12);
  CHECK(std::abs(loss_after_ten_steps(abc::mup_table9) - loss) < 1e-12);
}
