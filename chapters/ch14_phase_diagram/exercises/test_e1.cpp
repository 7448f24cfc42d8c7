#include <cmath>
#include <vector>

#include "tests/catch.h"

double c_loss_of_quadratic(const std::vector<double>& lambda,
                           const std::vector<double>& share, int steps);

TEST_CASE(
    "one mode rises above 2, and so does one beside modes that stand still") {
  CHECK(c_loss_of_quadratic({5}, {1}, 10) == Approx(2).epsilon(1e-8));
  CHECK(c_loss_of_quadratic({5, 0}, {0.1, 0.9}, 10) ==
        Approx(2).epsilon(1e-8));
}

TEST_CASE("modes that die at once hide the growth of the top mode") {
  // With lambda_2 = lambda_1 / c the second mode is gone after one step: then p (1 - c)^2t = 1.
  for (const int steps : {1, 10})
    for (const double p : {0.5, 0.1, 0.01}) {
      const double c = 1 + std::pow(p, -0.5 / steps);
      CHECK(c_loss_of_quadratic({c, 1}, {p, 1 - p}, steps) ==
            Approx(c).epsilon(1e-8));
    }
}

TEST_CASE("more steps find the growth sooner, and never below 2") {
  const std::vector<double> lambda = {10, 6, 3, 1},
                            share = {0.05, 0.15, 0.3, 0.5};
  double before = 1e9;
  for (const int steps : {1, 2, 5, 10, 100}) {
    const double c = c_loss_of_quadratic(lambda, share, steps);
    CHECK(c >= 2);
    CHECK(c <= before);
    before = c;
  }
  CHECK(before < 2.1);
}
