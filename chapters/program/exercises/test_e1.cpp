#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/program/exercises/recorded.h"
#include "tests/exercise.h"

using namespace gradus;

void remove_dead_calls(program::List& list);

namespace {

using Tensors = std::vector<Tensor>;
using Texts = std::vector<std::string>;

Texts texts(const program::List& list) {
  Texts all;
  for (const program::Call& call : list.calls) all.push_back(call.text);
  return all;
}

}  // namespace

TEST_CASE("a chain that nobody reads goes, whole") {
  program::List list = recorded(
      [](const Tensors& x, Tensors&) -> Tensors {
        const Tensor y = tanh(x[0]);
        const Tensor dead = exp(square(y)) + y;
        return {sqrt(y)};
      },
      {ones({3})});
  const Texts all = texts(list);
  REQUIRE(all.size() == 5);
  remove_dead_calls(list);
  expect_equal<Texts>(
      "calls that are left of " + Catch::Detail::stringify(all), texts(list),
      {"tanh", "sqrt"},
      {{"nothing is removed yet", all},
       {"what only dead calls read is dead too: a chain dies from its end",
        Texts{"tanh", "square", "exp", "sqrt"}},
       {"what the step returns is needed, though no call reads it", Texts{}},
       {"those that are left keep their order", Texts{"sqrt", "tanh"}}});
}

TEST_CASE("what the state depends on stays") {
  program::List list = recorded(
      [](const Tensors& x, Tensors& w) -> Tensors {
        const Tensor unused = w[0] * x[0];
        w[0] = w[0] + x[0];
        return {};
      },
      {ones({3})}, {ones({3})});
  remove_dead_calls(list);
  expect_equal<Texts>(
      "calls that are left of a product and an update", texts(list), {"add"},
      {{"the new state is seen after the step, as results are", Texts{}}});
}

TEST_CASE("without the loss, its value need not be computed") {
  const auto step = [](bool wanted) {
    program::List list = recorded(
        [=](const Tensors& x, Tensors& w) -> Tensors {
          const Tensor loss = mean(square(matmul(x[0], w[0])));
          w[0] = w[0] - 0.1 * grad(loss, w[0]);
          return wanted ? Tensors{loss} : Tensors();
        },
        {ones({2, 3})}, {ones({3, 1})});
    const std::size_t before = list.calls.size();
    remove_dead_calls(list);
    REQUIRE(list.calls.size() > 0);
    CHECK(list.calls.back().text == "subtract");
    return before - list.calls.size();
  };
  expect_equal<std::size_t>("dead calls of a step that returns its loss",
                            step(true), 0);
  // the square, the sum, the division
  expect_equal<std::size_t>("dead calls of a step that does not", step(false),
                            3);
}
