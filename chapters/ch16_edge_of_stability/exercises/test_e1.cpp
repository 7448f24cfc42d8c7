#include <cmath>
#include <string>

#include "tests/exercise.h"

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

// The eta at which it begins to.
double bisected(double m) {
  double low = 0.1, high = 4;
  for (int i = 0; i < 50; ++i) {
    const double middle = (low + high) / 2;
    (grows(middle, m) ? high : low) = middle;
  }
  return low;
}

}  // namespace

TEST_CASE("without momentum the edge is 2") {
  expect_near("the edge at m = 0", nesterov_edge(0), 2, 1e-12);
}

TEST_CASE("the edge parts what falls from what grows") {
  for (const double m : {0.3, 0.5, 0.9})
    expect_near("the edge at m = " + std::to_string(m), nesterov_edge(m),
                bisected(m), 0.01,
                {{"this is the edge without momentum", 2.0},
                 {"this is the edge of momentum without the look ahead",
                  2 * (1 + m)}});
}
