#include <cmath>

#include "autodiff/ops.h"
#include "nn/instruments/signal_theory.h"
#include "tests/catch.h"

using namespace gradus;

double leaky_correlation(double a, double c);
int layers_until(double a, double c, double target);

TEST_CASE("a = 0 is the chapter's map") {
  for (const double c : {-0.5, 0.0, 0.9})
    CHECK(leaky_correlation(0, c) == relu_correlation_map(c));
}

TEST_CASE("a = 1 is the identity, which keeps every angle") {
  for (const double c : {-0.5, 0.0, 0.9})
    CHECK(leaky_correlation(1, c) == Approx(c).margin(1e-12));
}

TEST_CASE("a = 0.3 agrees with a million pairs") {
  const double a = 0.3, c = -0.4;
  const Tensor u = random_normal({1000000}, {6, 0}, 1.0, DType::f64);
  const Tensor v =
      c * u + std::sqrt(1 - c * c) *
                  random_normal({1000000}, {6, 1}, 1.0, DType::f64);
  const auto phi = [a](const Tensor& h) { return relu(h) - a * relu(-h); };
  const double measured =
      dot(phi(u), phi(v)).item() / dot(phi(u), phi(u)).item();
  CHECK(leaky_correlation(a, c) == Approx(measured).margin(0.005));
}

TEST_CASE("layers until two inputs at a right angle exceed a correlation") {
  CHECK(layers_until(0, 0.5, 0.4) == 0);
  CHECK(layers_until(0, 0, 0.3) == 1);
  CHECK(layers_until(0, 0, 0.99) == 57);
  CHECK(layers_until(0.5, 0, 0.99) == 295);
}
