#include <cmath>
#include <functional>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "data/generators.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "tests/catch.h"

using namespace gradus;

double largest_stable(const std::function<bool(double)>& stable, double low,
                      double high, int halvings);

namespace {

// Whether the loss on all points stays below its start for ten steps.
bool falls(std::int64_t width, double lr) {
  const Samples samples = spiral();
  const Tensor x = inputs_of(samples), t = targets_of(samples);
  const Model net =
      fcn({.in = 2, .width = width, .depth = 3, .out = 3, .bias = true});
  std::vector<Tensor> w = init(net, 0);
  Sgd sgd(net, {.lr = lr});
  double start = 0;
  for (int step = 0; step < 10; ++step) {
    const Tensor loss = softmax_cross_entropy(net(w, x), t);
    if (step == 0) start = loss.item();
    if (!(loss.item() <= start)) return false;
    sgd.step(w, grad(loss, w));
  }
  return true;
}

}  // namespace

TEST_CASE("on a parabola the edge is 2 over the curvature") {
  const auto stable = [](double lr) { return std::abs(1 - 8 * lr) < 1; };
  CHECK(std::abs(largest_stable(stable, 0.001, 10, 20) - 0.25) < 1e-4);
}

TEST_CASE("each try halves what is left") {
  int tries = 0;
  const auto stable = [&](double lr) { return ++tries, lr < 3; };
  const double edge =
      largest_stable(stable, 1, 16, 3);  // 4 no, 2 yes, 2.83 yes
  CHECK(tries == 3);
  CHECK(std::abs(edge - std::sqrt(8.0)) < 1e-12);
}

TEST_CASE("four times the width, a quarter of the rate") {
  const auto edge = [](std::int64_t width) {
    return largest_stable([=](double lr) { return falls(width, lr); }, 0.001,
                          10, 8);
  };
  const double ratio = edge(64) / edge(256);
  CAPTURE(ratio);
  CHECK(ratio > 2);
  CHECK(ratio < 8);
}
