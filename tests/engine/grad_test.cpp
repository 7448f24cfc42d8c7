// What grad and vjp promise, whatever the ops.
#include "autodiff/grad.h"

#include <cmath>

#include "autodiff/check.h"
#include "autodiff/ops.h"
#include "autodiff/ops/op.h"
#include "tests/catch.h"
#include "tests/engine/test_support.h"

namespace gradus {
namespace {

using Values = std::vector<double>;

Tensor number(double value) { return scalar(value, DType::f64); }
Tensor vec(const Values& values) {
  return from_host(values, {static_cast<std::int64_t>(values.size())}, DType::f64);
}

TEST_CASE("a node used several times gets the sum of its cotangents") {
  const Tensor x = number(3);
  CHECK(grad(x + x, x).item() == 2);
  CHECK(grad(x * x, x).item() == 6);
  CHECK(grad(x * x * x, x).item() == 27);
  const Tensor y = square(x);  // a diamond: y^2 + y^3 at y = 9
  CHECK(grad(y * y + y * y * y, x).item() == (2 * 9 + 3 * 81) * 6);
}

TEST_CASE("a ladder of diamonds is linear work") {
  // 2^200 paths: an order that is not topological would never end.
  const Tensor x = number(1);
  Tensor y = x;
  for (int i = 0; i < 200; ++i) y = y + y;
  CHECK(grad(y, x).item() == 0x1p200);
}

TEST_CASE("diamonds of different lengths are summed before they go on") {
  // y feeds z directly and through a long detour.
  const Tensor x = number(2);
  const Tensor y = square(x);
  Tensor detour = y;
  for (int i = 0; i < 5; ++i) detour = detour + 1.0;
  CHECK(grad(y * detour, x).item() == (2 * 4 + 5) * 4);  // d(y^2 + 5 y) = (2 y + 5) 2 x
}

TEST_CASE("gradients with respect to inner nodes and to the output itself") {
  const Tensor x = number(3);
  const Tensor y = square(x), z = y * x;
  const auto bars = grad(z, {x, y, z, x});
  CHECK(bars[0].item() == 27);  // through both
  CHECK(bars[1].item() == 3);
  CHECK(bars[2].item() == 1);
  CHECK(bars[3].item() == 27);  // asked twice, answered twice
}

TEST_CASE("several outputs add up") {
  const Tensor x = vec({1, 2});
  const Tensor y = square(x), z = sum(x);
  CHECK(vjp({y, z}, {vec({1, 10}), number(100)}, {x})[0].to_vector() == Values{102, 140});
  // the same output twice, and an output that is another's input
  CHECK(vjp({y, y}, {vec({1, 0}), vec({0, 1})}, {x})[0].to_vector() == Values{2, 4});
  CHECK(vjp({square(y), y}, {vec({1, 1}), vec({1, 1})}, {x})[0].to_vector() ==
        Values{4 + 2, 32 + 4});
  // an output that is an input
  CHECK(vjp({x, y}, {vec({7, 8}), vec({1, 1})}, {x})[0].to_vector() == Values{9, 12});
}

TEST_CASE("cotangents given by the caller keep their values") {
  // Accumulation is in place only where nobody else can see it.
  const Tensor x = vec({1, 2}), y_bar = vec({5, 6});
  const Tensor y = x + x + x;
  CHECK(vjp(y, y_bar, x).to_vector() == Values{15, 18});
  CHECK(y_bar.to_vector() == Values{5, 6});
  // A rule that hands on its cotangent, or a view of it, to two inputs.
  const Tensor a = vec({1, 2});
  const auto bars = vjp({reshape(a, Shape{2, 1}) + reshape(x, Shape{2, 1})},
                        {reshape(y_bar, Shape{2, 1})}, {a, x});
  CHECK(bars[0].to_vector() == Values{5, 6});
  CHECK(y_bar.to_vector() == Values{5, 6});
  const Tensor w = vec({1, 1});
  const Tensor shared = a + w;  // both get the same tensor; then w alone gets more
  const auto two = vjp({shared * x, w * x}, {vec({1, 1}), vec({1, 1})}, {a, w});
  CHECK(two[0].to_vector() == Values{1, 2});
  CHECK(two[1].to_vector() == Values{2, 4});
  // An inner node's cotangent, asked for, is not changed by what comes after it.
  const auto inner = grad(sum(shared) + sum(w), {shared, w, a});
  CHECK(inner[0].to_vector() == Values{1, 1});
  CHECK(inner[1].to_vector() == Values{2, 2});
  CHECK(inner[2].to_vector() == Values{1, 1});
}

TEST_CASE("an input that the output does not reach is an error, or zeros where asked for") {
  const Tensor x = vec({1, 2}), other = vec({1, 2, 3});
  const Tensor y = sum(x);
  CHECK(error_of([&] {
          grad(y, {x, other});
        }) ==
        "[grad] the output does not depend on input 1, of shape (3); was it computed under NoGrad "
        "or by grad without record? Ask for zeros where none is meant");
  const auto bars = grad(y, {x, other}, {.zeros = true});
  CHECK(bars[0].to_vector() == Values{1, 1});
  CHECK(bars[1].shape() == Shape{3});
  CHECK(bars[1].dtype() == DType::f64);
  CHECK(bars[1].to_vector() == Values{0, 0, 0});
}

TEST_CASE("a forgotten record is an error, not a zero Hessian") {
  const Tensor x = vec({1, 2});
  const Tensor y = sum(x * square(x));
  const Tensor g = grad(y, x);
  CHECK(error_of([&] { grad(sum(g), x); }) != "(no error)");
  const Tensor recorded = grad(y, x, {.record = true});
  CHECK(recorded.to_vector() == g.to_vector());
  CHECK(grad(sum(recorded), x).to_vector() == Values{6, 12});
}

TEST_CASE("grad needs a scalar, vjp a cotangent of the output's shape and dtype") {
  const Tensor x = vec({1, 2});
  CHECK(error_of([&] { grad(square(x), x); }) ==
        "[grad] the output has shape (2); a gradient needs a scalar: use sum(), mean(), or vjp() "
        "with a cotangent");
  CHECK(error_of([&] {
          vjp(square(x), vec({1, 2, 3}), x);
        }) == "[vjp] output 0 is (2) f64 but its cotangent (3) f64");
  CHECK(error_of([&] { vjp(square(x), ones({2}), x); }) ==
        "[vjp] output 0 is (2) f64 but its cotangent (2) f32");
  CHECK(error_of([&] { vjp(std::vector{square(x)}, {}, {x}); }) ==
        "[vjp] 1 outputs but 0 cotangents");
  // One entry is enough, whatever the rank.
  const Tensor one = from_host(Values{3}, {1, 1}, DType::f64);
  CHECK(grad(square(one), one).to_vector() == Values{6});
}

TEST_CASE("empty handles are errors in grad and vjp") {
  const Tensor x = vec({1, 2}), nothing;
  CHECK(error_of([&] { grad(nothing, x); }) != "(no error)");
  CHECK(error_of([&] { grad(sum(x), nothing); }) == "[vjp] an input holds nothing");
  CHECK(error_of([&] { vjp(nothing, x, x); }) != "(no error)");
  CHECK(error_of([&] { vjp(square(x), nothing, x); }) != "(no error)");
  CHECK(error_of([&] { stop_gradient(nothing); }) != "(no error)");
  CHECK(grad(sum(x), std::vector<Tensor>{}).empty());
  CHECK(vjp(std::vector<Tensor>{}, {}, {x}, {.zeros = true})[0].to_vector() == Values{0, 0});
}

TEST_CASE("grad records only when asked") {
  const Tensor x = vec({1, 2});
  const Tensor y = sum(square(x));
  CHECK(grad(y, x).node()->inputs.empty());
  CHECK_FALSE(grad(y, x, {.record = true}).node()->inputs.empty());
  CHECK(recording());
}

TEST_CASE("NoGrad switches recording off for its lifetime, also after an error") {
  const Tensor x = vec({1, 2});
  CHECK(recording());
  {
    const NoGrad outer;
    CHECK_FALSE(recording());
    {
      const NoGrad inner;
      CHECK_FALSE(recording());
    }
    CHECK_FALSE(recording());
    const Tensor y = square(x);
    CHECK(y.to_vector() == Values{1, 4});
    CHECK(y.node()->inputs.empty());
    CHECK(error_of([&] { grad(sum(y), x); }) != "(no error)");
  }
  CHECK(recording());
  try {
    const NoGrad values_only;
    matmul(x, x);
  } catch (const Error&) {
  }
  CHECK(recording());
  CHECK(error_of([&] { grad(square(x), x); }) != "(no error)");
  CHECK(recording());
}

TEST_CASE("a gradient taken under NoGrad is the same, and can be recorded") {
  const Tensor x = vec({1, 2});
  const Tensor y = sum(x * square(x));
  const NoGrad values_only;
  CHECK(grad(y, x).to_vector() == Values{3, 12});
  const Tensor g = grad(y, x, {.record = true});
  CHECK_FALSE(recording());
  CHECK(vjp(g, vec({1, 1}), x).to_vector() == Values{6, 12});
}

TEST_CASE("stop_gradient keeps the value and cuts the graph") {
  const Tensor x = vec({2, 3});
  const Tensor cut = stop_gradient(square(x));
  CHECK(cut.to_vector() == Values{4, 9});
  CHECK(grad(sum(cut * x), x).to_vector() == Values{4, 9});  // not 3 x^2
  CHECK(error_of([&] { grad(sum(cut), x); }) != "(no error)");
}

TEST_CASE("only the paths to the asked inputs are followed") {
  // The other operand's rule would be an error: it must not be asked.
  const Tensor x = vec({1, 2}), w = vec({3, 4});
  const Tensor y = sum(x * sign(w));
  CHECK(grad(y, x).to_vector() == Values{1, 1});
  CHECK(error_of([&] { grad(y, w); }) ==
        "[sign] has no gradient with respect to input 0; use stop_gradient where a constant is "
        "meant");
  int calls = 0;
  const Tensor counted = record("counted", stop_gradient(w), {w},
                                {[&calls](const Inputs&, const Tensor&, const Tensor& y_bar) {
                                  ++calls;
                                  return y_bar;
                                }});
  const Tensor z = sum(x * counted);
  grad(z, x);
  CHECK(calls == 0);
  grad(z, {x, w});
  CHECK(calls == 1);
}

TEST_CASE("a rule that returns the wrong shape is an error that names its op") {
  const Tensor x = vec({1, 2});
  const Tensor y =
      record("sloppy", number(3), {x},
             {[](const Inputs&, const Tensor&, const Tensor& y_bar) { return y_bar; }});
  CHECK(error_of([&] { grad(y, x); }) ==
        "[sloppy] the rule of input 0 gave a cotangent of shape () for an input of shape (2)");
}

TEST_CASE("derivatives to the sixth order of a composition") {
  // The derivatives of e^(2x) are 2^k e^(2x).
  const Tensor x = number(0.5);
  Tensor y = exp(scale(x, 2.0));
  for (int k = 1; k <= 6; ++k) {
    y = grad(y, x, {.record = true});
    CHECK(y.item() == Approx(std::pow(2.0, k) * std::exp(1.0)).epsilon(1e-13));
  }
}

TEST_CASE("the value a gradient is taken at can be dropped by the caller") {
  Tensor x = vec({1, 2});
  Tensor y = sum(square(x));
  const Tensor g = grad(y, x, {.record = true});
  const Tensor kept = x;
  x = Tensor();
  y = Tensor();
  CHECK(grad(sum(g), kept).to_vector() == Values{2, 2});
}

}  // namespace
}  // namespace gradus
