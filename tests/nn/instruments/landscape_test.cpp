// The loss along a line, against functions whose barrier is known.
#include "nn/instruments/landscape.h"

#include <cmath>
#include <limits>

#include "autodiff/ops.h"
#include "tests/catch.h"
#include "tests/engine/test_support.h"

namespace gradus {
namespace {

using Tensors = std::vector<Tensor>;

Tensors point(double x, double y) { return {full({1}, x, DType::f64), full({1}, y, DType::f64)}; }

// (x^2 - 1)^2 + x + y^2: two valleys, of different depth, with a ridge between them.
Tensor two_valleys(const Tensors& p) {
  return sum(square(square(p[0]) - 1.0) + p[0] + square(p[1]));
}

TEST_CASE("the barrier between two valleys") {
  const LossLine line = loss_along_line(two_valleys, point(1, 0), point(-1, 0));
  REQUIRE(line.loss.size() == 101);
  CHECK(line.loss.front() == 1);
  CHECK(line.loss.back() == -1);
  for (std::size_t i = 0; i < 101; ++i) {
    const double x = 1 - 2 * line.t[i];
    CHECK(line.loss[i] == Approx(std::pow(x * x - 1, 2) + x).margin(1e-14));
  }
  // At the ridge 4 x^3 - 4 x + 1 = 0: x = .26959, height 1.12949 over 0, the start at 1.
  CHECK(line.barrier() == Approx(0.12949).margin(1e-3));
  CHECK(line.barrier_at() == Approx((1 - 0.26959) / 2).margin(0.005));
  // The other way round the start lies lower.
  CHECK(loss_along_line(two_valleys, point(-1, 0), point(1, 0)).barrier() ==
        Approx(2.12949).margin(1e-3));
}

TEST_CASE("a line that only falls has no barrier, and one that ends higher has its end") {
  const LossLine falling = loss_along_line(two_valleys, point(-1, 3), point(-1, 0), 11);
  CHECK(falling.loss.size() == 11);
  CHECK(falling.barrier() == 0);
  CHECK(falling.barrier_at() == 0);
  const LossLine rising = loss_along_line(two_valleys, point(-1, 0), point(-1, 3));
  CHECK(rising.barrier() == 9);
  CHECK(rising.barrier_at() == 1);
}

TEST_CASE("whether there is a barrier is what the walk over all points says") {
  // A ridge that one point of 101 sees, at any place.
  for (const int top : {1, 16, 37, 64, 99, 100}) {
    const auto only_there = [&](const Tensors& p) { return relu(0.005 - abs(p[0] - top / 100.0)); };
    CHECK(line_has_barrier(only_there, point(0, 0), point(1, 0)));
    CHECK(loss_along_line(only_there, point(0, 0), point(1, 0)).barrier() > 0);
  }
  CHECK_FALSE(line_has_barrier(two_valleys, point(-1, 3), point(-1, 0)));
  CHECK(line_has_barrier(two_valleys, point(1, 0), point(-1, 0)));
  CHECK(line_has_barrier(two_valleys, point(1, 0), point(std::nan(""), 0)));
}

TEST_CASE("a loss that is not a number on the way is an infinite barrier") {
  const double infinity = std::numeric_limits<double>::infinity();
  const auto loss = [](const Tensors& p) { return sum(log(p[0])); };
  CHECK(loss_along_line(loss, point(1, 0), point(-1, 0)).barrier() == infinity);
  const LossLine diverged = loss_along_line(two_valleys, point(1, 0), point(std::nan(""), 0));
  CHECK(diverged.loss.front() == 1);  // the start itself is exact
  CHECK(diverged.barrier() == infinity);
}

TEST_CASE("wrong calls of loss_along_line are one clear sentence") {
  CHECK(error_of([] { loss_along_line(two_valleys, point(0, 0), point(1, 1), 1); }) ==
        "[loss_along_line] 1 points; a line needs at least its two ends");
  CHECK(error_of([] { loss_along_line(two_valleys, point(0, 0), {}); }) ==
        "[loss_along_line] the end has 0 tensors for 2 parameters");
  CHECK(error_of([] {
          loss_along_line(two_valleys, {ones({1, 3})}, {ones({3, 1})});
        }) == "[loss_along_line] the end has shape (3,1) for parameter 0 of shape (1,3)");
}

}  // namespace
}  // namespace gradus
