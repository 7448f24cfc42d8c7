#include "autodiff/ops.h"
#include "nn/instruments/signal_theory.h"
#include "tests/exercise.h"

using namespace gradus;

double variance_that_keeps(double a);
double second_moment(double a, double width, double layers);

TEST_CASE("a = 0 is the chapter's ReLU") {
  expect_near("v", variance_that_keeps(0), 2, 1e-12,
              {{"this is E phi(g)^2 itself: v is one over it", 0.5}});
  expect_near("E R^2 at width 64, depth 8", second_moment(0, 64, 8),
              relu_norm_second_moment(64, 8), 1e-9);
}

TEST_CASE("the slope's sign and the two ends") {
  expect_near("v at a = 1", variance_that_keeps(1), 1, 1e-12,
              {{"a = 1 is not ReLU: the units below zero pass too", 2.0},
               {"(1 + a)^2 instead of 1 + a^2", 0.5}});
  expect_near("v at a = -1, where |phi(h)| = |h|", variance_that_keeps(-1),
              variance_that_keeps(1), 1e-12,
              {{"only a^2 may matter: lengths know no sign"}});
  expect_near("E R^2 at a = -1", second_moment(-1, 100, 3),
              second_moment(1, 100, 3), 1e-9);
}

TEST_CASE("20,000 drawn networks") {
  const std::int64_t draws = 20000, width = 64, layers = 8;
  for (const double a : {0.5, 1.0}) {
    Tensor R = ones({draws}, DType::f64);
    for (std::uint64_t l = 0; l < layers; ++l) {
      const Tensor g = random_normal({draws, width}, {5, l}, 1.0, DType::f64);
      const Tensor z = relu(g) - a * relu(-g);
      R = R * mean(variance_that_keeps(a) * square(z), {1});
    }
    INFO("a = " << a);
    expect_near("mean of R as drawn", mean(R).item(), 1, 0.02,
                {{"v is one over E phi(g)^2: does it hold both halves?"}});
    const double measured = mean(square(R)).item();
    const double chapter = relu_norm_second_moment(64, 8);
    const double doubled = std::pow(
        1 + (3 * (1 + std::pow(a, 4)) / 2 - 1) / double(width), layers);
    expect_near("E R^2", second_moment(a, width, layers), measured,
                0.04 * measured,
                {{"the 5 is that of ReLU: find it anew for this a", chapter},
                 {"v^2 is missing before E phi(g)^4", doubled}});
  }
}
