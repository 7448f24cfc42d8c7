#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/program/exercises/recorded.h"
#include "tests/catch.h"

using namespace gradus;

void remove_dead_calls(program::List& list);

namespace {

using Tensors = std::vector<Tensor>;

std::vector<std::string> texts(const program::List& list) {
  std::vector<std::string> all;
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
  REQUIRE(list.calls.size() == 5);
  remove_dead_calls(list);
  CHECK(texts(list) == std::vector<std::string>{"tanh", "sqrt"});
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
  CHECK(texts(list) == std::vector<std::string>{"add"});
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
    CHECK(list.calls.back().text == "subtract");
    return before - list.calls.size();
  };
  CHECK(step(true) == 0);
  CHECK(step(false) == 3);  // the square, the sum, the division
}
