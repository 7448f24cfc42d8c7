// Norms and activation statistics against dense linear algebra and hand-made arrays.
#include "nn/instruments/norms.h"

#include <cmath>

#include "autodiff/ops.h"
#include "nn/vectors.h"
#include "tests/catch.h"
#include "tests/engine/test_support.h"
#include "tests/nn/instruments/operators.h"

namespace gradus {
namespace {

TEST_CASE("spectral norms agree with singular values by dense linear algebra") {
  for (const DType dtype : {DType::f32, DType::f64}) {
    for (const Shape& shape : {Shape{128, 128}, Shape{128, 10}, Shape{7, 90}, Shape{1, 5},
                               Shape{5, 1}, Shape{3, 3, 8, 16}, Shape{6}, Shape{}}) {
      INFO(shape << ' ' << dtype);
      const Tensor x = random_normal(shape, {.seed = 2}, 0.1, dtype);
      const std::int64_t columns = shape.rank() == 0 ? 1 : shape[shape.rank() - 1];
      const double expected = largest_singular_value(x, columns);
      const SpectralNorm found = spectral_norm(x);
      CHECK(found.value == Approx(expected).epsilon(1e-4));
      CHECK(std::fabs(found.value - expected) <= found.residual + 1e-6 * expected);
      if (dtype == DType::f64)
        CHECK(spectral_norm(x, {.tolerance = 1e-8}).value == Approx(expected).epsilon(1e-12));
    }
  }
}

TEST_CASE("the spectral norm of a rank-one matrix takes two products at most") {
  const Tensor u = random_normal({200, 1}, {.stream = 1}, 1.0, DType::f64);
  const Tensor v = random_normal({1, 200}, {.stream = 2}, 1.0, DType::f64);
  const SpectralNorm found = spectral_norm(matmul(u, v));
  CHECK(found.products <= 2);
  CHECK(found.value == Approx(frobenius_norm(u) * frobenius_norm(v)).epsilon(1e-12));
}

TEST_CASE("norms neither overflow nor underflow") {
  for (const double size : {1e-44, 1e-30, 1e30, 3e38}) {
    const Tensor x = full({2, 2}, size, DType::f32);
    const double entry = x.to_vector()[0];  // rounded to f32, which is coarse where it is denormal
    CHECK(rms(x) == Approx(entry).epsilon(1e-6));
    CHECK(frobenius_norm(x) == Approx(2 * entry).epsilon(1e-6));
    CHECK(spectral_norm(x).value == Approx(2 * entry).epsilon(1e-6));
  }
  for (const double size : {5e-324, 1e-300, 1e300}) {
    const Tensor x = full({2, 2}, size, DType::f64);
    CHECK(frobenius_norm(x) == Approx(2 * size).epsilon(1e-12));
    CHECK(spectral_norm(x).value == Approx(2 * size).epsilon(1e-12));
  }
  CHECK(frobenius_norm(zeros({3})) == 0);
  CHECK(spectral_norm(zeros({3, 3})).value == 0);
  CHECK(std::isnan(frobenius_norm(full({2}, std::nan("")))));
  CHECK(std::isnan(spectral_norm(full({2, 2}, std::nan(""))).value));
  CHECK(std::isinf(frobenius_norm(full({2}, INFINITY))));
}

TEST_CASE("vectors: norms of any scale, and no sums of shapes that only broadcast") {
  for (const DType dtype : {DType::f32, DType::f64})
    for (const double size :
         {dtype == DType::f32 ? 1e-30 : 1e-200, dtype == DType::f32 ? 1e30 : 1e200}) {
      const std::vector<Tensor> v = {full({3}, 2 * size, dtype), full({2, 2}, size, dtype)};
      CHECK(norm(v) == Approx(4 * size).epsilon(1e-6));
      CHECK(activation_statistics(full({2, 3}, size, dtype)).deviation == 0);
      const ActivationStatistics s = activation_statistics(
          from_host({1 * size, 3 * size, 5 * size}, {3}, dtype));  // about 3: 4, 0, 4
      CHECK(s.mean == Approx(3 * size).epsilon(1e-6));
      CHECK(s.deviation == Approx(std::sqrt(8.0 / 3) * size).epsilon(1e-6));
    }
  const std::vector<Tensor> row = {ones({2}), ones({1, 3})}, column = {ones({2}), ones({3, 1})};
  CHECK(error_of([&] { add_scaled(row, 1, column); }) ==
        "[add_scaled] the second vector has shape (3,1) for parameter 1 of shape (1,3)");
  CHECK(error_of([&] { inner_product(row, column); }) ==
        "[inner_product] the second vector has shape (3,1) for parameter 1 of shape (1,3)");
  CHECK(error_of([&] { layer_norms(row, column); }) ==
        "[layer_norms] the gradient has shape (3,1) for parameter 1 of shape (1,3)");
  CHECK(error_of([&] { relative_updates(row, column); }) ==
        "[relative_updates] `after` has shape (3,1) for parameter 1 of shape (1,3)");
}

TEST_CASE("layer norms: one row per weight, with its gradient and their ratio") {
  const Tensor w = from_host({3, 0, 0, 4}, {2, 2}, DType::f64);
  const Tensor g = from_host({1, 1, 1, 1}, {2, 2}, DType::f64);
  const LayerNorms frobenius = layer_norms({w}, {g}).at(0);
  CHECK(frobenius.weight == Approx(5));
  CHECK(frobenius.gradient == Approx(2));
  CHECK(frobenius.ratio() == Approx(0.4));
  CHECK(frobenius.ratio_error() == 0);
  const LayerNorms spectral = layer_norms({w}, {g}, Norm::spectral).at(0);
  CHECK(spectral.weight == Approx(4));
  CHECK(spectral.gradient == Approx(2));
  CHECK(spectral.ratio() == Approx(0.5));
  CHECK(spectral.ratio_error() < 1e-3);
  CHECK(relative_updates({w}, {w - 0.1 * w}).at(0) == Approx(0.1));
  CHECK(error_of([&] { layer_norms({w}, {}); }) ==
        "[layer_norms] the gradient has 0 tensors for 1 parameters");
  CHECK(error_of([&] { relative_updates({w}, {}); }) ==
        "[relative_updates] `after` has 0 tensors for 1 parameters");
}

TEST_CASE("activation statistics of a hand-made array") {
  const ActivationStatistics s =
      activation_statistics(from_host({0, 0, 3, -1, 0, 4}, {2, 3}, DType::f64));
  CHECK(s.mean == Approx(1));
  CHECK(s.rms == Approx(std::sqrt(26.0 / 6)));
  CHECK(s.deviation == Approx(std::sqrt(26.0 / 6 - 1)));
  CHECK(s.largest == 4);
  CHECK(s.zero_fraction == 0.5);
  CHECK(error_of([] {
          activation_statistics(zeros({0, 2}));
        }) == "[activation_statistics] the activation has shape (0,2) and so no entries");
}

}  // namespace
}  // namespace gradus
