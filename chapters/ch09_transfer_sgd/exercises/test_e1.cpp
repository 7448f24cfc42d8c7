#include "nn/models.h"
#include "tests/catch.h"

using namespace gradus;

Role role_of(const Shape& narrow, const Shape& wide);

namespace {

void check_roles(const Model& narrow, const Model& wide) {
  for (std::size_t i = 0; i < narrow.params.size(); ++i) {
    INFO(narrow.name << ": " << narrow.params[i].name);
    CHECK(role_of(narrow.params[i].shape, wide.params[i].shape) ==
          narrow.params[i].role);
  }
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

TEST_CASE("a tensor that the library does not have") {
  CHECK(role_of({50000, 64}, {50000, 256}) ==
        Role::input);  // embedding of 50,000 words
  CHECK(role_of({64, 50000}, {256, 50000}) ==
        Role::output);  // and back to words
  CHECK(role_of({64, 256}, {256, 1024}) ==
        Role::hidden);                        // four times as wide inside
  CHECK(role_of({64}, {256}) == Role::bias);  // gain of a layer norm
}
