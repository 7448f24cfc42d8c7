#include <cmath>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "data/generators.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "nn/vectors.h"
#include "tests/exercise.h"

using namespace gradus;

using Params = std::vector<Tensor>;

double mean_curvature(const Params& w0, const Params& g0, const Params& w1,
                      const Params& g1);

namespace {

struct Toy {
  Model net = fcn({.in = 1,
                   .width = 12,
                   .depth = 3,
                   .out = 1,
                   .activation = Activation::tanh,
                   .bias = true});
  Tensor x = inputs_of(chebyshev_t5(20), DType::f64),
         y = targets_of(chebyshev_t5(20), DType::f64);

  Tensor loss(const Params& w) const { return mse_half_mean(net(w, x), y); }
};

double found(const Toy& toy, const Params& w0, const Params& w1) {
  return mean_curvature(w0, grad(toy.loss(w0), w0), w1,
                        grad(toy.loss(w1), w1));
}

}  // namespace

TEST_CASE("between two places close by it is the Hessian's") {
  const Toy toy;
  const Params w0 = init(toy.net, 1, DType::f64);
  const Params d = scaled(random_vector(w0, {1, 50}), 1e-4);
  const Params w1 = add_scaled(w0, 1, d);
  Hvp hessian(toy.loss(w0), w0);
  const double exact = inner_product(d, hessian(d)) / inner_product(d, d);
  expect_near("the curvature close by", found(toy, w0, w1), exact,
              0.01 * std::abs(exact));
}

TEST_CASE("between two places far apart it is the mean of the Hessians") {
  const Toy toy;
  const Params w0 = init(toy.net, 1, DType::f64),
               w1 = init(toy.net, 2, DType::f64), d = add_scaled(w1, -1, w0);
  double mean = 0;
  const int points = 400;  // the midpoint rule
  for (int i = 0; i < points; ++i) {
    const Params w = add_scaled(w0, (i + 0.5) / points, d);
    Hvp hessian(toy.loss(w), w);
    mean += inner_product(d, hessian(d)) / inner_product(d, d) / points;
  }
  const Params change =
      add_scaled(grad(toy.loss(w1), w1), -1, grad(toy.loss(w0), w0));
  expect_near(
      "the curvature of a long way", found(toy, w0, w1), mean,
      0.001 * std::abs(mean),
      {{"divide by the squared length of the way", inner_product(d, change)},
       {"it is the change of the gradient, not the gradient, that "
        "the Hessian makes"}});
}
