#include "autodiff/ops.h"
#include "nn/instruments/signal_theory.h"
#include "tests/catch.h"

using namespace gradus;

double variance_that_keeps(double a);
double second_moment(double a, double width, double layers);

TEST_CASE("a = 0 is the chapter's ReLU") {
  CHECK(variance_that_keeps(0) == Approx(2));
  CHECK(second_moment(0, 64, 8) == Approx(relu_norm_second_moment(64, 8)));
}

TEST_CASE("a = 1 is the identity: |z|^2 is a sum of n squared normals") {
  CHECK(variance_that_keeps(1) == Approx(1));
  CHECK(second_moment(1, 100, 1) == Approx(1.02));
}

TEST_CASE("a = -1 is |h|, as long as the identity") {
  CHECK(variance_that_keeps(-1) == Approx(1));
  CHECK(second_moment(-1, 100, 3) == Approx(second_moment(1, 100, 3)));
}

TEST_CASE("a = 0.5 agrees with 20,000 drawn networks") {
  const double a = 0.5;
  const std::int64_t draws = 20000, width = 64, layers = 8;
  Tensor R = ones({draws}, DType::f64);
  for (std::uint64_t l = 0; l < layers; ++l) {
    const Tensor g = random_normal({draws, width}, {5, l}, 1.0, DType::f64);
    const Tensor z = relu(g) - a * relu(-g);
    R = R * mean(variance_that_keeps(a) * square(z), {1});
  }
  CHECK(mean(R).item() == Approx(1).epsilon(0.02));
  CHECK(mean(square(R)).item() ==
        Approx(second_moment(a, width, layers)).epsilon(0.04));
}
