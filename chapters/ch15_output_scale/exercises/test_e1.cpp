#include <cmath>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/norms.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "tests/exercise.h"

using namespace gradus;

struct Task {
  Tensor labels;
  double lr;
};
Task without_alpha(double alpha, const Task& task);

namespace {

std::vector<Tensor> trained(double alpha, const Task& task) {
  const Model net = fcn(
      {.in = 6, .width = 16, .depth = 3, .out = 3, .last = {.alpha = alpha}});
  std::vector<Tensor> w = init(net, 1, DType::f64);
  const Tensor x = random_normal({20, 6}, {1, 100}, 1.0, DType::f64);
  Sgd sgd(net, {.lr = task.lr});
  for (int step = 0; step < 10; ++step)
    sgd.step(w, grad(mse_half_mean(net(w, x), task.labels), w));
  return w;
}

}  // namespace

TEST_CASE("g goes through the same weights without alpha") {
  const Tensor y = random_normal({20, 3}, {1, 101}, 1.0, DType::f64);
  for (const double alpha : {0.25, 1.0, 3.0}) {
    const Task task{y, 0.2 / (alpha * alpha)};
    const std::vector<Tensor> with = trained(alpha, task);
    const std::vector<Tensor> without =
        trained(1, without_alpha(alpha, task));
    for (std::size_t i = 0; i < with.size(); ++i) {
      INFO("alpha " << alpha << ", tensor " << i);
      expect_near(
          "weights after ten steps", without[i].to_vector(),
          with[i].to_vector(), 1e-11,
          {{"alpha g - y = alpha (g - y / alpha): labels / alpha, and the "
            "factor alpha comes out of the loss squared"}});
    }
  }
}
