#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/program/exercises/recorded.h"
#include "tests/exercise.h"

using namespace gradus;

int longest_lived(const program::List& list);

namespace {

using Tensors = std::vector<Tensor>;
using Causes = std::vector<Cause<std::string>>;

// The call that writes the value which the answer names.
std::string maker(const program::List& list) {
  const int value = longest_lived(list);
  for (const program::Call& call : list.calls)
    if (call.write == value) return call.text;
  return value < 0 ? "none" : "no call";
}

void expect_maker(const std::string& of, const program::List& list,
                  const std::string& expected, Causes causes = {}) {
  causes.insert(
      causes.begin(),
      {{"there is no answer yet", "none"},
       {"inputs and the state are there before the first call", "no call"}});
  expect_equal<std::string>("the maker of the longest-lived array " + of,
                            maker(list), expected, causes);
}

}  // namespace

TEST_CASE("of a chain with a shortcut it is where the shortcut begins") {
  const program::List list = recorded(
      [](const Tensors& x, Tensors&) -> Tensors {
        const Tensor y = tanh(exp(x[0]));
        return {sqrt(square(square(y))) + y};
      },
      {ones({3})});
  expect_maker("in a chain with a shortcut", list, "tanh",
               {{"a life begins with the call that writes: what is needed "
                 "last may have begun late",
                 "add"}});
}

TEST_CASE("a busy life is no long one") {
  const program::List list = recorded(
      [](const Tensors& x, Tensors&) -> Tensors {
        const Tensor y = exp(x[0]), z = tanh(y), busy = z * z * z;
        return {sqrt(square(busy)) + y};
      },
      {ones({3})});
  expect_maker("of two, one read twice, one four times", list, "exp",
               {{"how often it is read says nothing of how long", "tanh"}});
}

TEST_CASE("what is seen after the step lives to its end") {
  const program::List list = recorded(
      [](const Tensors& x, Tensors&) -> Tensors {
        const Tensor y = exp(x[0]);
        return {y, square(sqrt(tanh(square(y))))};
      },
      {ones({3})});
  expect_maker("where the first is a result", list, "exp",
               {{"a result is needed to the end of the step"}});
}

TEST_CASE("of several it is the first") {
  const program::List list = recorded(
      [](const Tensors& x, Tensors&) -> Tensors {
        return {square(sqrt(tanh(exp(x[0]))))};
      },
      {ones({3})});
  expect_maker("in a plain chain", list, "exp",
               {{"of several the first was asked for"}});
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
  expect_equal("the longest-lived array of a network", longest_lived(list),
               list.calls[1].write);
}
