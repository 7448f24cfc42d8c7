// How to read a row, and write one. This line tests the op tanh:
//
//   plain("tanh", any, tanh, [](double x) { return std::tanh(x); });
//          |      |    |     the reference: the same function of one number
//          |      |    the op
//          |      where it is sampled: any in (-1.5, 1.5); positive; nonzero, off a kink at 0
//          its name in ops.h
//
// It buys, at five shapes: values against a plain loop, NaN and infinities, gradients to third order
// against differences, f32 against f64, and the CPU against CUDA.

#include "tests/engine/op_rows.h"

#include <cmath>
#include <limits>
#include <utility>

#include "autodiff/grad.h"
#include "tests/engine/op_samples.h"

namespace gradus {
namespace {

using reference::HostArray;
using namespace samples;

// clang-format off: a row of the table stays a row
// --- the rows of one family each ---

const std::vector<Shape> unary_shapes = {{}, {67}, {2, 3}, {2, 1, 3, 1, 2, 2}, {3, 0, 2}};

template <class Op, class Formula>
void unary(Rows& rows, const std::string& op, Tensor (*sample)(const Shape&), Op apply,
           Formula formula, const std::string& variant = "", bool differentiable = true) {
  for (const Shape& shape : unary_shapes)
    rows.push_back({op,
                    variant + to_string(shape),
                    {sample(shape)},
                    [apply](const Tensors& x) { return apply(x[0]); },
                    [formula](const Arrays& x) { return reference::map(formula, x[0]); },
                    true,
                    differentiable});
}

void unary_rows(Rows& rows) {
  const auto plain = [&rows](const std::string& op, Tensor (*sample)(const Shape&),
                             Tensor (*apply)(const Tensor&), double (*formula)(double)) {
    unary(rows, op, sample, apply, formula);
  };
  plain("negate", any, negate, [](double x) { return -x; });
  plain("exp", any, exp, [](double x) { return std::exp(x); });
  plain("log", positive, log, [](double x) { return std::log(x); });
  plain("sqrt", positive, sqrt, [](double x) { return std::sqrt(x); });
  plain("square", any, square, [](double x) { return x * x; });
  plain("abs", nonzero, abs, [](double x) { return std::fabs(x); });
  plain("tanh", any, tanh, [](double x) { return std::tanh(x); });
  plain("sigmoid", any, sigmoid, [](double x) { return 1.0 / (1.0 + std::exp(-x)); });
  plain("relu", nonzero, relu, [](double x) { return std::isnan(x) || x > 0 ? x : 0.0; });
  for (double c : {2.5, -1.0, 0.0}) {
    const std::string by = std::to_string(c) + " ";
    unary(
        rows, "scale", any, [c](const Tensor& x) { return scale(x, c); },
        [c](double x) { return c * x; }, by);
    unary(
        rows, "shift", any, [c](const Tensor& x) { return shift(x, c); },
        [c](double x) { return x + c; }, by);
  }
  for (double c : {3.0, -0.5})
    unary(
        rows, "divide_by", any, [c](const Tensor& x) { return divide_by(x, c); },
        [c](double x) { return x / c; }, std::to_string(c) + " ");
  for (double p : {3.0, 2.0, 1.0, 0.0, 0.5, 1.5, -1.0, -2.5})
    unary(
        rows, "pow", positive, [p](const Tensor& x) { return pow(x, p); },
        [p](double x) { return std::pow(x, p); }, std::to_string(p) + " ");
  unary(
      rows, "sign", nonzero, sign,
      [](double x) { return std::isnan(x) ? x : double(x > 0) - double(x < 0); }, "", false);
}

Tensor spread_a(const Shape& shape) { return spread(shape); }
Tensor spread_b(const Shape& shape) { return spread(shape, 0.05); }

void binary_rows(Rows& rows) {
  const std::vector<std::pair<Shape, Shape>> shapes = {
      {{}, {}},         {{67}, {67}},        {{3, 4}, {4}},
      {{4}, {3, 4}},    {{3, 1}, {1, 4}},    {{}, {2, 3}},
      {{2, 3}, {1}},    {{2, 1, 3}, {5, 1}}, {{2, 1, 3, 1, 2, 2}, {3, 1, 4, 1, 2}},
      {{0, 3}, {1, 3}}, {{2, 0}, {2, 1}},    {{1}, {0}}};
  const auto add_rows = [&](const std::string& op, Tensor (*sample_a)(const Shape&),
                            Tensor (*sample_b)(const Shape&), auto apply,
                            double (*formula)(double, double), bool differentiable = true) {
    for (const auto& [a, b] : shapes)
      rows.push_back({op,
                      to_string(a) + " with " + to_string(b),
                      {sample_a(a), sample_b(b)},
                      [apply](const Tensors& x) { return apply(x[0], x[1]); },
                      [formula](const Arrays& x) { return reference::zip(formula, x[0], x[1]); },
                      true,
                      differentiable});
  };
  add_rows("add", any, any, add, [](double a, double b) { return a + b; });
  add_rows("subtract", any, any, subtract, [](double a, double b) { return a - b; });
  add_rows("multiply", any, any, multiply, [](double a, double b) { return a * b; });
  add_rows("divide", any, nonzero, divide, [](double a, double b) { return a / b; });
  add_rows("maximum", spread_a, spread_b, maximum, [](double a, double b) {
    if (std::isnan(a) || std::isnan(b)) return std::numeric_limits<double>::quiet_NaN();
    return a < b ? b : a;
  });
  // The gate has no gradient, so the row declares it a constant, as a caller does.
  add_rows(
      "where_positive", any, nonzero,
      [](const Tensor& x, const Tensor& gate) { return where_positive(x, stop_gradient(gate)); },
      // A NaN gate lets x through.
      [](double x, double gate) { return gate <= 0 ? 0.0 : x; });
  add_rows(
      "equal", any, any, equal, [](double a, double b) { return double(a == b); }, false);
  add_rows(
      "less", any, any, less, [](double a, double b) { return double(a < b); }, false);
  add_rows(
      "less_equal", any, any, less_equal, [](double a, double b) { return double(a <= b); }, false);
  add_rows(
      "greater", any, any, greater, [](double a, double b) { return double(a > b); }, false);
  add_rows(
      "greater_equal", any, any, greater_equal, [](double a, double b) { return double(a >= b); },
      false);
}

// clang-format on

}  // namespace

Rows op_rows() {
  samples::start_again();  // the same at every call
  Rows rows;
  unary_rows(rows);
  binary_rows(rows);
  shape_op_rows(rows);
  layer_op_rows(rows);
  return rows;
}

}  // namespace gradus
