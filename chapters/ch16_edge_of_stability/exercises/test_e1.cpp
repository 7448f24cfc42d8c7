#include <cmath>

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

}  // namespace

TEST_CASE("without momentum the edge is 2") {
  expect_near("edge", nesterov_edge(0), 2, 1e-12);
}

TEST_CASE("the edge parts what falls from what grows") {
  for (const double m : {0.0, 0.3, 0.5, 0.9}) {
    INFO("m " << m);
    const double edge = nesterov_edge(m);
    expect("just below your edge", !grows(0.99 * edge, m),
           std::to_string(edge) + ", where training grows", "a smaller one",
           std::abs(edge - 2 * (1 + m)) < 1e-9
               ? "this is the edge of plain momentum: look ahead"
               : "v changes its sign in every step as well");
    expect("just above your edge", grows(1.01 * edge, m),
           std::to_string(edge) + ", where training falls", "a larger one",
           "v changes its sign in every step as well");
  }
}
