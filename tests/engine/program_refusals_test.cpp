// What programs refuse, and how they say it.
#include <functional>
#include <string>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "autodiff/program/program.h"
#include "tests/catch.h"
#include "tests/engine/fit.h"
#include "tests/engine/test_support.h"

namespace gradus {
namespace {

// The sentence of the first call that fails; it leaves the state as it was.
std::string refusal(const std::function<Tensor(const Tensor& x, const Tensor& w)>& f) {
  Tensor w = ones({2, 3});
  Program step(
      [&](const Tensors& in) -> Tensors {
        const Tensor y = f(in[0], w);
        w = w * 2.0;
        return {y};
      },
      {&w});
  for (int t = 0; t < 5; ++t) {
    const std::vector<double> before = w.to_vector();
    const std::string found = error_of([&] { step({ones({2, 3})}); });
    if (found == "(no error)") continue;
    CHECK(w.to_vector() == before);
    return found;
  }
  return "(no error)";
}

TEST_CASE("what cannot be recorded says so") {
  const Tensor one = ones({2, 3}), two = full({2, 3}, 2);
  Tensor kept;
  Tensors many;
  double number = 1;
  std::int64_t n = 0;
  const auto refused = [](const char* sentence,
                          const std::function<Tensor(const Tensor&, const Tensor&)>& f) {
    CHECK_THAT(refusal(f), ContainsSubstring(sentence));
  };
  refused("(no error)", [](auto& x, auto& w) { return x * w; });
  // The host.
  refused("reads numbers on the host", [](auto& x, auto&) { return x * sum(x).item(); });
  refused("(values)", [](auto& x, auto&) { return x * double(x.template values<float>()[0]); });
  refused("numbers from the host", [](auto& x, auto&) { return x + from_host({1}, {1}); });
  refused("draws random numbers", [](auto& x, auto&) { return x + random_normal({3}, {1, 0}); });
  refused("draws random numbers", [](auto& x, auto&) { return x + random_uniform({3}, {1, 0}); });
  // What stays behind.
  refused("keeps 1 arrays", [&](auto& x, auto& w) { return kept = x * 2.0, x * w; });
  refused("keeps 1 arrays", [&](auto& x, auto&) { return many.push_back(x * 2.0), x; });
  // What is another the next time.
  refused("scale 0.25, was scale 0.125 the next time; sizes must stay",
          [&](auto& x, auto&) { return x * (number *= 0.5); });
  refused("fill 2, was fill 3", [&](auto& x, auto&) { return x + full({3}, double(++n)); });
  refused("fill 0, had a result of another size", [&](auto& x, auto&) {
    return sum(x + zeros({++n, 2, 3}));
  });
  refused("was given other rows", [&](auto& x, auto&) { return gather_rows(x, {++n % 2}); });
  refused("was given other rows", [&](auto& x, auto&) { return scatter_rows(x, {++n % 2, 1}, 2); });
  refused("tanh, was scale 2", [&](auto& x, auto&) { return ++n % 2 ? x * 2.0 : tanh(x); });
  refused("another value, or one of another shape, came out",
          [&](auto& x, auto&) { return ++n % 2 ? x * 2.0 : reshape(x * 2.0, {6}); });
  refused("read another array", [&](auto& x, auto& w) { return ++n % 2 ? x - w : w - x; });
  refused("read another array", [&](auto& x, auto& w) { return x + (++n % 2 ? one : w); });
  refused("captured array of 6 numbers", [&](auto& x, auto&) { return x + (++n % 2 ? one : two); });
}

TEST_CASE("a step that grows longer is refused") {
  int n = 0;
  Program step([&](const Tensors& in) -> Tensors {
    Tensor y = in[0];
    for (int i = 0; i < n; ++i) y = tanh(y);
    ++n;
    return {y};
  });
  step({ones({2})});
  step({ones({2})});
  CHECK_THAT(error_of([&] { step({ones({2})}); }),
             ContainsSubstring("it made 1 calls, and 2 the next time"));
}

TEST_CASE("a captured array that changes outside is refused") {
  Tensor captured = ones({3});
  Program step([&](const Tensors& in) -> Tensors { return {in[0] + captured}; });
  const Tensors x = {ones({2, 3})};
  step(x);
  step(x);
  captured = full({3}, 2);
  CHECK_THAT(error_of([&] { step(x); }), ContainsSubstring("captured array of 3 numbers"));
  captured = ones({3});
  CHECK(step(x)[0].to_vector() == std::vector<double>(6, 2));
  // Later the program holds on to what it saw, until the thousandth call looks again.
  for (int t = 0; t < 990; ++t) step(x);
  captured = full({3}, 2);
  CHECK_THAT(error_of([&] {
               for (int t = 0; t < 10; ++t) step(x);
             }),
             ContainsSubstring("captured array of 3 numbers"));
}

TEST_CASE("inputs and state keep their shapes, and devices") {
  Fit fit;
  Program step([&](const Tensors& b) { return fit.step(b); }, {&fit.w});
  for (int t = 0; t < 5; ++t) step(batch(1));
  const std::vector<double> before = fit.w.to_vector();
  CHECK_THAT(error_of([&] { step(batch(1, 4)); }),
             ContainsSubstring("input 0 is (4,3) f32, and was (8,3) f32"));
  CHECK_THAT(error_of([&] { step({batch(1)[0]}); }), ContainsSubstring("there are 1 inputs"));
  CHECK(fit.w.to_vector() == before);
  fit.w = ones({2, 3}, DType::f64);
  CHECK_THAT(error_of([&] { step(batch(1)); }), ContainsSubstring("state 0 is (2,3) f64"));
}

TEST_CASE("a program may not run inside another") {
  Program inner([](const Tensors& in) -> Tensors { return {in[0] * 2.0}; });
  Program outer([&](const Tensors& in) { return inner(in); });
  outer({ones({2})});
  CHECK_THAT(error_of([&] { outer({ones({2})}); }),
             ContainsSubstring("inside the step of another"));
}

}  // namespace
}  // namespace gradus
