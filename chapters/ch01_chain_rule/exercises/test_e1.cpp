#include <functional>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "tests/exercise.h"

using namespace gradus;

Tensor jvp(const std::function<Tensor(const Tensor&)>& f, const Tensor& x,
           const Tensor& v);

TEST_CASE("jvp of an elementwise function is f'(x) v") {
  const Tensor x = from_host({0.5, -1.0, 2.0}, {3}, DType::f64);
  const Tensor v = from_host({1.0, 2.0, -3.0}, {3}, DType::f64);
  const Tensor result = jvp([](const Tensor& t) { return exp(t); }, x, v);
  REQUIRE(result.shape() == x.shape());
  expect_near(
      "J v of exp", result.to_vector(), (exp(x) * v).to_vector(), 1e-12,
      {{"this is f(x): the direction v plays no part", exp(x).to_vector()},
       {"this is a difference quotient, and no derivative",
        (exp(x + v) - exp(x)).to_vector()}});
}

TEST_CASE("jvp of a map to another shape agrees with a central difference") {
  const Tensor x = random_normal({4, 3}, {1, 0}, 1.0, DType::f64);
  const Tensor v = random_normal({4, 3}, {1, 1}, 1.0, DType::f64);
  const Tensor w = random_normal({3, 5}, {1, 2}, 1.0, DType::f64);
  const auto f = [&](const Tensor& t) { return tanh(matmul(t, w)); };
  const Tensor result = jvp(f, x, v);
  INFO("J v has the shape of f(x), J^T u that of x: which did you return?");
  REQUIRE(result.shape() == Shape{4, 5});
  const double h = 1e-5;
  const Tensor slope = (f(x + h * v) - f(x - h * v)) / (2 * h);
  expect_near("J v of tanh(x W)", result.to_vector(), slope.to_vector(),
              1e-8);
}

TEST_CASE("jvp along a direction that f ignores is zero") {
  const Tensor x = from_host({1.0, 2.0}, {2}, DType::f64);
  const Tensor v = from_host({0.0, 1.0}, {2}, DType::f64);
  const Tensor result =
      jvp([](const Tensor& t) { return square(slice(t, 0, 0, 1)); }, x, v);
  REQUIRE(result.shape() == Shape{1});
  expect_near("J v of x_0^2 along x_1", result.item(), 0.0, 0.0);
}
