#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/program/exercises/recorded.h"
#include "tests/catch.h"

using namespace gradus;

int longest_lived(const program::List& list);

namespace {

using Tensors = std::vector<Tensor>;

std::string maker(const program::List& list, int value) {
  for (const program::Call& call : list.calls)
    if (call.write == value) return call.text;
  return "nothing";
}

}  // namespace

TEST_CASE("of a chain with a shortcut it is where the shortcut begins") {
  const program::List list = recorded(
      [](const Tensors& x, Tensors&) -> Tensors {
        const Tensor y = tanh(exp(x[0]));
        return {sqrt(square(square(y))) + y};
      },
      {ones({3})});
  CHECK(maker(list, longest_lived(list)) == "tanh");
}

TEST_CASE("what is seen after the step lives to its end") {
  const program::List list = recorded(
      [](const Tensors& x, Tensors&) -> Tensors {
        const Tensor y = exp(x[0]);
        return {y, square(sqrt(tanh(square(y))))};
      },
      {ones({3})});
  CHECK(maker(list, longest_lived(list)) == "exp");
}

TEST_CASE("in a network it is the first activation") {
  const program::List list = recorded(
      [](const Tensors& x, Tensors& w) -> Tensors {
        Tensor h = x[0];
        for (const Tensor& layer : w) h = relu(matmul(h, layer));
        const Tensors g = grad(sum(h), w);
        for (std::size_t i = 0; i < w.size(); ++i) w[i] = w[i] - 0.1 * g[i];
        return {};
      },
      {ones({4, 3})},
      {ones({3, 5}), ones({5, 6}), ones({6, 7}), ones({7, 2})});
  REQUIRE(list.calls[1].text == "relu");
  CHECK(longest_lived(list) == list.calls[1].write);
}
