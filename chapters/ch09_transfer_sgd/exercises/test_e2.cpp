#include <cmath>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/norms.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "tests/exercise.h"

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
  for (Tensor& tensor : w) {
    tensor = ones(tensor.shape(), DType::f64);  // biases begin at 0
    none.push_back(0.0 * tensor);
  }
  const std::vector<Tensor> before = w;
  Sgd sgd(net, {.lr = 0.1});
  sgd.step(w, with_decay(net, none, w, 0.5));
  for (std::size_t i = 0; i < w.size(); ++i) {
    INFO(net.params[i].name);
    const double factor = net.params[i].sgd_lr;
    expect_near("share that is left after a step", rms(w[i]) / rms(before[i]),
                0.95, 1e-12,
                {{"the optimiser multiplies by the tensor's factor as well",
                  1 - 0.05 * factor},
                 {"divide by the factor, since the optimiser multiplies",
                  1 - 0.05 * factor * factor},
                 {"the learning rate is the optimiser's business", 0.5}});
  }
}

TEST_CASE("the three forms of muP stay one training with weight decay") {
  const double loss = loss_after_ten_steps(abc::mup_table3);
  for (const Parametrisation& form : {abc::mup_table8, abc::mup_table9}) {
    INFO(form.name);
    expect_near("loss after ten steps", loss_after_ten_steps(form), loss,
                1e-12,
                {{"the share depends on the form of the table, and with it "
                  "the training"}});
  }
}
