#include <cmath>
#include <functional>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "nn/instruments/sharpness.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/vectors.h"
#include "tests/catch.h"

using namespace gradus;

double kernel_sharpness(const Model& net, const std::vector<Tensor>& w,
                        const Tensor& x);

TEST_CASE("of one example it is the gradient's squared length") {
  const Model net = fcn({.in = 3, .width = 16, .depth = 3, .out = 1});
  const std::vector<Tensor> w = init(net, 1, DType::f64);
  const Tensor x = random_normal({1, 3}, {1, 100}, 1.0, DType::f64);
  const std::vector<Tensor> g = grad(sum(net(w, x)), w);
  CHECK(std::abs(kernel_sharpness(net, w, x) - inner_product(g, g)) < 1e-9);
}

TEST_CASE(
    "it is the Hessian's largest eigenvalue where the targets are the "
    "outputs") {
  const Model net =
      fcn({.in = 3, .width = 32, .depth = 4, .out = 1, .bias = true});
  const std::vector<Tensor> w = init(net, 2, DType::f64);
  const Tensor x = random_normal({12, 3}, {2, 100}, 1.0, DType::f64);
  const Tensor f = net(w, x);
  Hvp hessian(mse_half_mean(f, stop_gradient(f)), w);
  const double expected =
      sharpness(std::ref(hessian), w, {.tolerance = 1e-8}).lambda_max;
  CHECK(std::abs(kernel_sharpness(net, w, x) / expected - 1) < 1e-6);
}
