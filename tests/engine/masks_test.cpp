// Ops that pick: the gradient goes where the value came from, and what is masked gets 0, also where
// 0 would meet an infinity. Most values were found by comparing with other libraries; where those
// answer differently, ops.h says so.
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "tests/catch.h"
#include "tests/engine/test_support.h"

namespace gradus {
namespace {

using Values = std::vector<double>;
constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Tensor vec(const Values& values, DType dtype = DType::f64) {
  return from_host(values, {static_cast<std::int64_t>(values.size())}, dtype);
}

// Equal, where NaN equals NaN.
bool same(const Values& a, const Values& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](double u, double v) { return u == v || (std::isnan(u) && std::isnan(v)); });
}

TEST_CASE("masks select: a masked entry has gradient 0 behind an infinite cotangent") {
  struct Case {
    const char* name;
    std::function<Tensor(const Tensor&)> f;
    Values x, first, second;  // the gradient of sum(f), and that of its sum
  };
  const auto zeros_like = [](const Tensor& x) { return full_like(x, 0.0); };
  // clang-format off: a table
  const std::vector<Case> cases = {
      // sqrt' = 1/(2 sqrt x) and sqrt'' = -1/(4 x^1.5) are infinite at 0; at 4 they are 1/4 and -1/32
      {"maximum(x, 0)",
       [&](const Tensor& x) { return sqrt(maximum(x, zeros_like(x))); },
       {-1, 4},
       {0, 0.25},
       {0, -0.03125}},
      {"maximum(0, x)",
       [&](const Tensor& x) { return sqrt(maximum(zeros_like(x), x)); },
       {-1, 0, 4},
       {0, 0, 0.25},
       {0, 0, -0.03125}},
      {"relu",
       [](const Tensor& x) { return sqrt(relu(x)); },
       {-1, 0, 4},
       {0, 0, 0.25},
       {0, 0, -0.03125}},
      {"abs",
       [](const Tensor& x) { return sqrt(abs(x)); },
       {0, -0.0, -4, 4},
       {0, 0, -0.25, 0.25},
       {0, 0, -0.03125, -0.03125}},
      {"where_positive",
       [](const Tensor& x) { return sqrt(where_positive(x, stop_gradient(x))); },
       {-1, 0, 4},
       {0, 0, 0.25},
       {0, 0, -0.03125}},
      // log' = 1/x, log'' = -1/x^2
      {"max", [](const Tensor& x) { return log(max(x)); }, {-1, 0}, {0, inf}, {0, -inf}},
      {"max with ties",
       [](const Tensor& x) { return log(max(x)); },
       {-1, 0, 0},
       {0, inf, 0},
       {0, -inf, 0}},
      {"the smallest", [](const Tensor& x) { return log(-max(-x)); }, {0, 1}, {inf, 0}, {-inf, 0}},
      {"pow with exponent 0",
       [](const Tensor& x) { return sqrt(pow(x, 0.0) - 1.0); },
       {2, 0},
       {0, 0},
       {0, 0}},
  };
  // clang-format on
  for (DType dtype : {DType::f32, DType::f64})
    for (const Case& c : cases) {
      INFO(c.name << " in " << dtype);
      const Tensor x = vec(c.x, dtype);
      const Tensor first = grad(sum(c.f(x)), x, {.record = true});
      CHECK(same(first.to_vector(), c.first));
      CHECK(same(grad(sum(first), x, {.zeros = true}).to_vector(), c.second));
    }
}

TEST_CASE("the gradient goes where a NaN came from") {
  const Tensor a = vec({nan, 1, nan, 2}), b = vec({1, nan, nan, 2});
  const auto bars = grad(sum(maximum(a, b)), {a, b});
  CHECK(bars[0].to_vector() == Values{1, 0, 1, 1});
  CHECK(bars[1].to_vector() == Values{0, 1, 0, 0});

  const Tensor x = vec({5, nan, 7, nan});
  CHECK(grad(max(x), x).to_vector() == Values{0, 1, 0, 0});
  CHECK(grad(sum(relu(x)), x).to_vector() == Values{1, 1, 1, 1});
  CHECK(grad(sum(where_positive(x, vec({-1, 1, nan, -1}))), x).to_vector() == Values{0, 1, 1, 0});
  CHECK(same(grad(sum(abs(x)), x).to_vector(), {1, nan, 1, nan}));
  CHECK(same(sign(x).to_vector(), {1, nan, 1, nan}));
}

TEST_CASE("max over more entries than f32 counts marks one of them") {
  const std::int64_t n = (std::int64_t{1} << 24) + 5;
  const Tensor x = pad(ones({2}), 0, n - 3, 1);  // the largest come last, and their positions round
  const Tensor mask = grad(max(x), x);
  CHECK(sum(mask).item() == 1);
  CHECK(mask.values<float>()[static_cast<std::size_t>(n - 3)] == 1);
  CHECK(error_of([&] { arange(n); }) ==
        "[arange] 16777221 numbers: those above 2^24 do not fit f32; use f64");
}

TEST_CASE("log_softmax keeps the digits of small results beside large logits in f32") {
  // y_i = z_i - log(sum e^z) with z = x - max(x), in long double
  const auto expected = [](const Values& x) {
    const long double largest = *std::max_element(x.begin(), x.end());
    long double total = 0;
    Values y;
    for (double v : x) total += std::exp(v - largest);
    for (double v : x) y.push_back(static_cast<double>(v - largest - std::log(total)));
    return y;
  };
  for (const Values& x : {Values{700, 710, 720}, Values{30, 22, 21}, Values{-5000, -4990, -4999}}) {
    const Values y = log_softmax(vec(x, DType::f32)).to_vector(), right = expected(x);
    for (std::size_t i = 0; i < y.size(); ++i)
      CHECK(std::fabs(y[i] - right[i]) <= 2e-4 * std::fabs(right[i]));
  }
  CHECK(same(log_softmax(vec({-inf, 0})).to_vector(), {-inf, 0}));
  CHECK(same(log_softmax(vec({inf, 0, 1})).to_vector(), {nan, nan, nan}));
  CHECK(same(log_softmax(vec({-inf, -inf})).to_vector(), {nan, nan}));
}

TEST_CASE("cross-entropy: 0 log 0 is 0, in value and derivatives") {
  const auto row = [](const Values& values, DType dtype) {
    return from_host(values, {1, 2}, dtype);
  };
  struct Case {
    Values logits, targets;
    double loss;
    Values first;  // p - t
  };
  for (DType dtype : {DType::f32, DType::f64}) {
    const double huge = dtype == DType::f32 ? 3e38 : 1.7e308;  // their difference overflows
    for (const Case& c :
         {Case{{-inf, 0}, {0, 1}, 0, {0, 0}}, Case{{-huge, huge}, {0, 1}, 0, {0, 0}},
          Case{{-inf, 0}, {1, 0}, inf, {-1, 1}}, Case{{huge, -huge}, {0, 1}, inf, {1, -1}}}) {
      const Tensor logits = row(c.logits, dtype), targets = row(c.targets, dtype);
      const Tensor loss = softmax_cross_entropy(logits, targets);
      CHECK(loss.item() == c.loss);
      const Tensor first = grad(loss, logits, {.record = true});
      CHECK(first.to_vector() == c.first);
      // diag(p) - p p^T is 0 where one class is certain.
      CHECK(vjp(first, row({1, 2}, dtype), logits).to_vector() == Values{0, 0});
    }
  }
  // In the targets the loss is linear, also at 0: its slope is -log p there.
  const Tensor logits = row({0, 0}, DType::f64), targets = row({1, 0}, DType::f64);
  for (double slope : grad(softmax_cross_entropy(logits, targets), targets).to_vector())
    CHECK(slope == Approx(std::log(2.0)));
  // A diverged run stays visible, in a row without weight too.
  CHECK(
      std::isnan(softmax_cross_entropy(row({nan, 0}, DType::f64), row({0, 0}, DType::f64)).item()));
}

}  // namespace
}  // namespace gradus
