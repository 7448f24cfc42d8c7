#include <Eigen/Core>
#include <algorithm>
#include <vector>

#include "autodiff/cpu/cpu_backend.h"
#include "autodiff/cpu/parallel.h"
#include "autodiff/cpu/provider.h"

/// Convolution as matrix products, a strip of output rows at a time. The patches under a strip,
/// (pixels, kernel_height * kernel_width * channels), fit the second-level cache; the whole
/// batch's never exist.
namespace gradus {
namespace {

template <class T>
using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
template <class T>
using MatrixMap = Eigen::Map<Matrix<T>>;
template <class T>
using ConstMatrixMap = Eigen::Map<const Matrix<T>>;

constexpr std::int64_t patch_bytes = 512 * 1024;

// Output rows first..last-1 of one image.
struct Strip {
  std::int64_t image, first, last;
};

// What follows from the geometry: sizes of the matrices, and how images are cut into strips.
struct Plan {
  Conv2dSpec s;
  std::int64_t patch, strip_rows, strips_per_image;

  Plan(const Conv2dSpec& spec, std::int64_t element)
      : s(spec), patch(spec.kernel_height * spec.kernel_width * spec.channels) {
    const std::int64_t row_bytes = std::max<std::int64_t>(s.out_width * patch * element, 1);
    strip_rows = std::clamp<std::int64_t>(patch_bytes / row_bytes, 1,
                                          std::max<std::int64_t>(s.out_height, 1));
    strips_per_image = (s.out_height + strip_rows - 1) / strip_rows;
  }
  Strip strip(std::int64_t index) const {
    const std::int64_t first = index % strips_per_image * strip_rows;
    return {index / strips_per_image, first, std::min(first + strip_rows, s.out_height)};
  }
  std::int64_t pixels(const Strip& strip) const { return (strip.last - strip.first) * s.out_width; }
  std::int64_t out_offset(const Strip& strip) const {
    return (strip.image * s.out_height + strip.first) * s.out_width * s.filters;
  }
  std::int64_t image_size() const { return s.height * s.width * s.channels; }
};

// Calls visit(position in the patch matrix, position in the image or -1, length) for every run of
// pixels that a strip's patches hold contiguously, a row of the kernel at a time; -1 for padding.
template <class Visit>
void for_each_run(const Plan& plan, const Strip& strip, const Visit& visit) {
  const Conv2dSpec& s = plan.s;
  std::int64_t at = 0;
  for (std::int64_t row = strip.first; row < strip.last; ++row)
    for (std::int64_t column = 0; column < s.out_width; ++column) {
      const std::int64_t left = column * s.stride - s.pad_left;
      const std::int64_t from = std::clamp<std::int64_t>(-left, 0, s.kernel_width);
      const std::int64_t to = std::clamp<std::int64_t>(s.width - left, from, s.kernel_width);
      for (std::int64_t i = 0; i < s.kernel_height; ++i) {
        const std::int64_t y = row * s.stride - s.pad_top + i;
        if (y < 0 || y >= s.height) {
          visit(at, std::int64_t{-1}, s.kernel_width * s.channels);
        } else {
          visit(at, std::int64_t{-1}, from * s.channels);
          visit(at + from * s.channels, (y * s.width + left + from) * s.channels,
                (to - from) * s.channels);
          visit(at + to * s.channels, std::int64_t{-1}, (s.kernel_width - to) * s.channels);
        }
        at += s.kernel_width * s.channels;
      }
    }
}

template <class T>
void gather_patches(const Plan& plan, const Strip& strip, const T* image, T* patches) {
  for_each_run(plan, strip, [=](std::int64_t at, std::int64_t from, std::int64_t length) {
    if (from < 0)
      std::fill_n(patches + at, length, T(0));
    else
      std::copy_n(image + from, length, patches + at);
  });
}

// The adjoint of gather_patches: adds every patch to the pixels that it came from.
template <class T>
void add_patches(const Plan& plan, const Strip& strip, const T* patches, T* image) {
  for_each_run(plan, strip, [=](std::int64_t at, std::int64_t to, std::int64_t length) {
    if (to < 0) return;
    for (std::int64_t i = 0; i < length; ++i) image[to + i] += patches[at + i];
  });
}

template <class T>
Matrix<T> patch_buffer(const Plan& plan) {
  return Matrix<T>(plan.strip_rows * plan.s.out_width, plan.patch);
}

template <class T>
void conv(Array images, Array kernel, const Plan& plan, Array y) {
  const ConstMatrixMap<T> w(kernel.as<T>(), plan.patch, plan.s.filters);
  parallel_for(plan.s.batch * plan.strips_per_image, 1, [&](std::int64_t begin, std::int64_t end) {
    Matrix<T> patches = patch_buffer<T>(plan);
    for (std::int64_t index = begin; index < end; ++index) {
      const Strip strip = plan.strip(index);
      const std::int64_t pixels = plan.pixels(strip);
      gather_patches(plan, strip, images.as<T>() + strip.image * plan.image_size(), patches.data());
      MatrixMap<T>(y.as<T>() + plan.out_offset(strip), pixels, plan.s.filters).noalias() =
          patches.topRows(pixels) * w;
    }
  });
}

// Strips overlap in the image, so one thread does all strips of an image.
template <class T>
void conv_images(Array y_bar, Array kernel, const Plan& plan, Array images) {
  const ConstMatrixMap<T> w(kernel.as<T>(), plan.patch, plan.s.filters);
  parallel_for(plan.s.batch, 1, [&](std::int64_t begin, std::int64_t end) {
    Matrix<T> patches = patch_buffer<T>(plan);
    std::fill(images.as<T>() + begin * plan.image_size(), images.as<T>() + end * plan.image_size(),
              T(0));
    for (std::int64_t index = begin * plan.strips_per_image; index < end * plan.strips_per_image;
         ++index) {
      const Strip strip = plan.strip(index);
      const std::int64_t pixels = plan.pixels(strip);
      patches.topRows(pixels).noalias() =
          ConstMatrixMap<T>(y_bar.as<T>() + plan.out_offset(strip), pixels, plan.s.filters) *
          w.transpose();
      add_patches(plan, strip, patches.data(), images.as<T>() + strip.image * plan.image_size());
    }
  });
}

// Partial sums over a fixed number of parts of the batch, added in order: the result does not
// depend on the thread count.
template <class T>
void conv_kernel(Array images, Array y_bar, const Plan& plan, Array kernel) {
  constexpr std::int64_t parts = 4;
  const std::int64_t strips = plan.s.batch * plan.strips_per_image;
  std::vector<Matrix<T>> sums(parts);
  parallel_for(parts, 1, [&](std::int64_t first_part, std::int64_t last_part) {
    Matrix<T> patches = patch_buffer<T>(plan);
    for (std::int64_t part = first_part; part < last_part; ++part) {
      Matrix<T>& sum = sums[static_cast<std::size_t>(part)];
      sum.setZero(plan.patch, plan.s.filters);
      for (std::int64_t index = strips * part / parts; index < strips * (part + 1) / parts;
           ++index) {
        const Strip strip = plan.strip(index);
        const std::int64_t pixels = plan.pixels(strip);
        gather_patches(plan, strip, images.as<T>() + strip.image * plan.image_size(),
                       patches.data());
        sum.noalias() +=
            patches.topRows(pixels).transpose() *
            ConstMatrixMap<T>(y_bar.as<T>() + plan.out_offset(strip), pixels, plan.s.filters);
      }
    }
  });
  MatrixMap<T> w(kernel.as<T>(), plan.patch, plan.s.filters);
  w = sums[0];
  for (std::int64_t part = 1; part < parts; ++part) w += sums[static_cast<std::size_t>(part)];
}

// Calls visit(pixel, window) with the positions of a pixel of x and of its window in the pooled y,
// both of `channels` entries, for the pixels of one image that belong to a window.
template <class Visit>
void for_each_pixel(const PoolSpec& s, std::int64_t image, const Visit& visit) {
  const std::int64_t rows = s.height / s.window, columns = s.width / s.window;
  for (std::int64_t y = 0; y < rows * s.window; ++y)
    for (std::int64_t x = 0; x < columns * s.window; ++x)
      visit(((image * s.height + y) * s.width + x) * s.channels,
            ((image * rows + y / s.window) * columns + x / s.window) * s.channels);
}

}  // namespace

void CpuBackend::conv2d(Array images, Array kernel, const Conv2dSpec& spec, Array y) {
  if (provided::conv2d(images, kernel, spec, y)) return;
  const Plan plan(spec, size_of(y.dtype));
  dispatch(y.dtype, [&](auto zero) { conv<decltype(zero)>(images, kernel, plan, y); });
}

void CpuBackend::conv2d_images(Array y_bar, Array kernel, const Conv2dSpec& spec, Array images) {
  if (provided::conv2d_images(y_bar, kernel, spec, images)) return;
  const Plan plan(spec, size_of(images.dtype));
  dispatch(images.dtype,
           [&](auto zero) { conv_images<decltype(zero)>(y_bar, kernel, plan, images); });
}

void CpuBackend::conv2d_kernel(Array images, Array y_bar, const Conv2dSpec& spec, Array kernel) {
  if (provided::conv2d_kernel(images, y_bar, spec, kernel)) return;
  const Plan plan(spec, size_of(kernel.dtype));
  dispatch(kernel.dtype,
           [&](auto zero) { conv_kernel<decltype(zero)>(images, y_bar, plan, kernel); });
}

void CpuBackend::avg_pool2d(Array x, const PoolSpec& s, Array y) {
  dispatch(y.dtype, [&](auto zero) {
    using T = decltype(zero);
    const T share = T(1) / static_cast<T>(s.window * s.window);
    const std::int64_t pooled = (s.height / s.window) * (s.width / s.window) * s.channels;
    parallel_for(s.batch, 1, [&](std::int64_t begin, std::int64_t end) {
      std::fill(y.as<T>() + begin * pooled, y.as<T>() + end * pooled, T(0));
      for (std::int64_t image = begin; image < end; ++image)
        for_each_pixel(s, image, [&](std::int64_t pixel, std::int64_t window) {
          for (std::int64_t c = 0; c < s.channels; ++c)
            y.as<T>()[window + c] += share * x.as<T>()[pixel + c];
        });
    });
  });
}

void CpuBackend::avg_unpool2d(Array x, const PoolSpec& s, Array y) {
  dispatch(y.dtype, [&](auto zero) {
    using T = decltype(zero);
    const T share = T(1) / static_cast<T>(s.window * s.window);
    const std::int64_t size = s.height * s.width * s.channels;
    parallel_for(s.batch, 1, [&](std::int64_t begin, std::int64_t end) {
      std::fill(y.as<T>() + begin * size, y.as<T>() + end * size, T(0));
      for (std::int64_t image = begin; image < end; ++image)
        for_each_pixel(s, image, [&](std::int64_t pixel, std::int64_t window) {
          for (std::int64_t c = 0; c < s.channels; ++c)
            y.as<T>()[pixel + c] = share * x.as<T>()[window + c];
        });
    });
  });
}

}  // namespace gradus
