// The same bits, whatever the number of threads in a kernel.
#include <cstring>
#include <functional>
#include <vector>

#include "autodiff/ops.h"
#include "autodiff/threads.h"
#include "tests/catch.h"

namespace gradus {
namespace {

std::vector<double> together(const std::vector<Tensor>& tensors) {
  std::vector<double> all;
  for (const Tensor& t : tensors) {
    const std::vector<double> values = t.to_vector();
    all.insert(all.end(), values.begin(), values.end());
  }
  return all;
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int step = 7;
#else
constexpr int step = 1;
#endif

// Whether `work` gives the same bits on 1 to 8 threads; NaN equals NaN.
bool repeats(const std::function<std::vector<Tensor>()>& work) {
  const int before = threads();
  std::vector<double> one;
  bool same = true;
  for (int count = 1; count <= 8; count += step) {
    set_threads(count);
    const std::vector<double> values = together(work());
    if (count == 1) one = values;
    same = same && one.size() == values.size() &&
           std::memcmp(one.data(), values.data(), one.size() * sizeof(double)) == 0;
  }
  set_threads(before);
  return same;
}

TEST_CASE("products are the same bits on 1 to 8 threads: both dtypes, all transposes, odd sizes") {
  constexpr std::int64_t sizes[][3] = {
      {97, 131, 151}, {101, 1, 103},   {150, 97, 3},    {3, 99, 517},    {1, 900, 1201},
      {1201, 900, 1}, {193, 64, 47},   {47, 333, 193},  {255, 257, 129}, {1021, 33, 7},
      {7, 61, 1021},  {100, 100, 100}, {145, 260, 145}, {96, 20000, 5},  {5, 20000, 97},
      {4099, 40, 3},  {128, 784, 65},  {66, 511, 131},  {517, 2, 515},   {191, 512, 191}};
  for (const DType dtype : {DType::f32, DType::f64})
    for (const auto& [m, k, n] : sizes)
      for (const bool ta : {false, true})
        for (const bool tb : {false, true}) {
          const Tensor a = random_normal(ta ? Shape{k, m} : Shape{m, k}, {61, 0}, 1.0, dtype);
          const Tensor b = random_normal(tb ? Shape{n, k} : Shape{k, n}, {61, 1}, 1.0, dtype);
          INFO("(" << m << ", " << k << ") x (" << k << ", " << n << "), transposed " << ta << ", "
                   << tb << ", " << dtype);
          CHECK(repeats([&] { return std::vector{matmul(a, b, ta, tb)}; }));
        }
}

TEST_CASE("all other kernels are the same bits on 1 to 8 threads") {
  for (const DType dtype : {DType::f32, DType::f64}) {
    const auto normal = [dtype](const Shape& shape, std::uint64_t stream) {
      return random_normal(shape, {62, stream}, 1.0, dtype);
    };
    INFO(dtype);
    const Tensor x = normal({200003}, 0), y = normal({200003}, 1);
    CHECK(repeats([&] {
      return std::vector{negate(x),
                         scale(x, 0.1),
                         shift(x, 0.1),
                         pow(abs(x), 0.3),
                         exp(x),
                         log(abs(x)),
                         sqrt(abs(x)),
                         square(x),
                         sign(x),
                         tanh(x),
                         sigmoid(x),
                         relu(x),
                         x + y,
                         x - y,
                         x * y,
                         x / y,
                         less(x, y),
                         maximum(x, y),
                         normal({200003}, 0),
                         random_uniform({200003}, {62, 2}, -1, 1, dtype)};
    }));
    const Tensor rows = normal({311, 1009}, 3), cube = normal({7, 301, 67}, 4);
    CHECK(repeats([&] {
      return std::vector{sum(x),
                         sum(rows, {0}),
                         sum(rows, {1}),
                         sum(cube, {1}),
                         max(rows, {1}),
                         argmax(rows),
                         logsumexp(rows, {0}),
                         logsumexp(cube, {1}),
                         transpose(cube),
                         softmax(rows),
                         broadcast_to(slice(rows, 0, 0, 1), rows.shape())};
    }));
    const std::vector<std::int64_t> indices = {4, 0, 4, 4, 2, 299, 2};
    CHECK(repeats([&] {
      const Tensor some = gather_rows(rows, indices);
      return std::vector{some, scatter_rows(some, indices, 300)};
    }));
    const Tensor images = normal({9, 21, 19, 5}, 5);
    CHECK(repeats([&] {
      const Tensor pooled = avg_pool2d(images, 3);
      return std::vector{pooled, avg_unpool2d(pooled, images.shape(), 3)};
    }));
    for (const std::int64_t size : {1, 3, 15}) {  // the last by Eigen in either dtype
      const Tensor kernel = normal({size, size, 5, 11}, 6), y_bar = normal({9, 21, 19, 11}, 7);
      CHECK(repeats([&] {
        return std::vector{conv2d(images, kernel), conv2d_images(y_bar, kernel, images.shape()),
                           conv2d_kernel(images, y_bar, kernel.shape())};
      }));
    }
  }
}

}  // namespace
}  // namespace gradus
