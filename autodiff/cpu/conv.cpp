#include <algorithm>
#include <vector>

#include "autodiff/cpu/cpu_backend.h"
#include "autodiff/cpu/parallel.h"
#include "autodiff/cpu/products.h"
#include "autodiff/cpu/provider.h"

/// Convolution as matrix products, a strip of output rows at a time. The patches under a strip,
/// (pixels, kernel_height * kernel_width * channels), fit the second-level cache; the whole
/// batch's never exist.
namespace gradus {
namespace {

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
template <class T, class Sum>
void add_patches(const Plan& plan, const Strip& strip, const T* patches, Sum* image) {
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
      multiply<T>(patches.topRows(pixels), w,
                  MatrixMap<T>(y.as<T>() + plan.out_offset(strip), pixels, plan.s.filters));
    }
  });
}

// Strips overlap in the image, so one thread does all strips of an image. Under a large kernel many
// patches meet in a pixel: they are added in f64.
template <class T>
void conv_images(Array y_bar, Array kernel, const Plan& plan, Array images) {
  const ConstMatrixMap<T> w(kernel.as<T>(), plan.patch, plan.s.filters);
  const std::int64_t size = plan.image_size();
  const bool many = plan.s.kernel_height * plan.s.kernel_width > 64;
  parallel_for(plan.s.batch, 1, [&](std::int64_t begin, std::int64_t end) {
    Matrix<T> patches = patch_buffer<T>(plan);
    std::vector<double> total;
    for (std::int64_t image = begin; image < end; ++image) {
      T* x = images.as<T>() + image * size;
      std::fill_n(x, size, T(0));
      total.assign(static_cast<std::size_t>(many ? size : 0), 0.0);
      for (std::int64_t part = 0; part < plan.strips_per_image; ++part) {
        const Strip strip = plan.strip(image * plan.strips_per_image + part);
        const std::int64_t pixels = plan.pixels(strip);
        multiply<T>(
            ConstMatrixMap<T>(y_bar.as<T>() + plan.out_offset(strip), pixels, plan.s.filters),
            w.transpose(), patches.topRows(pixels));
        if (many)
          add_patches(plan, strip, patches.data(), total.data());
        else
          add_patches(plan, strip, patches.data(), x);
      }
      std::transform(total.begin(), total.end(), x, [](double v) { return static_cast<T>(v); });
    }
  });
}

// A sum of products in T, which enters f64 before it is longer than `longest_sum`.
template <class T>
class LongSum {
 public:
  LongSum(std::int64_t rows, std::int64_t columns)
      : sum_(Matrix<T>::Zero(rows, columns)), total_(Matrix<double>::Zero(rows, columns)) {}

  // Adds a^T b.
  template <class A, class B>
  void add(const A& a, const B& b) {
    for (std::int64_t first = 0; first < a.rows(); first += longest_sum) {
      const std::int64_t terms = std::min<std::int64_t>(longest_sum, a.rows() - first);
      if (terms_ + terms > longest_sum) total();
      sum_.noalias() += a.middleRows(first, terms).transpose() * b.middleRows(first, terms);
      terms_ += terms;
    }
  }
  const Matrix<double>& total() {
    total_ += sum_.template cast<double>();
    sum_.setZero();
    terms_ = 0;
    return total_;
  }

 private:
  Matrix<T> sum_;
  Matrix<double> total_;
  std::int64_t terms_ = 0;
};

// Partial sums over a fixed number of parts of the batch, added in order: the result does not
// depend on the thread count.
template <class T>
void conv_kernel(Array images, Array y_bar, const Plan& plan, Array kernel) {
  constexpr std::int64_t parts = 4;
  const std::int64_t strips = plan.s.batch * plan.strips_per_image;
  std::vector<Matrix<double>> sums(parts);
  parallel_for(parts, 1, [&](std::int64_t first_part, std::int64_t last_part) {
    Matrix<T> patches = patch_buffer<T>(plan);
    for (std::int64_t part = first_part; part < last_part; ++part) {
      LongSum<T> sum(plan.patch, plan.s.filters);
      for (std::int64_t index = strips * part / parts; index < strips * (part + 1) / parts;
           ++index) {
        const Strip strip = plan.strip(index);
        const std::int64_t pixels = plan.pixels(strip);
        gather_patches(plan, strip, images.as<T>() + strip.image * plan.image_size(),
                       patches.data());
        sum.add(patches.topRows(pixels),
                ConstMatrixMap<T>(y_bar.as<T>() + plan.out_offset(strip), pixels, plan.s.filters));
      }
      sums[static_cast<std::size_t>(part)] = sum.total();
    }
  });
  for (std::size_t part = 1; part < sums.size(); ++part) sums[0] += sums[part];
  MatrixMap<T>(kernel.as<T>(), plan.patch, plan.s.filters) = sums[0].template cast<T>();
}

// Image rows that are worth a thread.
std::int64_t rows_of_share(const PoolSpec& s) {
  return 16384 / std::max<std::int64_t>(s.width * s.channels, 1) + 1;
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

// Sums in f64, divided once.
void CpuBackend::avg_pool2d(Array x, const PoolSpec& s, Array y) {
  dispatch(y.dtype, [&](auto zero) {
    using T = decltype(zero);
    const auto count = static_cast<double>(s.window) * static_cast<double>(s.window);
    const std::int64_t rows = s.height / s.window, columns = s.width / s.window;
    parallel_for(s.batch * rows, rows_of_share(s), [&](std::int64_t begin, std::int64_t end) {
      std::vector<double> total(static_cast<std::size_t>(columns * s.channels));
      for (std::int64_t row = begin; row < end; ++row) {
        std::fill(total.begin(), total.end(), 0.0);
        for (std::int64_t i = 0; i < s.window; ++i) {
          const T* from = x.as<T>() + (row / rows * s.height + row % rows * s.window + i) *
                                          s.width * s.channels;
          for (std::int64_t pixel = 0; pixel < columns * s.window; ++pixel) {
            double* to = total.data() + pixel / s.window * s.channels;
            for (std::int64_t c = 0; c < s.channels; ++c)
              to[c] += static_cast<double>(from[pixel * s.channels + c]);
          }
        }
        std::transform(total.begin(), total.end(), y.as<T>() + row * columns * s.channels,
                       [=](double sum) { return static_cast<T>(sum / count); });
      }
    });
  });
}

void CpuBackend::avg_unpool2d(Array x, const PoolSpec& s, Array y) {
  dispatch(y.dtype, [&](auto zero) {
    using T = decltype(zero);
    const T count = static_cast<T>(s.window) * static_cast<T>(s.window);
    const std::int64_t rows = s.height / s.window, columns = s.width / s.window;
    parallel_for(s.batch * s.height, rows_of_share(s), [&](std::int64_t begin, std::int64_t end) {
      std::vector<T> shares(static_cast<std::size_t>(columns * s.channels));
      for (std::int64_t row = begin; row < end; ++row) {
        T* to = y.as<T>() + row * s.width * s.channels;
        const std::int64_t pooled = row % s.height / s.window;
        std::int64_t pixel = 0;
        if (pooled < rows) {
          const T* from = x.as<T>() + (row / s.height * rows + pooled) * columns * s.channels;
          std::transform(from, from + columns * s.channels, shares.begin(),
                         [=](T value) { return value / count; });
          for (; pixel < columns * s.window; ++pixel)
            std::copy_n(shares.data() + pixel / s.window * s.channels, s.channels,
                        to + pixel * s.channels);
        }
        std::fill(to + pixel * s.channels, to + s.width * s.channels, T(0));
      }
    });
  });
}

}  // namespace gradus
