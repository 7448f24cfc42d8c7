#include <string>

#include "nn/models.h"
#include "tests/exercise.h"

using namespace gradus;

Role role_of(const Shape& narrow, const Shape& wide);

namespace {

void check(const std::string& tensor, const Shape& narrow, const Shape& wide,
           Role expected) {
  INFO(tensor);
  const Role got = role_of(narrow, wide);
  expect(
      "role", got == expected, to_string(got), to_string(expected),
      narrow.rank() == 1
          ? "of one dimension: what goes in is a constant, which never grows"
          : "of the last two dimensions, the first is what goes in, and "
            "sizes say nothing: only growth does");
}

void check_roles(const Model& narrow, const Model& wide) {
  for (std::size_t i = 0; i < narrow.params.size(); ++i)
    check(narrow.name + ": " + narrow.params[i].name, narrow.params[i].shape,
          wide.params[i].shape, narrow.params[i].role);
}

}  // namespace

TEST_CASE("fully connected, with biases") {
  check_roles(
      fcn({.in = 16, .width = 16, .depth = 4, .out = 16, .bias = true}),
      fcn({.in = 16, .width = 32, .depth = 4, .out = 16, .bias = true}));
}

TEST_CASE("convolutions") {
  check_roles(myrtle({.depth = 5, .width = 8}),
              myrtle({.depth = 5, .width = 16}));
}

TEST_CASE("tensors that the library does not have") {
  check("embedding of 50,000 words", {50000, 64}, {50000, 256}, Role::input);
  check("and back to words", {64, 50000}, {256, 50000}, Role::output);
  check("four times as wide inside", {64, 256}, {256, 1024}, Role::hidden);
  check("gain of a layer norm", {64}, {256}, Role::bias);
  check("bias of the words", {50000}, {50000}, Role::output_bias);
}
