#include <cmath>
#include <vector>

#include "tests/exercise.h"

double c_loss(const std::vector<double>& mu, const std::vector<double>& p,
              int steps);

TEST_CASE("a single mode rises above 2 / mu") {
  expect_near("c_loss of mu = 1 after 1 step", c_loss({1}, {1}, 1), 2, 1e-6);
  expect_near("c_loss of mu = 1 in 10 steps", c_loss({1}, {1}, 10), 2, 1e-6);
  expect_near("c_loss of mu = 0.8", c_loss({0.8}, {1}, 10), 2.5, 1e-6,
              {{"2 is for mu = 1: here 1 - c mu must pass -1", 2.0}});
}

TEST_CASE("a mode with a share of the labels has to grow first") {
  // One step: 0.9 + 0.1 (c - 1)^2 > 1 if the rest is not learned, and c = 2 is enough.
  expect_near("c_loss where nine tenths are not learned",
              c_loss({1, 0}, {0.1, 0.9}, 1), 2, 1e-6,
              {{"the other modes' loss is not 0", 1 + std::sqrt(10.0)}});
  // The rest has eigenvalue 1/4: 0.1 (c - 1)^2 + 0.9 (1 - c / 4)^2 = 1 at c = 0 and c = 4.16.
  expect_near("c_loss where they have mu = 1/4",
              c_loss({1, 0.25}, {0.1, 0.9}, 1), 0.65 / 0.15625, 1e-6,
              {{"the top mode grows from 2 on, but holds a tenth", 2.0},
               {"the other modes' loss is not 0", 1 + std::sqrt(10.0)}});
}

TEST_CASE("ten steps bring it near 2, a smaller share keeps it farther") {
  for (const double p : {0.1, 0.001}) {
    INFO("share " << p);
    expect_near(
        "c_loss in 10 steps", c_loss({1, 0.4}, {p, 1 - p}, 10),
        1 + std::pow(p, -1.0 / 20), 0.01,
        {{"this is c_loss after one step: later ones find it sooner",
          c_loss({1, 0.4}, {p, 1 - p}, 1)},
         {"a loss holds squares: 2 t, not t", 1 + std::pow(p, -1.0 / 10)}});
  }
}
