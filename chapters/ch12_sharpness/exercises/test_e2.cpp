#include <cmath>
#include <vector>

#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "nn/instruments/sharpness.h"
#include "tests/exercise.h"

using namespace gradus;

double largest_by_shift(const LinearOperator& h,
                        const std::vector<Tensor>& like,
                        const EigenOptions& options);

namespace {

const EigenOptions precise{.tolerance = 1e-9, .max_products = 10000};

double largest_of(const std::vector<double>& eigenvalues) {
  const auto size = static_cast<std::int64_t>(eigenvalues.size());
  const Tensor d = from_host(eigenvalues, {size}, DType::f64);
  const LinearOperator h = [&](const std::vector<Tensor>& v) {
    return std::vector<Tensor>{d * v[0]};
  };
  return largest_by_shift(h, {d}, precise);
}

void check(const std::vector<double>& eigenvalues, double expected) {
  double magnitude = 0;
  for (const double e : eigenvalues)
    if (std::abs(e) > std::abs(magnitude)) magnitude = e;
  expect_near(
      "largest eigenvalue", largest_of(eigenvalues), expected, 1e-6,
      {{"this one has the largest magnitude, and is the smallest", magnitude},
       {"the shift must be added again", expected - magnitude},
       {"the shifted matrix is H - mu, with all eigenvalues >= 0"}});
}

}  // namespace

TEST_CASE("the eigenvalue of largest magnitude is positive") {
  check({5, -3, 1, 0}, 5);
}

TEST_CASE("it is negative") {
  check({5, -7, 1, 0}, 5);
  check({0.5, -7, 0.25}, 0.5);
}

TEST_CASE("all are negative") { check({-1, -2, -5}, -1); }

TEST_CASE("two calls of power iteration at most") {
  const Tensor d = from_host({5, -7, 1, 0}, {4}, DType::f64);
  int products = 0;
  const LinearOperator h = [&](const std::vector<Tensor>& v) {
    ++products;
    return std::vector<Tensor>{d * v[0]};
  };
  largest_by_shift(h, {d}, {.tolerance = 0, .max_products = 10});
  expect("products, of 10 a call", products <= 20, std::to_string(products),
         "20 at most", "a second shift is not needed");
}

TEST_CASE("f = a b c, of the text") {
  const Tensor half = full({1}, 0.5, DType::f64);
  const Tensor a = 1 * half, b = 1 * half, c = 1 * half;
  Hvp hvp(square(a * b * c - 1) / 2, {a, b, c});
  expect_near("largest eigenvalue",
              largest_by_shift(std::ref(hvp), {a, b, c}, precise), 7.0 / 16,
              1e-6);
}
