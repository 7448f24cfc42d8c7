#include "autodiff/to_dot.h"

#include <fstream>
#include <iterator>
#include <string>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "tests/catch.h"

using namespace gradus;

namespace {

// [five-numbers]
std::string five_numbers() {
  const Tensor x = scalar(2), y = scalar(3);
  const Tensor a = x * y;
  const Tensor b = a + x;
  return to_dot(a * b);
}
// [five-numbers]

}  // namespace

TEST_CASE("to_dot tells the ops with their shapes, and what they were computed from") {
  // The book prints this file.
  std::ifstream file(GRADUS_REFERENCES "/five_numbers.dot");
  const std::string printed{std::istreambuf_iterator<char>(file), {}};
  CHECK(five_numbers() == printed);
}

TEST_CASE("to_dot shows what broadcasting put in, and where NoGrad cut") {
  const Tensor x = ones({4, 3}), w = ones({3, 2}), bias = zeros({2});
  const std::string dot = to_dot(matmul(x, w) + bias);
  CHECK_THAT(dot, ContainsSubstring("label=\"matmul\\n(4,2)\"]"));
  CHECK_THAT(dot, ContainsSubstring("label=\"broadcast_to\\n(4,2)\"]"));
  CHECK_THAT(to_dot(stop_gradient(matmul(x, w))), !ContainsSubstring("->"));
}

TEST_CASE("to_dot of a graph with many paths and of a long chain") {
  Tensor x = scalar(1);
  for (int i = 0; i < 50; ++i) x = x + x;  // 2^50 paths, 51 nodes
  const std::string dot = to_dot(x);
  CHECK_THAT(dot, ContainsSubstring("n50 ["));
  CHECK_THAT(dot, !ContainsSubstring("n51 ["));
  Tensor chain = scalar(1);
  for (int i = 0; i < 100000; ++i) chain = shift(chain, 1);
  CHECK_THAT(to_dot(chain), ContainsSubstring("n99999 -> n100000"));
  CHECK_THROWS_WITH(to_dot(Tensor()), ContainsSubstring("[to_dot]"));
}
