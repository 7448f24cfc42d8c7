// Long sums in f32: their error does not grow with the number of terms, and they do not stop growing
// where one more term is below half a unit in the last place (at 2^24 ones).
#include <cmath>

#include "autodiff/backend.h"
#include "autodiff/ops.h"
#include "tests/catch.h"

namespace gradus {
namespace {

constexpr std::int64_t many = 10'000'000;  // entries, of which the first 2^24 would be 40 MB

// The largest relative difference from `value`.
double error(const Tensor& x, double value) {
  double worst = 0;
  for (const double v : x.to_vector()) worst = std::max(worst, std::fabs(v / value - 1));
  return worst;
}

// What ops.h states for products: 2^12 terms in f32, each of a sum of as many in f64.
constexpr double of_products = 1.0 / (1 << 12);
const double tenth = static_cast<double>(0.1F);

TEST_CASE("products with a long inner dimension") {
  for (const auto& [m, n] : {std::pair{1, 1}, {3, 2}, {1, 7}, {7, 1}}) {
    const std::int64_t k = many / (m + n);
    const Tensor a = full({m, k}, 0.1), b = full({k, n}, 1), at = full({k, m}, 0.1),
                 bt = full({n, k}, 1);
    const double value = static_cast<double>(k) * tenth;
    INFO(m << " x " << n);
    CHECK(error(matmul(a, b), value) < of_products);
    CHECK(error(matmul(at, b, true), value) < of_products);
    CHECK(error(matmul(a, bt, false, true), value) < of_products);
    CHECK(error(matmul(at, bt, true, true), value) < of_products);
  }
  const std::int64_t ones_to_add = (1 << 24) + 1000;
  CHECK(matmul(ones({1, ones_to_add}), ones({ones_to_add, 1})).item() == ones_to_add);
  // Enough rows for parts of them.
  CHECK(error(matmul(full({130, 40000}, 0.1), ones({40000, 65})), 40000 * tenth) < of_products);
}

TEST_CASE("pools with large windows, and their adjoint") {
  CHECK(error(avg_pool2d(ones({1, 1000, 1000, 1}), 1000), 1) == 0);
  CHECK(error(avg_pool2d(full({2, 21, 14, 3}, 0.1), 7), tenth) == 0);
  CHECK(error(avg_unpool2d(full({1, 1, 1, 1}, 1), {1, 7, 7, 1}, 7),
              static_cast<double>(1.F / 49)) == 0);
}

TEST_CASE("rows that many rows are added to") {
  const std::int64_t count = many / 10;
  const std::vector<std::int64_t> indices(static_cast<std::size_t>(count), 1);
  const Tensor y = scatter_rows(full({count, 2}, 0.1), indices, 2);
  CHECK(error(slice(y, 0, 1, 2), static_cast<double>(count) * tenth) < 1e-6);
  CHECK(slice(y, 0, 0, 1).to_vector() == std::vector<double>{0, 0});
}

TEST_CASE("gradients of kernels over many pixels, and of images under large kernels") {
  // One large image, many images, and several calls of oneDNN for a part of the batch.
  for (const Shape& images : {Shape{1, 2000, 2000, 1}, {4000, 30, 30, 1}, {40, 250, 256, 2}}) {
    const Tensor x = full(images, 0.1);
    const Tensor y_bar = ones({images[0], images[1], images[2], 3});
    const double pixels = static_cast<double>(images[0] * images[1] * images[2]);
    CHECK(error(conv2d_kernel(x, y_bar, {1, 1, images[3], 3}), pixels * tenth) < of_products);
  }
  // A product with a million terms, and many overlapping patches in the pixel of an adjoint.
  CHECK(error(conv2d(ones({1, 1000, 1000, 1}), full({1000, 1000, 1, 1}, 0.1), 1, Padding::Valid()),
              1e6 * tenth) < of_products);
  const Padding all{99, 99, 99, 99};
  CHECK(error(conv2d_images(ones({1, 100, 100, 1}), full({100, 100, 1, 1}, 0.1), {1, 1, 1, 1}, 1,
                            all),
              1e4 * tenth) < 1e-6);
}

TEST_CASE("sums over axes") {
  const std::int64_t half = (1 << 23) + 500, quarter = many / 4;
  CHECK(sum(ones({2 * half})).item() == 2 * half);
  CHECK(sum_to(ones({half, 2}), {1, 2}).to_vector() ==
        std::vector<double>(2, static_cast<double>(half)));
  CHECK(error(sum(full({quarter, 4}, 0.1), {0}), static_cast<double>(quarter) * tenth) < 1e-6);
}

}  // namespace
}  // namespace gradus
