// Pairs of linear ops that are each other's adjoint: <A x, y> = <x, A^T y> for all x and y. The
// inner products are summed on the host.
#include <algorithm>
#include <cmath>
#include <functional>

#include "autodiff/gradient_check.h"
#include "tests/catch.h"
#include "tests/engine/reference.h"

namespace gradus {
namespace {

using Linear = std::function<Tensor(const Tensor&)>;

void check_adjoint(const Linear& a, const Shape& x_shape, const Linear& a_transposed) {
  const Tensor x = random_normal(x_shape, {7, 1}, 1.0, DType::f64);
  const Tensor ax = a(x);
  const Tensor y = random_normal(ax.shape(), {7, 2}, 1.0, DType::f64);
  const Tensor aty = a_transposed(y);
  REQUIRE(aty.shape() == x_shape);
  const double left = inner({ax}, {y}), right = inner({x}, {aty});
  CHECK(left != 0.0);
  CHECK(left == Approx(right).epsilon(1e-12));
}

TEST_CASE("broadcast_to and sum_to are adjoint") {
  const Shape small{3, 1, 2}, large{4, 3, 5, 2};
  check_adjoint([&](const Tensor& x) { return broadcast_to(x, large); }, small,
                [&](const Tensor& y) { return sum_to(y, small); });
}

TEST_CASE("slice and pad are adjoint") {
  check_adjoint([](const Tensor& x) { return slice(x, 1, 2, 6); }, {3, 9, 2},
                [](const Tensor& y) { return pad(y, 1, 2, 3); });
}

TEST_CASE("gather_rows and scatter_rows are adjoint") {
  const std::vector<std::int64_t> indices = {4, 1, 1, 0, 4, 4};
  check_adjoint([&](const Tensor& x) { return gather_rows(x, indices); }, {5, 3},
                [&](const Tensor& y) { return scatter_rows(y, indices, 5); });
}

TEST_CASE("transpose and its inverse permutation are adjoint") {
  check_adjoint(
      [](const Tensor& x) {
        return transpose(x, {2, 0, 1});
      },
      {2, 3, 4},
      [](const Tensor& y) {
        return transpose(y, {1, 2, 0});
      });
}

TEST_CASE("avg_pool2d and avg_unpool2d are adjoint") {
  const Shape images{2, 7, 6, 3};
  check_adjoint([](const Tensor& x) { return avg_pool2d(x, 3); }, images,
                [&](const Tensor& y) { return avg_unpool2d(y, images, 3); });
}

TEST_CASE("conv2d is adjoint to conv2d_images and to conv2d_kernel") {
  const Shape image_shape{2, 9, 8, 3}, kernel_shape{3, 3, 3, 4};
  const Tensor images = random_normal(image_shape, {8, 1}, 1.0, DType::f64);
  const Tensor kernel = random_normal(kernel_shape, {8, 2}, 1.0, DType::f64);
  for (std::int64_t stride : {1, 2, 3})
    for (const Padding& padding : {Padding::Same(), Padding::Valid(), Padding{2, 0, 1, 3}}) {
      INFO("stride " << stride << " padding " << padding.top);
      check_adjoint(
          [&](const Tensor& x) { return conv2d(x, kernel, stride, padding); }, image_shape,
          [&](const Tensor& y) { return conv2d_images(y, kernel, image_shape, stride, padding); });
      check_adjoint(
          [&](const Tensor& k) { return conv2d(images, k, stride, padding); }, kernel_shape,
          [&](const Tensor& y) { return conv2d_kernel(images, y, kernel_shape, stride, padding); });
    }
}

// Sizes that a kernel cuts into tiles, strips and threads, against the plain loops.
TEST_CASE("large products and convolutions agree with plain loops") {
  using reference::HostArray;
  for (DType dtype : {DType::f32, DType::f64}) {
    const double tolerance = dtype == DType::f32 ? 1e-3 : 1e-11;
    const auto check_close = [tolerance](const Tensor& y, const HostArray& expected) {
      REQUIRE(y.shape() == expected.shape);
      const std::vector<double> values = y.to_vector();
      double largest = 0;
      for (std::size_t i = 0; i < values.size(); ++i)
        largest = std::max(largest, std::fabs(values[i] - expected.values[i]));
      CHECK(largest < tolerance);
    };
    const Tensor a = random_normal({131, 257}, {9, 1}, 1.0, dtype);
    const Tensor b = random_normal({257, 67}, {9, 2}, 1.0, dtype);
    check_close(matmul(a, b), reference::matmul(HostArray(a), HostArray(b), false, false));

    const Tensor images = random_normal({2, 21, 19, 16}, {9, 3}, 1.0, dtype);
    const Tensor kernel = random_normal({5, 5, 16, 7}, {9, 4}, 0.1, dtype);
    const Padding same = Padding::Same();
    const Tensor y = conv2d(images, kernel);
    check_close(y, reference::conv2d(HostArray(images), HostArray(kernel), 1, same));
    check_close(conv2d_images(y, kernel, images.shape()),
                reference::conv2d_images(HostArray(y), HostArray(kernel), images.shape(), 1, same));
    const Tensor y_bar = scale(y, 0.01);
    check_close(
        conv2d_kernel(images, y_bar, kernel.shape()),
        reference::conv2d_kernel(HostArray(images), HostArray(y_bar), kernel.shape(), 1, same));

    const Tensor x = random_normal({40, 41, 70}, {9, 5}, 1.0, dtype);
    check_close(sum(x, {1}), reference::reduce(HostArray(x), {1}, false, reference::group_sum));
    check_close(sum(x), reference::reduce(HostArray(x), {}, false, reference::group_sum));
    check_close(max(x, {0, 2}),
                reference::reduce(HostArray(x), {0, 2}, false, reference::group_max));
    check_close(logsumexp(x, {2}),
                reference::reduce(HostArray(x), {2}, false, reference::group_logsumexp));
    check_close(transpose(x, {2, 1, 0}), reference::transpose(HostArray(x), {2, 1, 0}));
    check_close(tanh(x), reference::map([](double v) { return std::tanh(v); }, HostArray(x)));
  }
}

}  // namespace
}  // namespace gradus
