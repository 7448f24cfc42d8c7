// f32 products and convolutions, which another library than Eigen may compute, against f64, which
// is always Eigen's; that they are the same bits for every number of threads; and what a library
// could leave out: NaN, infinities, sums of nothing.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <thread>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "autodiff/threads.h"
#include "tests/catch.h"
#include "tests/engine/test_support.h"

namespace gradus {
namespace {

using Values = std::vector<double>;

Tensor normal(Shape shape, std::uint64_t stream, DType dtype) {
  return random_normal(std::move(shape), {17, stream}, 1.0, dtype);
}

// The sizes are below and above those from which on a library takes part, and odd.
constexpr std::int64_t product_sizes[][3] = {
    {1, 5, 1},    {3, 70, 41},   {33, 31, 35},  {64, 64, 10},   {64, 784, 64}, {129, 63, 130},
    {300, 2, 91}, {2, 300, 517}, {1, 400, 300}, {1030, 33, 40}, {40, 35, 1100}};

// All four kinds of products of these sizes, one after the other.
Values products(DType dtype) {
  Values all;
  for (const auto& [m, k, n] : product_sizes)
    for (bool ta : {false, true})
      for (bool tb : {false, true}) {
        const Tensor a = normal(ta ? Shape{k, m} : Shape{m, k}, 1, dtype);
        const Tensor b = normal(tb ? Shape{n, k} : Shape{k, n}, 2, dtype);
        const Values y = matmul(a, b, ta, tb).to_vector();
        all.insert(all.end(), y.begin(), y.end());
      }
  return all;
}

struct Convolution {
  Shape images, kernel;
  std::int64_t stride;
  Padding padding;
};

// Each with its gradients in images and kernel.
Values with_gradients(const std::vector<Convolution>& rows, DType dtype) {
  Values all;
  for (const Convolution& row : rows) {
    const Tensor images = normal(row.images, 3, dtype), kernel = normal(row.kernel, 4, dtype);
    const Tensor y = conv2d(images, kernel, row.stride, row.padding);
    const Tensor y_bar = normal(y.shape(), 5, dtype);
    for (const Tensor& t : {y, vjp(y, y_bar, images), vjp(y, y_bar, kernel)}) {
      const Values values = t.to_vector();
      all.insert(all.end(), values.begin(), values.end());
    }
  }
  return all;
}

Values convolutions(DType dtype) {
  return with_gradients({{{2, 5, 5, 1}, {3, 3, 1, 2}, 1, Padding::Same()},
                         {{9, 16, 16, 3}, {3, 3, 3, 32}, 1, Padding::Same()},
                         {{11, 13, 12, 20}, {3, 3, 20, 24}, 2, Padding::Same()},
                         {{5, 9, 10, 16}, {5, 4, 16, 7}, 1, Padding::Valid()},
                         {{3, 12, 11, 17}, {3, 3, 17, 19}, 3, {.top = 2, .right = 1}},
                         {{37, 8, 8, 16}, {1, 1, 16, 16}, 1, Padding::Valid()},
                         {{2, 30, 30, 8}, {3, 3, 8, 8}, 1, {.top = 4, .left = 5}}},
                        dtype);
}

void check_close(const Values& f32, const Values& f64) {
  REQUIRE(f32.size() == f64.size());
  double worst = 0;
  for (std::size_t i = 0; i < f32.size(); ++i)
    worst = std::max(worst, std::fabs(f32[i] - f64[i]) / (1 + std::fabs(f64[i])));
  CHECK(worst < 2e-4);
}

TEST_CASE("products in f32 agree with those in f64") {
  check_close(products(DType::f32), products(DType::f64));
}

TEST_CASE("convolutions and their adjoints in f32 agree with those in f64") {
  check_close(convolutions(DType::f32), convolutions(DType::f64));
}

TEST_CASE("f32 products and convolutions are the same bits for every number of threads",
          "[threads]") {
  const int before = threads();
  set_threads(1);
  const Values one_products = products(DType::f32), one_convolutions = convolutions(DType::f32);
  for (int count : {2, 3, 7}) {
    set_threads(count);
    CHECK(products(DType::f32) == one_products);
    CHECK(convolutions(DType::f32) == one_convolutions);
  }
  set_threads(before);

  Values products_beside, convolutions_beside;  // another user of the engine at the same time
  std::thread beside([&] {
    set_threads(2);
    products_beside = products(DType::f32);
    convolutions_beside = convolutions(DType::f32);
  });
  CHECK(convolutions(DType::f32) == one_convolutions);
  CHECK(products(DType::f32) == one_products);
  beside.join();
  CHECK(products_beside == one_products);
  CHECK(convolutions_beside == one_convolutions);
}

// Sizes that no tile of 4 x 4 pixels divides, and more images than are convolved at a time.
Values many_channels(DType dtype) {
  return with_gradients({{{43, 9, 13, 64}, {3, 3, 64, 80}, 1, Padding::Same()}}, dtype);
}

// What the environment asks for, until the end of the block.
struct Asked {
  explicit Asked(const char* way) { setenv("GRADUS_CONVOLUTIONS", way, 1); }
  ~Asked() { unsetenv("GRADUS_CONVOLUTIONS"); }
};

TEST_CASE("Winograd's convolutions agree with the direct ones, for any number of threads") {
  if (provider().find("oneDNN") == std::string::npos) return;  // Eigen alone has none
  const int before = threads();
  set_threads(1);
  const Values direct = many_channels(DType::f32);
  {
    const Asked asked("wino");
    CHECK(error_of([] { many_channels(DType::f32); }) ==
          "GRADUS_CONVOLUTIONS is wino; set it to direct or to winograd");
  }
  const Asked asked("winograd");
  const std::string refused = error_of([] { many_channels(DType::f32); });
  const bool possible = refused.find("for processors with AVX-512 only") == std::string::npos;
  if (!possible) return set_threads(before);
  CHECK_THAT(provider(), ContainsSubstring("Winograd"));
  const Values winograd = many_channels(DType::f32);
  double largest = 0, apart = 0;
  for (std::size_t i = 0; i < direct.size(); ++i) {
    largest = std::max(largest, std::fabs(direct[i]));
    apart = std::max(apart, std::fabs(winograd[i] - direct[i]));
  }
  CHECK(apart < 1e-4 * largest);
  CHECK(apart > 0);  // or it did not run
  set_threads(2);
  CHECK(many_channels(DType::f32) == winograd);
  set_threads(before);
}

TEST_CASE("NaN and infinities pass through f32 products and convolutions") {
  for (double special :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    Values values(64 * 64, 0.0);
    values[3 * 64 + 5] = special;
    const Tensor spike = from_host(values, {64, 64});
    const Values y = matmul(spike, zeros({64, 64})).to_vector();  // 0 * NaN and 0 * inf are NaN
    for (std::size_t i = 0; i < y.size(); ++i)
      if (std::isnan(y[i]) != (i / 64 == 3)) FAIL_CHECK("entry " << i << " is " << y[i]);

    // As images, the entry is pixel (0, 12): it reaches 6 pixels of the result.
    const Values z = conv2d(reshape(spike, {1, 16, 16, 16}), ones({3, 3, 16, 16})).to_vector();
    CHECK(std::count(z.begin(), z.end(), 0.0) == (16 * 16 - 6) * 16);
    CHECK(std::count_if(z.begin(), z.end(), [](double v) { return !std::isfinite(v); }) == 6 * 16);
  }
}

TEST_CASE("an f32 product over no terms is zero") {
  CHECK(matmul(zeros({300, 0}), zeros({0, 200})).to_vector() == Values(300 * 200, 0.0));
}

TEST_CASE("the provider is named with its version") {
  CHECK(provider().find("Eigen 3.") != std::string::npos);
}

}  // namespace
}  // namespace gradus
