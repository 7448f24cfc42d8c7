// The gradient check itself: it must find rules that are wrong in the ways rules are wrong.
#include "autodiff/gradient_check.h"

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "autodiff/ops/op.h"
#include "tests/catch.h"
#include "tests/engine/test_support.h"

namespace gradus {
namespace {

// The value of `op` with other rules: `op`'s own graph is cut off.
Function with_rules(const std::function<Tensor(const Inputs&)>& op, const std::vector<Vjp>& rules) {
  return [op, rules](const Inputs& x) {
    const Tensor value = stop_gradient(op(x));
    return rules.size() == 1 ? Inputs{record("wrong", value, {x[0]}, {rules[0]})}
                             : Inputs{record("wrong", value, {x[0], x[1]}, {rules[0], rules[1]})};
  };
}

Inputs points(const std::vector<Shape>& shapes) {
  Inputs x;
  for (const Shape& shape : shapes)
    x.push_back(random_uniform(shape, {11, x.size()}, 0.5, 1.5, DType::f64));
  return x;
}

constexpr double agreement = 1e-8, disagreement = 1e-3;

TEST_CASE("the gradient check refuses f32") {
  const Function f = [](const Inputs& x) { return Inputs{square(x[0])}; };
  CHECK(error_of([&] { gradient_discrepancies(f, {ones({2})}, 1); }) ==
        "[gradient_check] a point is f32, whose rounding hides a wrong gradient; use f64");
}

TEST_CASE("the gradient check accepts right rules") {
  const Function tanh_again =
      with_rules([](const Inputs& x) { return tanh(x[0]); },
                 {[](auto&, auto& y, auto& y_bar) { return y_bar * (1.0 - square(y)); }});
  for (double d : gradient_discrepancies(tanh_again, points({{3, 2}}), 3)) CHECK(d < agreement);
}

TEST_CASE("the gradient check finds an all-zero softmax rule, which ones as cotangents hide") {
  const Vjp zero = [](const Inputs&, const Tensor&, const Tensor& y_bar) {
    return scale(y_bar, 0.0);
  };
  const Function wrong = with_rules([](const Inputs& x) { return softmax(x[0]); }, {zero});
  CHECK(gradient_discrepancies(wrong, points({{3, 4}}), 1)[0] > disagreement);
  // Probabilities sum to 1, so sum(softmax(x)) does have the gradient 0.
  const Function hidden = [&](const Inputs& x) { return Inputs{sum(wrong(x)[0])}; };
  CHECK(gradient_discrepancies(hidden, points({{3, 4}}), 1)[0] < agreement);
}

TEST_CASE("the gradient check finds a flipped sign") {
  const Vjp right = [](const Inputs&, const Tensor&, const Tensor& y_bar) { return y_bar; };
  const Function wrong = with_rules([](const Inputs& x) { return x[0] - x[1]; }, {right, right});
  CHECK(gradient_discrepancies(wrong, points({{5}, {5}}), 1)[0] > disagreement);
}

TEST_CASE("the gradient check finds a missing transpose") {
  // For square operands every shape fits: only the numbers are wrong.
  const Function wrong = with_rules(
      [](const Inputs& x) { return matmul(x[0], x[1]); },
      {[](const Inputs& in, const Tensor&, const Tensor& y_bar) { return matmul(y_bar, in[1]); },
       [](const Inputs& in, const Tensor&, const Tensor& y_bar) {
         return matmul(in[0], y_bar, true, false);
       }});
  CHECK(gradient_discrepancies(wrong, points({{3, 3}, {3, 3}}), 1)[0] > disagreement);
}

TEST_CASE("the gradient check finds a forgotten factor and a forgotten sum") {
  const Function half = with_rules(
      [](const Inputs& x) { return square(x[0]); },
      {[](const Inputs& in, const Tensor&, const Tensor& y_bar) { return y_bar * in[0]; }});
  CHECK(gradient_discrepancies(half, points({{5}}), 1)[0] > disagreement);

  const Function first_row = with_rules(
      [](const Inputs& x) {
        return broadcast_to(x[0], {3, 4});
      },
      {[](const Inputs&, const Tensor&, const Tensor& y_bar) {
        return reshape(slice(y_bar, 0, 0, 1), Shape{4});
      }});
  CHECK(gradient_discrepancies(first_row, points({{4}}), 1)[0] > disagreement);
}

TEST_CASE("the gradient check finds a rule that is right in value but has no derivative") {
  // The cotangent of x^3 is right, but x enters as a constant: the Hessian would be 0.
  const Function wrong = with_rules([](const Inputs& x) { return pow(x[0], 3.0); },
                                    {[](const Inputs& in, const Tensor&, const Tensor& y_bar) {
                                      return scale(y_bar * stop_gradient(square(in[0])), 3.0);
                                    }});
  const std::vector<double> found = gradient_discrepancies(wrong, points({{5}}), 2);
  CHECK(found[0] < agreement);
  CHECK(found[1] > disagreement);
}

TEST_CASE("the gradient check finds a second derivative that is wrong") {
  // y_bar enters as a constant: first order is right, the derivative in y_bar is missing.
  const Function wrong =
      with_rules([](const Inputs& x) { return exp(x[0]); },
                 {[](auto&, auto& y, auto& y_bar) { return y * stop_gradient(y_bar); }});
  const std::vector<double> found = gradient_discrepancies(wrong, points({{5}}), 2);
  CHECK(found[0] < agreement);
  CHECK(found[1] > disagreement);
}

}  // namespace
}  // namespace gradus
