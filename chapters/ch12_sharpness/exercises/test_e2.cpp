#include <cmath>
#include <vector>

#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "nn/instruments/sharpness.h"
#include "tests/catch.h"

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

}  // namespace

TEST_CASE("the eigenvalue of largest magnitude is positive") {
  CHECK(largest_of({5, -3, 1, 0}) == Approx(5).epsilon(1e-6));
}

TEST_CASE("it is negative") {
  CHECK(largest_of({5, -7, 1, 0}) == Approx(5).epsilon(1e-6));
  CHECK(largest_of({0.5, -7, 0.25}) == Approx(0.5).epsilon(1e-6));
}

TEST_CASE("all are negative") {
  CHECK(largest_of({-1, -2, -5}) == Approx(-1).epsilon(1e-6));
}

TEST_CASE("f = a b c, of the text") {
  const Tensor half = full({1}, 0.5, DType::f64);
  const Tensor a = 1 * half, b = 1 * half, c = 1 * half;
  Hvp hvp(square(a * b * c - 1) / 2, {a, b, c});
  CHECK(largest_by_shift(std::ref(hvp), {a, b, c}, precise) ==
        Approx(7.0 / 16).epsilon(1e-6));
}
