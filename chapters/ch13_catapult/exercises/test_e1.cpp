#include <cmath>

#include "nn/models.h"
#include "tests/exercise.h"

using namespace gradus;

double largest_c(double f0, double lam0, double y, double n);

namespace {

bool diverges(double c, double f0, double lam0, double y, std::int64_t n) {
  UvState state{f0, lam0};
  for (int step = 0; step < 2000; ++step) {
    state = uv_step({.width = n}, state, c / lam0, y);
    if (!(std::fabs(state.f) <= 1e6 * std::sqrt(double(n)))) return true;
  }
  return false;
}

void check_border(double f0, double y, std::int64_t n) {
  INFO("f0 " << f0 << ", y " << y << ", n " << n);
  const double c = largest_c(f0, 2.0, y, double(n));
  const auto range = [&](bool below) {
    return std::to_string(c) + ", and training there " +
           (below ? "stays finite" : "diverges");
  };
  expect("just below your border", !diverges(0.9999 * c, f0, 2.0, y, n),
         range(false), "a smaller c: the border lies lower",
         "w = kappa - 4 - psi delta holds the label and f0");
  expect("just above your border", diverges(1.0001 * c, f0, 2.0, y, n),
         range(true), "a larger c: the border lies higher",
         "w = kappa - 4 - psi delta holds the label and f0");
}

}  // namespace

TEST_CASE("without a label the border is 4") {
  expect_near("c_max", largest_c(1, 2, 0, 16), 4, 1e-9,
              {{"0 / 0: choose a form of the root that has none"}});
  check_border(1.0, 0.0, 16);
}

TEST_CASE("a label from f0 = 0 lowers it") {
  for (const std::int64_t n : {1, 4, 100}) check_border(0.0, 1.0, n);
}

TEST_CASE("a start on the other side of 0 lowers it further") {
  check_border(-0.7, 1.0, 9);
}

TEST_CASE("a start beyond the label raises it") {
  check_border(1.9, 1.0, 9);
  check_border(2.5, 0.8, 9);
}
