#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/norms.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "tests/exercise.h"

using namespace gradus;

Model centred(const Model& net, const std::vector<Tensor>& start);

namespace {

Model network() {
  return fcn({.in = 5,
              .width = 16,
              .depth = 3,
              .out = 2,
              .parametrisation = abc::mup_table9,
              .base_width = 4});
}

Tensor inputs(std::uint64_t seed) {
  return random_normal(Shape{7, 5}, {seed, 0}, 1.0, DType::f64);
}

}  // namespace

TEST_CASE("the output begins at zero, whatever the input") {
  const Model net = network();
  const std::vector<Tensor> start = init(net, 1, DType::f64);
  const Model zero = centred(net, start);
  for (const std::uint64_t seed : {2, 3})
    expect_near("size of the output at the start",
                frobenius_norm(zero(start, inputs(seed))), 0, 0,
                {{"what is taken away must depend on the input as f does"}});
}

TEST_CASE("elsewhere it differs by what f is at the start") {
  const Model net = network();
  const std::vector<Tensor> start = init(net, 1, DType::f64),
                            other = init(net, 4, DType::f64);
  const Tensor x = inputs(2);
  const Tensor expected = net(other, x) - net(start, x);
  expect_near(
      "output at other parameters", centred(net, start)(other, x).to_vector(),
      expected.to_vector(), 1e-12,
      {{"this is f: nothing was taken away", net(other, x).to_vector()},
       {"0 everywhere: take away f at the start, not f itself",
        (0.0 * expected).to_vector()}});
}

TEST_CASE("it trains as f does towards y + f_0") {
  const Model net = network();
  const std::vector<Tensor> start = init(net, 1, DType::f64);
  const Tensor x = inputs(2), y = ones({7, 2}, DType::f64);
  const Tensor moved = y + stop_gradient(net(start, x));
  const Model zero = centred(net, start);
  std::vector<Tensor> a = start, b = start;
  for (int step = 0; step < 5; ++step) {
    Sgd(zero, {.lr = 0.1}).step(a, grad(mse_half_mean(zero(a, x), y), a));
    Sgd(net, {.lr = 0.1}).step(b, grad(mse_half_mean(net(b, x), moved), b));
  }
  REQUIRE(frobenius_norm(a[0] - start[0]) > 1e-3);
  for (std::size_t i = 0; i < a.size(); ++i)
    expect_near("weights after five steps", a[i].to_vector(),
                b[i].to_vector(), 1e-12,
                {{"f at the start is a constant: it has no gradient"}});
}
