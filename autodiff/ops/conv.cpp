#include <algorithm>

#include "autodiff/ops.h"
#include "autodiff/ops/op.h"

/// Convolution Y = X * W is linear in the images X and in the kernel W. So there are three ops, Y
/// from (X, W), X_bar from (Y_bar, W) and W_bar from (X, Y_bar), all bilinear forms of one sum
///   <Y_bar, X * W> = sum over images, pixels, offsets, channels, filters of y_bar x w,
/// and the rules of each are the other two. Pooling and its adjoint are such a pair as well.
namespace gradus {
namespace {

constexpr std::int64_t most = std::int64_t{1} << 30;  // sizes whose products stay within int64

// Zeros before an axis and number of outputs along it.
struct AxisGeometry {
  std::int64_t before, outputs;
};

AxisGeometry axis_geometry(std::int64_t size, std::int64_t window, std::int64_t stride,
                           std::int64_t before, std::int64_t after) {
  if (before == Padding::same) {
    const std::int64_t outputs = (size + stride - 1) / stride;
    return {std::max<std::int64_t>((outputs - 1) * stride + window - size, 0) / 2, outputs};
  }
  const std::int64_t room = size + before + after - window;
  return {before, room < 0 ? 0 : room / stride + 1};
}

// The geometry of a convolution, from the shapes of images and kernel.
Conv2dSpec geometry(const char* op, const Shape& images, const Shape& kernel, std::int64_t stride,
                    const Padding& p) {
  check(images.rank() == 4 && kernel.rank() == 4, "[", op, "] images ", images, " and kernel ",
        kernel, " need rank 4: (batch, height, width, channels) and (height, width, channels, ",
        "filters)");
  check(images[3] == kernel[2], "[", op, "] images ", images, " have ", images[3],
        " channels, the kernel ", kernel, " expects ", kernel[2]);
  check(kernel[0] > 0 && kernel[1] > 0, "[", op, "] kernel ", kernel, " has no pixels");
  check(0 < stride && stride <= most, "[", op, "] stride ", stride, " is not in 1..2^30");
  check(p == Padding::Same() || (std::min({p.top, p.bottom, p.left, p.right}) >= 0 &&
                                 std::max({p.top, p.bottom, p.left, p.right}) <= most),
        "[", op, "] padding of ", p.top, ", ", p.bottom, ", ", p.left, ", ", p.right,
        " is not in 0..2^30");
  const AxisGeometry rows = axis_geometry(images[1], kernel[0], stride, p.top, p.bottom);
  const AxisGeometry columns = axis_geometry(images[2], kernel[1], stride, p.left, p.right);
  return {.batch = images[0],
          .height = images[1],
          .width = images[2],
          .channels = images[3],
          .kernel_height = kernel[0],
          .kernel_width = kernel[1],
          .filters = kernel[3],
          .stride = stride,
          .pad_top = rows.before,
          .pad_left = columns.before,
          .out_height = rows.outputs,
          .out_width = columns.outputs};
}

void check_cotangent(const char* op, const Tensor& y_bar, const Conv2dSpec& spec) {
  const Shape expected{spec.batch, spec.out_height, spec.out_width, spec.filters};
  check(y_bar.shape() == expected, "[", op, "] the cotangent has shape ", y_bar.shape(),
        ", the convolution gives ", expected);
}

PoolSpec pool_geometry(const char* op, const Shape& images, std::int64_t window) {
  check(images.rank() == 4, "[", op, "] images ", images,
        " need rank 4: (batch, height, width, channels)");
  check(0 < window && window <= most, "[", op, "] window ", window, " is not in 1..2^30");
  return {images[0], images[1], images[2], images[3], window};
}

}  // namespace

Tensor conv2d(const Tensor& images, const Tensor& kernel, std::int64_t stride,
              const Padding& padding) {
  Backend& device = common_backend("conv2d", images, kernel);
  const Conv2dSpec spec = geometry("conv2d", images.shape(), kernel.shape(), stride, padding);
  Tensor y = empty_like(images, {spec.batch, spec.out_height, spec.out_width, spec.filters});
  device.conv2d(array_of(images), array_of(kernel), spec, array_of(y));
  // Y = X * W, dY = dX * W + X * dW  =>  X_bar = X(Y_bar, W), W_bar = W(X, Y_bar): the two adjoints
  return record("conv2d", std::move(y), {images, kernel},
                {[stride, padding](auto& in, auto&, auto& y_bar) {
                   return conv2d_images(y_bar, in[1], in[0].shape(), stride, padding);
                 },
                 [stride, padding](auto& in, auto&, auto& y_bar) {
                   return conv2d_kernel(in[0], y_bar, in[1].shape(), stride, padding);
                 }});
}

Tensor conv2d_images(const Tensor& y_bar, const Tensor& kernel, const Shape& images,
                     std::int64_t stride, const Padding& padding) {
  Backend& device = common_backend("conv2d_images", y_bar, kernel);
  const Conv2dSpec spec = geometry("conv2d_images", images, kernel.shape(), stride, padding);
  check_cotangent("conv2d_images", y_bar, spec);
  Tensor x = empty_like(y_bar, images);
  device.conv2d_images(array_of(y_bar), array_of(kernel), spec, array_of(x));
  // <U, X(Y, W)> = <Y, U * W>  =>  Y_bar = U * W, W_bar = W(U, Y)
  return record(
      "conv2d_images", std::move(x), {y_bar, kernel},
      {[stride, padding](auto& in, auto&, auto& u) { return conv2d(u, in[1], stride, padding); },
       [stride, padding](auto& in, auto&, auto& u) {
         return conv2d_kernel(u, in[0], in[1].shape(), stride, padding);
       }});
}

Tensor conv2d_kernel(const Tensor& images, const Tensor& y_bar, const Shape& kernel,
                     std::int64_t stride, const Padding& padding) {
  Backend& device = common_backend("conv2d_kernel", images, y_bar);
  const Conv2dSpec spec = geometry("conv2d_kernel", images.shape(), kernel, stride, padding);
  check_cotangent("conv2d_kernel", y_bar, spec);
  Tensor w = empty_like(images, kernel);
  device.conv2d_kernel(array_of(images), array_of(y_bar), spec, array_of(w));
  // <U, W(X, Y)> = <Y, X * U>  =>  X_bar = X(Y, U), Y_bar = X * U
  return record(
      "conv2d_kernel", std::move(w), {images, y_bar},
      {[stride, padding](auto& in, auto&, auto& u) {
         return conv2d_images(in[1], u, in[0].shape(), stride, padding);
       },
       [stride, padding](auto& in, auto&, auto& u) { return conv2d(in[0], u, stride, padding); }});
}

Tensor avg_pool2d(const Tensor& images, std::int64_t window) {
  const PoolSpec spec = pool_geometry("avg_pool2d", images.shape(), window);
  Tensor y =
      empty_like(images, {spec.batch, spec.height / window, spec.width / window, spec.channels});
  backend(images.device()).avg_pool2d(array_of(images), spec, array_of(y));
  // Y = P x  =>  x_bar = P^T y_bar: each pixel gets its share of the window's cotangent
  return record("avg_pool2d", std::move(y), {images}, {[window](auto& in, auto&, auto& y_bar) {
                  return avg_unpool2d(y_bar, in[0].shape(), window);
                }});
}

Tensor avg_unpool2d(const Tensor& y_bar, const Shape& images, std::int64_t window) {
  const PoolSpec spec = pool_geometry("avg_unpool2d", images, window);
  const Shape expected{spec.batch, spec.height / window, spec.width / window, spec.channels};
  check(y_bar.shape() == expected, "[avg_unpool2d] the cotangent has shape ", y_bar.shape(),
        ", pooling gives ", expected);
  Tensor x = empty_like(y_bar, images);
  backend(y_bar.device()).avg_unpool2d(array_of(y_bar), spec, array_of(x));
  // X = P^T y  =>  y_bar = P x_bar
  return record("avg_unpool2d", std::move(x), {y_bar},
                {[window](auto&, auto&, auto& u) { return avg_pool2d(u, window); }});
}

}  // namespace gradus
