#include <cmath>

#include "tests/catch.h"

double nesterov_edge(double m);

namespace {

// Whether |w| has grown after 4,000 steps on w^2 / 2.
bool grows(double eta, double m) {
  double w = 1, v = 0;
  for (int step = 0; step < 4000 && std::fabs(w) < 1e6; ++step) {
    v = m * v + w;
    w -= eta * (w + m * v);
  }
  return !(std::fabs(w) < 1);
}

}  // namespace

TEST_CASE("without momentum the edge is 2") {
  CHECK(nesterov_edge(0) == Approx(2));
}

TEST_CASE("the edge parts what falls from what grows") {
  for (const double m : {0.0, 0.3, 0.5, 0.9}) {
    INFO("m " << m);
    CHECK_FALSE(grows(0.99 * nesterov_edge(m), m));
    CHECK(grows(1.01 * nesterov_edge(m), m));
  }
}
