#include <cmath>
#include <numbers>

#include "autodiff/ops.h"
#include "nn/instruments/norms.h"
#include "tests/exercise.h"

using namespace gradus;

Tensor centred_relu(const Tensor& g);
double centred_growth(double L);

TEST_CASE("no mean is left, row by row") {
  const Tensor g = from_host({1, -2, 3, 5, -1, -1}, {2, 3}, DType::f64);
  const std::vector<double> z = centred_relu(g).to_vector();
  const double third = 1.0 / 3;
  const std::vector<double> expected = {1 - 4 * third, -4 * third,
                                        3 - 4 * third, 5 - 5 * third,
                                        -5 * third,    -5 * third};
  expect_near("relu(g) less its mean", z, expected, 1e-12,
              {{"each row has a mean of its own, over its units"}});
}

TEST_CASE("the signal grows as derived, whatever the depth") {
  const std::int64_t n = 256;
  for (const std::int64_t L : {4, 16, 64}) {
    const auto key = static_cast<std::uint64_t>(L);
    const double beta = 1 / std::sqrt(static_cast<double>(L));
    Tensor h = random_normal({16, n}, {key, 0}, 1.0, DType::f64);
    const double start = rms(h);
    for (std::int64_t l = 1; l <= L; ++l) {
      const auto stream = static_cast<std::uint64_t>(l);
      const Tensor W =
          random_normal({n, n}, {key, stream},
                        std::sqrt(2 / static_cast<double>(n)), DType::f64);
      h = h + beta * centred_relu(matmul(h, W));
    }
    INFO("L " << L);
    const double measured = rms(h) / start, per = 1 - 1 / std::numbers::pi;
    const double depth = static_cast<double>(L);
    expect_near("growth", centred_growth(depth), measured, 0.05 * measured,
                {{"this is the growth of the square",
                  std::pow(1 + per / depth, depth)},
                 {"the mean that is taken away holds 1/pi of the square",
                  std::pow(1 + 1 / depth, depth / 2)}});
  }
}
