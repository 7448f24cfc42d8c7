// Lanczos and power iteration where arithmetic is at its limits: scales whose squares overflow,
// rounding, eigenvalues that are equal, zero or not a number.
#include <cmath>

#include "autodiff/ops.h"
#include "nn/instruments/sharpness.h"
#include "nn/vectors.h"
#include "tests/catch.h"
#include "tests/engine/test_support.h"
#include "tests/nn/instruments/operators.h"

namespace gradus {
namespace {

using Tensors = std::vector<Tensor>;

TEST_CASE("a Hessian may have any scale, also one whose square leaves the dtype") {
  const auto check_scale = [](double scale, DType dtype) {
    INFO(scale << ' ' << dtype);
    std::vector<double> eigenvalues;
    for (int i = 1; i <= 10; ++i) eigenvalues.push_back(i * scale);
    const LinearOperator h = diagonal(eigenvalues, dtype);
    const double rounding = dtype == DType::f32 ? 1e-5 : 1e-13;
    const EigenOptions precise{.tolerance = 1e-4, .max_products = 1000};
    for (const Sharpness& top : {sharpness(h, vector_of(10, dtype), precise),
                                 power_iteration(h, vector_of(10, dtype), precise)}) {
      CHECK(top.lambda_max / scale == Approx(10).epsilon(1e-6));
      CHECK(top.relative_residual() <= 1.01e-4);
      CHECK(top.residual > 0);
      CHECK(norm(top.eigenvector) == Approx(1).epsilon(1e-6));
    }
    const Spectrum all = top_eigenvalues(h, vector_of(10, dtype), 10);
    for (std::size_t i = 0; i < 10; ++i) {
      CHECK(all.eigenvalues[i] / scale == Approx(10.0 - static_cast<double>(i)).epsilon(rounding));
      CHECK(all.residuals[i] / scale < 10 * rounding);
    }
  };
  for (const double scale : {1e-36, 1e-25, 1e-19, 1.0, 1e19, 1e25, 1e37})
    check_scale(scale, DType::f32);
  for (const double scale : {1e-300, 1e-160, 1.0, 1e155, 1e300}) check_scale(scale, DType::f64);
}

TEST_CASE("small eigenvalues beside a large one: the residual owns up to what rounding hides") {
  const auto check_residuals = [](double large, DType dtype, std::uint64_t seed) {
    INFO(large << ' ' << dtype << ", seed " << seed);
    const std::vector<double> eigenvalues = {large, .5, .3, .1, .05, .01};
    const Spectrum found =
        top_eigenvalues(diagonal(eigenvalues, dtype), vector_of(6, dtype), 2, {.seed = seed});
    for (std::size_t i = 0; i < 2; ++i) {
      const Tensor v = from_host(found.eigenvectors[i][0].to_vector(), {6}, DType::f64);
      CHECK(residual_of(diagonal(eigenvalues, DType::f64), found.eigenvalues[i], {v}) <=
            found.residuals[i]);
    }
    // While rounding, eps * large, is small beside it.
    if (found.residuals[1] < 0.02) CHECK(found.eigenvalues[1] == Approx(.5).epsilon(2e-3));
  };
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    for (const double large : {1e2, 1e4, 1e6, 1e8}) check_residuals(large, DType::f32, seed);
    for (const double large : {1e2, 1e12, 1e15, 1e17}) check_residuals(large, DType::f64, seed);
  }
}

TEST_CASE("a product that is not finite gives NaN and a sentence") {
  const LinearOperator h = diagonal({1e38, 1}, DType::f32);
  const LinearOperator overflows = [&](const Tensors& v) { return scaled(h(v), 1e3); };
  for (const Sharpness& s : {sharpness(overflows, vector_of(2, DType::f32)),
                             power_iteration(overflows, vector_of(2, DType::f32))}) {
    CHECK(std::isnan(s.lambda_max));
    CHECK(std::isnan(s.residual));
    CHECK(s.problem ==
          "[sharpness] product 1 with H holds a NaN or an infinity; is the loss finite at these "
          "parameters, and H within the range of f32?");
  }
  CHECK(sharpness(h, vector_of(2, DType::f32)).problem.empty());
}

TEST_CASE("multiple eigenvalues: the whole spectrum has every copy") {
  const LinearOperator h = planted({2, 2, 2, 2, -1, -1, 0, 0, 0, 0.5});
  const Spectrum all = top_eigenvalues(h, vector_of(10), 10, {.tolerance = 1e-12});
  const std::vector<double> expected = {2, 2, 2, 2, 0.5, 0, 0, 0, -1, -1};
  for (std::size_t i = 0; i < expected.size(); ++i)
    CHECK(std::fabs(all.eigenvalues[i] - expected[i]) < 1e-12);
  CHECK(sharpness(h, vector_of(10), {.tolerance = 1e-12}).products <= 5);
}

TEST_CASE("zero, NaN and one-dimensional operators") {
  const LinearOperator zero = [](const Tensors& v) { return scaled(v, 0.0); };
  for (const Sharpness& s : {sharpness(zero, vector_of(5)), power_iteration(zero, vector_of(5))}) {
    CHECK(s.lambda_max == 0);
    CHECK(s.residual == 0);
    CHECK(s.relative_residual() == 0);
  }
  const LinearOperator nan = [](const Tensors& v) { return scaled(v, std::nan("")); };
  for (const Sharpness& s : {sharpness(nan, vector_of(5)), power_iteration(nan, vector_of(5))}) {
    CHECK(std::isnan(s.lambda_max));
    CHECK(std::isnan(s.relative_residual()));
    CHECK(s.products == 1);
  }
  const LinearOperator minus_three = [](const Tensors& v) { return scaled(v, -3.0); };
  CHECK(sharpness(minus_three, vector_of(1)).lambda_max == Approx(-3));
  CHECK(sharpness(minus_three, vector_of(6)).products == 1);
}

}  // namespace
}  // namespace gradus
