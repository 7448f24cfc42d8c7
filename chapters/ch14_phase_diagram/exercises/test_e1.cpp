#include <cmath>
#include <vector>

#include "tests/exercise.h"

double c_loss_of_quadratic(const std::vector<double>& lambda,
                           const std::vector<double>& share, int steps);

TEST_CASE(
    "one mode rises above 2, and so does one beside modes that stand still") {
  expect_near("c_loss of one mode", c_loss_of_quadratic({5}, {1}, 10), 2,
              2e-8);
  expect_near("c_loss beside a mode that stands still",
              c_loss_of_quadratic({5, 0}, {0.1, 0.9}, 10), 2, 2e-8,
              {{"modes that stand still keep their share of the loss",
                1 + std::pow(0.1, -0.05)}});
}

TEST_CASE("modes that die at once hide the growth of the top mode") {
  // With lambda_2 = lambda_1 / c the second mode is gone after one step: then p (1 - c)^2t = 1.
  for (const int steps : {1, 10})
    for (const double p : {0.5, 0.1, 0.01}) {
      const double c = 1 + std::pow(p, -0.5 / steps);
      INFO("share " << p << ", " << steps << " steps");
      expect_near(
          "c_loss", c_loss_of_quadratic({c, 1}, {p, 1 - p}, steps), c,
          1e-8 * c,
          {{"2 is where the top mode grows; the loss may still fall", 2.0},
           {"the loss holds squares: (1 - c)^2t, not (1 - c)^t",
            1 + std::pow(p, -1.0 / steps)}});
    }
}

TEST_CASE("more steps find the growth sooner, and never below 2") {
  const std::vector<double> lambda = {10, 6, 3, 1},
                            share = {0.05, 0.15, 0.3, 0.5};
  double before = 1e9;
  for (const int steps : {1, 2, 5, 10, 100}) {
    const double c = c_loss_of_quadratic(lambda, share, steps);
    INFO(steps << " steps");
    expect("c_loss", c >= 2 && c <= before, std::to_string(c),
           "from 2 to " + std::to_string(before) + ", that of fewer steps",
           "it is enough that the loss is larger after one of the steps");
    before = c;
  }
  expect("c_loss with 100 steps", before < 2.1, std::to_string(before),
         "below 2.1", "look at every step, not at the first");
}
