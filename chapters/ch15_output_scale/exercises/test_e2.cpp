#include <cmath>
#include <vector>

#include "tests/catch.h"

double c_loss(const std::vector<double>& mu, const std::vector<double>& p,
              int steps);

namespace {

bool near(double a, double b) { return std::abs(a - b) < 1e-6; }

}  // namespace

TEST_CASE("a single mode rises above 2 / mu") {
  CHECK(near(c_loss({1}, {1}, 1), 2));
  CHECK(near(c_loss({1}, {1}, 10), 2));
  CHECK(near(c_loss({0.8}, {1}, 10), 2.5));
}

TEST_CASE("a mode with a share of the labels has to grow first") {
  // One step: 0.9 + 0.1 (c - 1)^2 > 1 if the rest is not learned, and c = 2 is enough.
  CHECK(near(c_loss({1, 0}, {0.1, 0.9}, 1), 2));
  // The rest has eigenvalue 1/4: 0.1 (c - 1)^2 + 0.9 (1 - c / 4)^2 = 1 at c = 0 and c = 4.16.
  CHECK(near(c_loss({1, 0.25}, {0.1, 0.9}, 1), 0.65 / 0.15625));
}

TEST_CASE("ten steps bring it near 2, a smaller share keeps it farther") {
  const std::vector<double> mu = {1, 0.4};
  const double uneven = c_loss(mu, {0.1, 0.9}, 10),
               centred = c_loss(mu, {0.001, 0.999}, 10);
  CHECK(std::abs(uneven - (1 + std::pow(0.1, -1.0 / 20))) < 0.01);
  CHECK(std::abs(centred - (1 + std::pow(0.001, -1.0 / 20))) < 0.01);
}
