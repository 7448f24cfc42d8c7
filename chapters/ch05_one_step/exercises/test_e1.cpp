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
#include "tests/exercise.h"

using namespace gradus;

double kernel_sharpness(const Model& net, const std::vector<Tensor>& w,
                        const Tensor& x);

TEST_CASE("one example, one output") {
  const Model net = fcn({.in = 3, .width = 16, .depth = 3, .out = 1});
  const std::vector<Tensor> w = init(net, 1, DType::f64);
  const Tensor x = random_normal({1, 3}, {1, 100}, 1.0, DType::f64);
  const std::vector<Tensor> g = grad(sum(net(w, x)), w);
  const double square = inner_product(g, g);
  expect_near("sharpness", kernel_sharpness(net, w, x), square, 1e-9,
              {{"a length where its square belongs", std::sqrt(square)}});
}

TEST_CASE("the Hessian's largest eigenvalue, by second derivatives") {
  for (const std::int64_t outputs : {1, 3}) {
    const Model net =
        fcn({.in = 3, .width = 32, .depth = 4, .out = outputs, .bias = true});
    const std::vector<Tensor> w = init(net, 2, DType::f64);
    const Tensor x = random_normal({12, 3}, {2, 100}, 1.0, DType::f64);
    const Tensor f = net(w, x);
    Hvp hessian(mse_half_mean(f, stop_gradient(f)), w);
    const double expected =
        sharpness(std::ref(hessian), w, {.tolerance = 1e-8}).lambda_max;
    INFO(outputs << " outputs, 12 examples");
    expect_near("sharpness", kernel_sharpness(net, w, x), expected,
                1e-6 * expected,
                {{"the loss is a mean: a factor N K is too much",
                  expected * 12 * double(outputs)},
                 {"the mean is over the outputs too: a factor K is too much",
                  expected * double(outputs)},
                 {"every output of every example has a row of its own"}});
  }
}
