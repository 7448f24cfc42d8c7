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

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "autodiff/grad.h"
#include "autodiff/random.h"

namespace gradus {
namespace {

using reference::HostArray;
using Tensors = std::vector<Tensor>;
using Arrays = std::vector<HostArray>;
using Rows = std::vector<OpRow>;

// --- samplers: f64 points inside an op's domain, another draw at every call ---

std::uint64_t stream = 0;  // of the next sample

Tensor any(const Shape& shape) {
  return random_uniform(shape, {1, stream++}, -1.5, 1.5, DType::f64);
}

Tensor positive(const Shape& shape) {
  return random_uniform(shape, {1, stream++}, 0.5, 2.0, DType::f64);
}

// Magnitude at least 0.5: off the kink of relu and abs, and off the pole of a quotient.
Tensor nonzero(const Shape& shape) {
  std::vector<double> values = any(shape).to_vector();
  for (double& v : values) v += v < 0 ? -0.5 : 0.5;
  return from_host(values, shape, DType::f64);
}

// A shuffled grid around 0 with steps of 0.1, moved by `offset`: no two entries are close, nor any
// two of grids with other offsets.
Tensor spread(const Shape& shape, double offset = 0.0) {
  const Philox random(1, stream++);
  std::vector<double> values(static_cast<std::size_t>(shape.size()));
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = 0.1 * (static_cast<double>(i) - static_cast<double>(values.size() / 2)) + offset;
  for (std::size_t i = values.size(); i > 1; --i)
    std::swap(values[i - 1], values[random.bits(i) % i]);
  return from_host(values, shape, DType::f64);
}

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

void broadcast_rows(Rows& rows) {
  const std::vector<std::pair<Shape, Shape>> shapes = {
      {{}, {}},           {{}, {2, 3}},           {{3}, {2, 3}},
      {{2, 1}, {2, 3}},   {{1, 1, 3}, {2, 4, 3}}, {{2, 1, 3, 1}, {5, 2, 4, 3, 2}},
      {{3}, {1, 3}},      {{1, 3}, {0, 3}},       {{1}, {4, 1, 2, 3, 1, 2}},
      {{0, 1}, {2, 0, 3}}};
  for (const auto& [small, large] : shapes) {
    rows.push_back({"broadcast_to",
                    to_string(small) + " to " + to_string(large),
                    {any(small)},
                    [to = large](const Tensors& x) { return broadcast_to(x[0], to); },
                    [to = large](const Arrays& x) { return reference::broadcast_to(x[0], to); }});
    rows.push_back({"sum_to",
                    to_string(large) + " to " + to_string(small),
                    {any(large)},
                    [to = small](const Tensors& x) { return sum_to(x[0], to); },
                    [to = small](const Arrays& x) { return reference::sum_to(x[0], to); }});
  }
}

std::string to_string(const Axes& axes) {
  std::string text = "axes";
  for (int axis : axes) text += " " + std::to_string(axis);
  return text;
}

void reduce_rows(Rows& rows) {
  struct Case {
    Shape shape;
    Axes axes;
  };
  const std::vector<Case> cases = {
      {{}, {}},         {{37}, {}},          {{3, 4}, {0}},
      {{3, 4}, {-1}},   {{3, 4}, {1, 0}},    {{1, 5}, {0}},
      {{2, 3, 4}, {1}}, {{2, 3, 4}, {0, 2}}, {{2, 3, 2, 2, 1, 2}, {-1, 1, 2}},
      {{2, 0, 3}, {0}}};
  using Op = Tensor (*)(const Tensor&, const Axes&, bool);
  const auto add_rows = [&rows](const std::string& name, Tensor (*sample)(const Shape&), Op op,
                                double (*group)(const std::vector<double>&),
                                const std::vector<Case>& list) {
    for (const Case& c : list)
      for (bool keep : {false, true})
        rows.push_back(
            {name,
             gradus::to_string(c.shape) + " " + to_string(c.axes) + (keep ? " kept" : ""),
             {sample(c.shape)},
             [op, axes = c.axes, keep](const Tensors& x) { return op(x[0], axes, keep); },
             [group, axes = c.axes, keep](const Arrays& x) {
               return reference::reduce(x[0], axes, keep, group);
             }});
  };
  add_rows("sum", any, sum, reference::group_sum, cases);
  add_rows("sum", any, sum, reference::group_sum, {{{2, 0, 3}, {1}}, {{0}, {}}});
  add_rows("mean", any, mean, reference::group_mean, cases);
  add_rows("max", spread_a, max, reference::group_max, cases);
  add_rows("logsumexp", any, logsumexp, reference::group_logsumexp, cases);

  for (const Shape& shape : {Shape{}, Shape{41}, Shape{3, 4}, Shape{0, 2}})
    rows.push_back({"dot",
                    gradus::to_string(shape),
                    {any(shape), any(shape)},
                    [](const Tensors& x) { return dot(x[0], x[1]); },
                    [](const Arrays& x) {
                      return HostArray({}, {reference::inner(x[0].values, x[1].values)});
                    }});
  for (const Case& c : {Case{{7}, {0}}, Case{{3, 4}, {-1}}, Case{{2, 5, 3}, {1}}})
    rows.push_back({"argmax",
                    gradus::to_string(c.shape) + " " + to_string(c.axes),
                    {spread(c.shape)},
                    [axis = c.axes[0]](const Tensors& x) { return argmax(x[0], axis); },
                    [axes = c.axes](const Arrays& x) {
                      return reference::reduce(x[0], axes, false, reference::group_argmax);
                    },
                    false,
                    false});
}

void shape_rows(Rows& rows) {
  struct Reshape {
    Shape from;
    reference::Index dims;
    Shape to;
  };
  const std::vector<Reshape> reshapes = {{{2, 6}, {3, 4}, {3, 4}},        {{2, 6}, {-1}, {12}},
                                         {{2, 6}, {3, -1, 2}, {3, 2, 2}}, {{1, 1}, {}, {}},
                                         {{}, {1, 1, 1}, {1, 1, 1}},      {{0, 3}, {5, 0}, {5, 0}},
                                         {{3, 0}, {3, -1}, {3, 0}}};
  for (const Reshape& r : reshapes)
    rows.push_back({"reshape",
                    to_string(r.from) + " to " + to_string(r.to),
                    {any(r.from)},
                    [dims = r.dims](const Tensors& x) { return reshape(x[0], dims); },
                    [to = r.to](const Arrays& x) { return HostArray(to, x[0].values); }});

  const std::vector<std::pair<Shape, Axes>> transposes = {{{}, {}},
                                                          {{5}, {}},
                                                          {{3, 4}, {}},
                                                          {{37, 41}, {1, 0}},
                                                          {{2, 3, 4}, {}},
                                                          {{2, 3, 4}, {1, 0, 2}},
                                                          {{2, 3, 4}, {0, 2, 1}},
                                                          {{2, 3, 4}, {1, 2, 0}},
                                                          {{2, 3, 4}, {2, 0, 1}},
                                                          {{2, 3, 4}, {-1, 0, -2}},
                                                          {{2, 3, 4}, {0, 1, 2}},
                                                          {{2, 3, 1, 2, 3, 2}, {3, 5, 0, 2, 4, 1}},
                                                          {{2, 0, 3}, {2, 0, 1}}};
  for (const auto& [shape, order] : transposes) {
    Axes positive_order = order;
    for (int& axis : positive_order) axis += axis < 0 ? shape.rank() : 0;
    rows.push_back(
        {"transpose",
         gradus::to_string(shape) + " " + to_string(order),
         {any(shape)},
         [order = order](const Tensors& x) { return transpose(x[0], order); },
         [positive_order](const Arrays& x) { return reference::transpose(x[0], positive_order); }});
  }

  struct Span {
    Shape shape;
    int axis;
    std::int64_t first, second;
  };
  for (const Span& s :
       {Span{{7}, 0, 2, 5}, Span{{3, 4}, 0, 1, 3}, Span{{3, 4}, 1, 0, 4}, Span{{2, 3, 4}, 1, 2, 3},
        Span{{2, 3, 4}, 2, 1, 1}, Span{{2, 2, 3, 1, 2, 2}, 2, 1, 3}, Span{{0, 4}, 1, 1, 2}}) {
    rows.push_back(
        {"slice",
         to_string(s.shape) + " axis " + std::to_string(s.axis) + " from " +
             std::to_string(s.first) + " to " + std::to_string(s.second),
         {any(s.shape)},
         [s](const Tensors& x) { return slice(x[0], s.axis - s.shape.rank(), s.first, s.second); },
         [s](const Arrays& x) { return reference::slice(x[0], s.axis, s.first, s.second); }});
  }
  for (const Span& s :
       {Span{{7}, 0, 2, 5}, Span{{3, 4}, 0, 0, 3}, Span{{3, 4}, 1, 2, 0}, Span{{2, 3, 4}, 1, 0, 0},
        Span{{2, 2, 3, 1, 2, 2}, 2, 1, 3}, Span{{0, 4}, 0, 1, 2}, Span{{2, 0}, 0, 1, 2}})
    rows.push_back(
        {"pad",
         to_string(s.shape) + " axis " + std::to_string(s.axis) + " by " + std::to_string(s.first) +
             " and " + std::to_string(s.second),
         {any(s.shape)},
         [s](const Tensors& x) { return pad(x[0], s.axis, s.first, s.second); },
         [s](const Arrays& x) { return reference::pad(x[0], s.axis, s.first, s.second); }});
}

void row_rows(Rows& rows) {
  struct Case {
    Shape shape;
    reference::Index indices;
  };
  for (const Case& c : {Case{{5}, {4, 0, 0, 2}}, Case{{4, 3}, {3, 1, 3, 3, 0, 2}},
                        Case{{3, 2, 2}, {2}}, Case{{3, 2}, {}}, Case{{3, 0}, {1, 1}}})
    rows.push_back({"gather_rows",
                    to_string(c.shape) + " " + std::to_string(c.indices.size()) + " rows",
                    {any(c.shape)},
                    [i = c.indices](const Tensors& x) { return gather_rows(x[0], i); },
                    [i = c.indices](const Arrays& x) { return reference::gather_rows(x[0], i); }});
  for (const Case& c : {Case{{4}, {4, 0, 0, 2}}, Case{{6, 3}, {3, 1, 3, 3, 0, 2}},
                        Case{{1, 2, 2}, {2}}, Case{{0, 2}, {}}, Case{{2, 0}, {1, 1}}})
    rows.push_back(
        {"scatter_rows",
         to_string(c.shape) + " into 5 rows",
         {any(c.shape)},
         [i = c.indices](const Tensors& x) { return scatter_rows(x[0], i, 5); },
         [i = c.indices](const Arrays& x) { return reference::scatter_rows(x[0], i, 5); }});
}

void matmul_rows(Rows& rows) {
  struct Case {
    std::int64_t m, k, n;
  };
  for (const Case& c : {Case{1, 1, 1}, Case{3, 4, 5}, Case{1, 7, 3}, Case{7, 1, 3}, Case{3, 5, 1},
                        Case{0, 3, 2}, Case{2, 0, 3}, Case{2, 3, 0}, Case{33, 65, 17}})
    for (bool ta : {false, true})
      for (bool tb : {false, true})
        rows.push_back(
            {"matmul",
             std::to_string(c.m) + "x" + std::to_string(c.k) + "x" + std::to_string(c.n) +
                 (ta ? " T" : " N") + (tb ? "T" : "N"),
             {any(ta ? Shape{c.k, c.m} : Shape{c.m, c.k}),
              any(tb ? Shape{c.n, c.k} : Shape{c.k, c.n})},
             [ta, tb](const Tensors& x) { return matmul(x[0], x[1], ta, tb); },
             [ta, tb](const Arrays& x) { return reference::matmul(x[0], x[1], ta, tb); }});
}

void conv_rows(Rows& rows) {
  struct Case {
    Shape images, kernel;
    std::int64_t stride;
    Padding padding;
  };
  const Padding same = Padding::Same(), valid = Padding::Valid();
  const std::vector<Case> cases = {
      {{2, 5, 5, 2}, {3, 3, 2, 3}, 1, same},         {{2, 5, 5, 2}, {3, 3, 2, 3}, 1, valid},
      {{2, 6, 7, 1}, {3, 3, 1, 2}, 2, same},         {{1, 6, 7, 2}, {3, 3, 2, 1}, 2, valid},
      {{1, 7, 8, 1}, {3, 3, 1, 2}, 3, same},         {{1, 8, 7, 1}, {3, 3, 1, 1}, 3, valid},
      {{2, 4, 3, 3}, {1, 1, 3, 2}, 1, same},         {{2, 5, 4, 2}, {1, 1, 2, 2}, 2, same},
      {{1, 5, 5, 2}, {1, 1, 2, 1}, 3, valid},        {{1, 9, 8, 1}, {7, 7, 1, 2}, 1, same},
      {{1, 9, 8, 1}, {7, 7, 1, 1}, 2, same},         {{1, 8, 8, 1}, {7, 7, 1, 1}, 1, valid},
      {{1, 3, 2, 1}, {5, 4, 1, 1}, 1, same},         {{1, 4, 6, 1}, {2, 4, 1, 2}, 2, same},
      {{1, 4, 3, 1}, {3, 2, 1, 2}, 1, {2, 0, 0, 3}}, {{1, 5, 4, 2}, {3, 3, 2, 1}, 2, {1, 2, 0, 1}},
      {{1, 2, 2, 1}, {3, 3, 1, 1}, 3, {4, 4, 4, 4}}, {{0, 4, 4, 1}, {3, 3, 1, 2}, 1, same},
      {{1, 4, 4, 0}, {3, 3, 0, 2}, 1, same},         {{1, 4, 4, 2}, {3, 3, 2, 0}, 1, same},
      {{1, 3, 3, 1}, {3, 3, 1, 1}, 1, valid}};
  for (const Case& c : cases) {
    const HostArray y =
        reference::conv2d(HostArray(c.images), HostArray(c.kernel), c.stride, c.padding);
    const std::string geometry = to_string(c.images) + " * " + to_string(c.kernel) + " stride " +
                                 std::to_string(c.stride) +
                                 (c.padding == same    ? " same"
                                  : c.padding == valid ? " valid"
                                                       : " padded");
    rows.push_back(
        {"conv2d",
         geometry,
         {any(c.images), any(c.kernel)},
         [c](const Tensors& x) { return conv2d(x[0], x[1], c.stride, c.padding); },
         [c](const Arrays& x) { return reference::conv2d(x[0], x[1], c.stride, c.padding); }});
    rows.push_back(
        {"conv2d_images",
         geometry,
         {any(y.shape), any(c.kernel)},
         [c](const Tensors& x) { return conv2d_images(x[0], x[1], c.images, c.stride, c.padding); },
         [c](const Arrays& x) {
           return reference::conv2d_images(x[0], x[1], c.images, c.stride, c.padding);
         }});
    rows.push_back(
        {"conv2d_kernel",
         geometry,
         {any(c.images), any(y.shape)},
         [c](const Tensors& x) { return conv2d_kernel(x[0], x[1], c.kernel, c.stride, c.padding); },
         [c](const Arrays& x) {
           return reference::conv2d_kernel(x[0], x[1], c.kernel, c.stride, c.padding);
         }});
  }
}

void pool_rows(Rows& rows) {
  struct Case {
    Shape images;
    std::int64_t window;
  };
  for (const Case& c : {Case{{2, 4, 6, 3}, 2}, Case{{1, 5, 7, 2}, 2}, Case{{1, 7, 6, 1}, 3},
                        Case{{1, 3, 2, 2}, 1}, Case{{0, 4, 4, 1}, 2}, Case{{1, 4, 4, 5}, 4}}) {
    const Shape pooled = reference::avg_pool2d(HostArray(c.images), c.window).shape;
    const std::string name = to_string(c.images) + " window " + std::to_string(c.window);
    rows.push_back({"avg_pool2d",
                    name,
                    {any(c.images)},
                    [w = c.window](const Tensors& x) { return avg_pool2d(x[0], w); },
                    [w = c.window](const Arrays& x) { return reference::avg_pool2d(x[0], w); }});
    rows.push_back(
        {"avg_unpool2d",
         name,
         {any(pooled)},
         [c](const Tensors& x) { return avg_unpool2d(x[0], c.images, c.window); },
         [c](const Arrays& x) { return reference::avg_unpool2d(x[0], c.images, c.window); }});
  }
}

void softmax_rows(Rows& rows) {
  struct Case {
    Shape shape;
    int axis;
  };
  for (const Case& c : {Case{{9}, 0}, Case{{3, 4}, 1}, Case{{3, 4}, 0}, Case{{2, 3, 2}, 1},
                        Case{{0, 4}, 1}, Case{{3, 1}, 1}}) {
    const std::string name = to_string(c.shape) + " axis " + std::to_string(c.axis);
    rows.push_back({"log_softmax",
                    name,
                    {any(c.shape)},
                    [c](const Tensors& x) { return log_softmax(x[0], c.axis - c.shape.rank()); },
                    [c](const Arrays& x) { return reference::log_softmax(x[0], c.axis); }});
    rows.push_back({"softmax",
                    name,
                    {any(c.shape)},
                    [c](const Tensors& x) { return softmax(x[0], c.axis); },
                    [c](const Arrays& x) {
                      return reference::map([](double v) { return std::exp(v); },
                                            reference::log_softmax(x[0], c.axis));
                    }});
  }
  // Any weights serve as targets: the op is linear in them.
  for (const Shape& shape : {Shape{1, 2}, Shape{5, 3}, Shape{3, 1}})
    rows.push_back({"softmax_cross_entropy",
                    to_string(shape),
                    {any(shape), positive(shape)},
                    [](const Tensors& x) { return softmax_cross_entropy(x[0], x[1]); },
                    [](const Arrays& x) { return reference::softmax_cross_entropy(x[0], x[1]); }});
}

// clang-format on

}  // namespace

std::vector<OpRow> op_rows() {
  stream = 0;  // the same samples at every call
  Rows rows;
  unary_rows(rows);
  binary_rows(rows);
  broadcast_rows(rows);
  reduce_rows(rows);
  shape_rows(rows);
  row_rows(rows);
  matmul_rows(rows);
  conv_rows(rows);
  pool_rows(rows);
  softmax_rows(rows);
  return rows;
}

}  // namespace gradus
