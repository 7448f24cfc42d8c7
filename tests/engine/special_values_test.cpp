// Zeros of both signs, infinities, NaN, huge and tiny numbers.
#include <cmath>
#include <limits>

#include "autodiff/grad.h"
#include "tests/catch.h"
#include "tests/engine/op_rows.h"

namespace gradus {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

template <class T>
std::vector<double> special_values() {
  using Limits = std::numeric_limits<T>;
  const std::vector<T> magnitudes = {T(0),
                                     T(1),
                                     T(0.5),
                                     T(3),
                                     T(20),
                                     T(90),
                                     T(720),
                                     Limits::max(),
                                     Limits::min(),
                                     Limits::denorm_min(),
                                     Limits::epsilon(),
                                     Limits::infinity(),
                                     Limits::quiet_NaN()};
  std::vector<double> values;
  for (T m : magnitudes) values.insert(values.end(), {double(m), -double(m)});
  return values;
}

// Equal up to a few roundings; NaN matches NaN only, and an infinity itself only. Numbers below the
// smallest normal one may be rounded to zero.
template <class T>
bool matches(double value, double expected) {
  using Limits = std::numeric_limits<T>;
  if (std::isnan(expected)) return std::isnan(value);
  if (std::isinf(expected) || std::isinf(value)) return value == expected;
  return std::fabs(value - expected) <=
         8 * double(Limits::epsilon()) * std::fabs(expected) + double(Limits::min());
}

// Every special value (every pair, for two operands), each at several places: kernels treat the
// entries of a vector register and those left over with different instructions.
template <class T>
std::vector<Tensor> special_inputs(std::size_t operands, DType dtype) {
  const std::vector<double> values = special_values<T>();
  std::vector<double> left, right;
  for (double a : values)
    for (double b : values) {
      left.push_back(a);
      right.push_back(b);
    }
  const Shape shape{static_cast<std::int64_t>(left.size())};
  std::vector<Tensor> inputs = {from_host(left, shape, dtype)};
  if (operands == 2) inputs.push_back(from_host(right, shape, dtype));
  return inputs;
}

template <class T>
void check_special_values(DType dtype) {
  for (const OpRow& row : op_rows()) {
    if (!row.elementwise || !(row.inputs[0].shape() == Shape{67})) continue;
    const std::vector<Tensor> x = special_inputs<T>(row.inputs.size(), dtype);
    const std::vector<double> y = row.apply(x).to_vector();
    const auto expected = row.reference({x.begin(), x.end()});
    for (std::size_t i = 0; i < y.size(); ++i) {
      const double rounded = double(static_cast<T>(expected.values[i]));
      if (matches<T>(y[i], rounded)) continue;
      INFO(row.name() << " of " << x[0].to_vector()[i] << " and " << x.back().to_vector()[i]);
      CHECK(y[i] == rounded);
    }
  }
}

TEST_CASE("elementwise ops of special values in f64") { check_special_values<double>(DType::f64); }
TEST_CASE("elementwise ops of special values in f32") { check_special_values<float>(DType::f32); }

Tensor vec(const std::vector<double>& values, DType dtype = DType::f64) {
  return from_host(values, {static_cast<std::int64_t>(values.size())}, dtype);
}

TEST_CASE("the sign of a zero survives where IEEE 754 says so") {
  CHECK(std::signbit(negate(scalar(0.0)).item()));
  CHECK(std::signbit(sqrt(scalar(-0.0)).item()));
  CHECK_FALSE(std::signbit(abs(scalar(-0.0)).item()));
  CHECK(divide(scalar(1.0), scalar(-0.0)).item() == -inf);
  CHECK(pow(scalar(-0.0), -1.0).item() == -inf);
}

TEST_CASE("NaN passes through everything that picks one of its operands") {
  CHECK(std::isnan(relu(scalar(nan)).item()));
  CHECK(std::isnan(abs(scalar(nan)).item()));
  CHECK(std::isnan(sigmoid(scalar(nan)).item()));
  CHECK(std::isnan(maximum(scalar(nan), scalar(1)).item()));
  CHECK(std::isnan(maximum(scalar(1), scalar(nan)).item()));
  for (std::size_t at : {0u, 5u, 36u}) {
    std::vector<double> values(37, 1.0);
    values[at] = nan;
    CHECK(std::isnan(max(vec(values)).item()));
    CHECK(std::isnan(sum(vec(values)).item()));
    CHECK(std::isnan(logsumexp(vec(values)).item()));
    CHECK(argmax(vec(values)).item() == static_cast<double>(at));
  }
  // 0 * NaN: a product may not skip a zero factor.
  const Tensor row = from_host({0.0, 0.0}, {1, 2}), column = from_host({nan, 1.0}, {2, 1});
  CHECK(std::isnan(matmul(row, column).item()));
}

TEST_CASE("reductions of infinities and of nothing") {
  CHECK(max(vec({-inf, -inf})).item() == -inf);
  CHECK(argmax(vec({-inf, -inf})).item() == 0);
  CHECK(max(vec({1, inf, 2})).item() == inf);
  CHECK(std::isnan(sum(vec({inf, -inf})).item()));
  CHECK(sum(vec({})).item() == 0);
  CHECK(std::isnan(mean(vec({})).item()));
  CHECK(logsumexp(vec({})).item() == -inf);
  CHECK(logsumexp(vec({-inf, -inf})).item() == -inf);
  CHECK(logsumexp(vec({-inf, 2})).item() == 2);
  CHECK(logsumexp(vec({inf, 2})).item() == inf);
}

TEST_CASE("large logits neither overflow nor lose their gradient") {
  for (DType dtype : {DType::f32, DType::f64}) {
    // log(e^1000 + e^1000) = 1000 + log 2
    CHECK(logsumexp(vec({1000, 1000}, dtype)).item() == Approx(1000.6931471805599));
    CHECK(logsumexp(vec({-1000, -1000}, dtype)).item() == Approx(-999.3068528194401));
    const Tensor x = vec({3e4, 0, -3e4}, dtype);
    CHECK(log_softmax(x).to_vector() == std::vector<double>{0, -3e4, -6e4});
    CHECK(softmax(x).to_vector() == std::vector<double>{1, 0, 0});

    // Both examples are certain: the first is right, the second wrong by a margin of 2e4.
    const Tensor logits = from_host({1e4, -1e4, 1e4, -1e4}, {2, 2}, dtype);
    const Tensor targets = from_host({1.0, 0.0, 0.0, 1.0}, {2, 2}, dtype);
    const Tensor loss = softmax_cross_entropy(logits, targets);
    CHECK(loss.item() == Approx(1e4));  // (0 + 2e4) / 2
    // (p - t) / 2
    CHECK(grad(loss, logits).to_vector() == std::vector<double>{0, 0, 0.5, -0.5});
  }
}

TEST_CASE("saturated functions have gradient 0, not NaN") {
  const Tensor x = vec({-1e30, -750, 750, 1e30});
  for (const auto op : {tanh, sigmoid}) {
    const Tensor y = sum(op(x));
    CHECK(grad(y, x).to_vector() == std::vector<double>{0, 0, 0, 0});
    const Tensor g = grad(y, x, {.record = true});
    CHECK(vjp(g, ones({4}, DType::f64), x).to_vector() == std::vector<double>{0, 0, 0, 0});
  }
  // Masked entries (-inf logits) take part in nothing.
  const Tensor masked = vec({1, -inf, 1});
  for (const Tensor& p : {softmax(masked), grad(logsumexp(masked), masked)}) {
    CHECK(p.to_vector()[0] == Approx(0.5));
    CHECK(p.to_vector()[1] == 0);
  }
}

// The derivative of f at x, and the derivative of that.
std::pair<double, double> derivatives(const std::function<Tensor(const Tensor&)>& f, double at) {
  const Tensor x = scalar(at, DType::f64);
  const Tensor first = grad(f(x), x, {.record = true, .zeros = true});
  return {first.item(), grad(first, x, {.zeros = true}).item()};
}

TEST_CASE("derivatives at kinks, poles and zeros") {
  using Pair = std::pair<double, double>;
  CHECK(derivatives(relu, 0.0) == Pair(0, 0));
  CHECK(derivatives(relu, -0.0) == Pair(0, 0));
  CHECK(derivatives(relu, 1e-300) == Pair(1, 0));
  CHECK(derivatives(abs, 0.0) == Pair(0, 0));
  CHECK(derivatives(abs, -2.0) == Pair(-1, 0));
  CHECK(derivatives(sqrt, 0.0).first == inf);
  CHECK(derivatives(log, 0.0).first == inf);
  for (double p : {0.0, 1.0, 2.0, 3.0}) {  // p x^(p-1) and p (p-1) x^(p-2), without 0 * inf
    INFO(p);
    CHECK(derivatives([p](const Tensor& x) { return pow(x, p); }, 0.0) ==
          Pair(p == 1.0 ? 1 : 0, p == 2.0 ? 2 : 0));
  }
  // A NaN stays visible on the way back as well.
  CHECK(std::isnan(derivatives([](const Tensor& x) { return square(relu(x)); }, nan).first));
  CHECK(std::isnan(derivatives([](const Tensor& x) { return square(max(x)); }, nan).first));
}

TEST_CASE("ties send the whole gradient to the first") {
  const Tensor x = vec({1, 3, 3, 3});
  CHECK(grad(max(x), x).to_vector() == std::vector<double>{0, 1, 0, 0});
  const Tensor a = vec({2, 1}), b = vec({2, 5});
  const auto bars = grad(sum(maximum(a, b)), {a, b});
  CHECK(bars[0].to_vector() == std::vector<double>{1, 0});
  CHECK(bars[1].to_vector() == std::vector<double>{0, 1});
  // First in row-major order over axes 0 and 2 of (2,1,3): entry (0,0,2) before (1,0,0).
  const Tensor y = from_host({1.0, 2, 7, 7, 7, 0}, {2, 1, 3}, DType::f64);
  CHECK(grad(sum(max(y, {0, 2})), y).to_vector() == std::vector<double>{0, 0, 1, 0, 0, 0});
  CHECK(argmax(x).item() == 1);
}

}  // namespace
}  // namespace gradus
