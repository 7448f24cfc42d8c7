#include "nn/instruments/exponents.h"

#include <cmath>

#include "autodiff/check.h"
#include "tests/catch.h"

namespace gradus {
namespace {

const std::vector<double> sizes = {1, 2, 4};

TEST_CASE("the exponent over seeds is the mean of the seeds' own") {
  // Seed 0 is x, seed 1 is 3 x^2: exponents 1 and 2, whose mean has the error 1/2.
  const Exponent p = exponent_over_seeds(sizes, {{1, 3}, {2, 12}, {4, 48}});
  CHECK(p.value == Approx(1.5));
  CHECK(p.error == Approx(.5));
  CHECK(std::isnan(exponent_over_seeds(sizes, {{1}, {2}, {4}}).error));
  CHECK_THROWS_AS(exponent_over_seeds(sizes, {{1, 2}, {1}, {1}}), Error);
  CHECK_THROWS_AS(exponent_over_seeds(sizes, {{1, 2}, {1, 2}}), Error);
}

TEST_CASE("the exponent of medians does not follow one stray seed") {
  const Exponent p = exponent_of_medians(sizes, {{1, 1, 900}, {2, 0.1, 2}, {4, 4, 4}});
  CHECK(p.value == Approx(1));
  CHECK(p.error == Approx(0).margin(1e-12));
  const std::vector<double> five = {1, 2, 4, 8, 16};
  CHECK(exponent_of_medians(five, {{7}, {1}, {2}, {4}, {9}}, 2, 8).value == Approx(1));
  CHECK_THROWS_AS(exponent_of_medians(five, {{1}, {2}}), Error);
}

TEST_CASE("the exponent of values carries their errors on") {
  // log2 x is -1, 0, 1 about its mean: p = (log2 y_3 - log2 y_1) / 2, so that relative errors r
  // of the ends make the error r sqrt(2) / (2 log 2), and the middle's none.
  const Exponent p = exponent_of_values(sizes, {1, 2, 4}, {.1, 100, .4});
  CHECK(p.value == Approx(1));
  CHECK(p.error == Approx(.1 * std::sqrt(2) / (2 * std::log(2))));
  CHECK_THROWS_AS(exponent_of_values(sizes, {1, 2, 4}, {.1}), Error);
}

}  // namespace
}  // namespace gradus
