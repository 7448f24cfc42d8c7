#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/norms.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "tests/exercise.h"

using namespace gradus;

std::vector<Tensor> trained(const Tensor& u, const Tensor& v, double lr,
                            int steps);

TEST_CASE("u and v after a catapult are those of the engine") {
  const Model net = uv({.width = 50});
  const Tensor x = ones({1, 1}, DType::f64), y = zeros({1, 1}, DType::f64);
  const std::vector<Tensor> start = init(net, 3, DType::f64);
  const double lam0 =
      (dot(start[0], start[0]).item() + dot(start[1], start[1]).item()) / 50;
  for (const double c : {1.0, 2.5, 3.5}) {
    INFO("c " << c);
    const double lr = c / lam0;
    std::vector<Tensor> w = start;
    Sgd sgd(net, {.lr = lr});
    for (int step = 0; step < 10; ++step)
      sgd.step(w, grad(mse_half_mean(net(w, x), y), w));
    const std::vector<Tensor> found = trained(start[0], start[1], lr, 10);
    for (std::size_t i = 0; i < 2; ++i)
      expect_near(
          i == 0 ? "u after ten steps" : "v after ten steps",
          found[i].to_vector(), w[i].to_vector(),
          1e-9 * frobenius_norm(start[i]),
          {{"nothing has moved", start[i].to_vector()},
           {"u + v shrinks by 1 - phi, u - v grows by 1 + phi; phi is that "
            "of the step's beginning"}});
  }
}

TEST_CASE("no step changes nothing") {
  const std::vector<Tensor> w = init(uv({.width = 5}), 1, DType::f64);
  const std::vector<Tensor> found = trained(w[0], w[1], 1.0, 0);
  for (std::size_t i = 0; i < 2; ++i)
    expect_near("u, v", found[i].to_vector(), w[i].to_vector(), 1e-14);
}
