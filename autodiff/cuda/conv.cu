#include <algorithm>

#include "autodiff/cuda/cuda_backend.h"
#include "autodiff/cuda/move.h"

/// Convolution as matrix products, some output rows at a time. The patches under them, (pixels,
/// kernel_height * kernel_width * channels), are written, multiplied and forgotten: 16 MiB stay in
/// the second-level cache (40 MiB on an A100) and give products large enough to fill the device;
/// the whole batch's patches never exist. Products are bound by flops, the rest by bytes.
namespace gradus {
namespace {

constexpr std::int64_t patch_bytes = std::int64_t{16} << 20;

// Output rows first..last-1, counted through the whole batch.
struct Strip {
  std::int64_t first, last;
};

// What follows from the geometry.
struct Plan {
  Conv2dSpec s;
  std::int64_t patch, rows, strip_rows;

  Plan(const Conv2dSpec& spec, DType dtype)
      : s(spec),
        patch(spec.kernel_height * spec.kernel_width * spec.channels),
        rows(spec.batch * spec.out_height) {
    const std::int64_t row_bytes = std::max<std::int64_t>(s.out_width * patch * size_of(dtype), 1);
    strip_rows = std::max<std::int64_t>(std::min(patch_bytes / row_bytes, rows), 1);
  }
  bool empty() const { return rows * s.out_width * patch * s.filters == 0; }
  std::int64_t pixels(Strip strip) const { return (strip.last - strip.first) * s.out_width; }
  std::int64_t out_offset(Strip strip) const { return strip.first * s.out_width * s.filters; }
  std::int64_t image_size() const { return s.height * s.width * s.channels; }
  // More than any number that the index arithmetic of im2col divides.
  std::int64_t largest() const {
    return std::max({rows * s.out_width, strip_rows * s.out_width * patch, s.batch * image_size()});
  }
  std::int64_t patch_memory(DType dtype) const {
    return strip_rows * s.out_width * patch * size_of(dtype);
  }
};

template <class Work>
void for_each_strip(const Plan& plan, const Work& work) {
  for (std::int64_t first = 0; first < plan.rows; first += plan.strip_rows)
    work(Strip{first, std::min(first + plan.strip_rows, plan.rows)});
}

// Where the entries of a strip's patches lie in the images; outside there are zeros.
template <class Index>
struct PatchSource {
  Index channels, kernel_width, patch, out_width, out_height, first_pixel;
  std::int64_t height, width, stride, pad_top, pad_left;

  __device__ Index operator()(Index i) const {
    const Index pixel = first_pixel + i / patch, at = i % patch;
    const Index row = pixel / out_width, image = row / out_height, offset = at / channels;
    const std::int64_t y = row % out_height * stride - pad_top + offset / kernel_width;
    const std::int64_t x = pixel % out_width * stride - pad_left + offset % kernel_width;
    if (y < 0 || y >= height || x < 0 || x >= width) return -1;
    return static_cast<Index>(((image * height + y) * width + x) * channels + at % channels);
  }
};

template <class T>
void im2col(Queue& queue, const Plan& plan, Strip strip, Array images, T* patches) {
  const Conv2dSpec& s = plan.s;
  const Array y{patches, plan.pixels(strip) * plan.patch, images.dtype};
  move(queue, "im2col", images.data, y, s.channels, plan.largest(), [&](auto channels) {
    using Index = decltype(channels);
    return PatchSource<Index>{channels,
                              static_cast<Index>(s.kernel_width),
                              static_cast<Index>(plan.patch / s.channels) * channels,
                              static_cast<Index>(s.out_width),
                              static_cast<Index>(s.out_height),
                              static_cast<Index>(strip.first * s.out_width),
                              s.height,
                              s.width,
                              s.stride,
                              s.pad_top,
                              s.pad_left};
  });
}

// The adjoint of im2col, turned round: every entry of an image collects from the patches of the
// strip that it lies in. `channels` counts elements. Bound by bytes: each patch is read once.
template <class Element>
__global__ void __launch_bounds__(256)
    col2im_kernel(Conv2dSpec s, std::int64_t channels, Strip strip, const Element* patches,
                  Element* images, std::int64_t begin, std::int64_t end) {
  const std::int64_t patch = s.kernel_height * s.kernel_width * channels;
  for (std::int64_t i = begin + first_item(); i < end; i += item_stride()) {
    const std::int64_t channel = i % channels, column = i / channels % s.width;
    const std::int64_t row = i / channels / s.width % s.height;
    const std::int64_t image = i / channels / s.width / s.height;
    const std::int64_t top = row + s.pad_top, left = column + s.pad_left;
    const std::int64_t before = strip.first - image * s.out_height;  // rows of other strips
    const std::int64_t first_x = left < s.kernel_width ? 0 : (left - s.kernel_width) / s.stride + 1;
    std::int64_t y = top < s.kernel_height ? 0 : (top - s.kernel_height) / s.stride + 1;
    if (y < before) y = before;
    Element total = images[i];
    for (; y < s.out_height && y * s.stride <= top && y < before + strip.last - strip.first; ++y)
      for (std::int64_t x = first_x; x < s.out_width && x * s.stride <= left; ++x) {
        const std::int64_t offset = (top - y * s.stride) * s.kernel_width + left - x * s.stride;
        total += patches[((y - before) * s.out_width + x) * patch + offset * channels + channel];
      }
    images[i] = total;
  }
}

template <class Element>
void col2im(Queue& queue, const Plan& plan, Strip strip, const void* patches, void* images,
            std::int64_t channels) {
  const std::int64_t image = plan.s.height * plan.s.width * channels;
  const std::int64_t begin = strip.first / plan.s.out_height * image;
  const std::int64_t end = ((strip.last - 1) / plan.s.out_height + 1) * image;
  queue.launch_over(end - begin, "col2im", col2im_kernel<Element>, plan.s, channels, strip,
                    static_cast<const Element*>(patches), static_cast<Element*>(images), begin,
                    end);
}

}  // namespace

void CudaBackend::conv2d(Array images, Array kernel, const Conv2dSpec& s, Array y) {
  const Plan plan(s, y.dtype);
  if (plan.empty()) return queue_.clear(y.data, y.size * size_of(y.dtype));
  const Scratch scratch(queue_, plan.patch_memory(y.dtype));
  dispatch(y.dtype, [&](auto zero) {
    using T = decltype(zero);
    T* const patches = scratch.as<T>();
    for_each_strip(plan, [&](Strip strip) {
      im2col(queue_, plan, strip, images, patches);
      queue_.multiply<T>(patches, kernel.as<T>(), {plan.pixels(strip), plan.patch, s.filters}, T(0),
                         y.as<T>() + plan.out_offset(strip));
    });
  });
}

void CudaBackend::conv2d_images(Array y_bar, Array kernel, const Conv2dSpec& s, Array images) {
  const Plan plan(s, images.dtype);
  queue_.clear(images.data, images.size * size_of(images.dtype));
  if (plan.empty()) return;
  const Scratch scratch(queue_, plan.patch_memory(images.dtype));
  dispatch(images.dtype, [&](auto zero) {
    using T = decltype(zero);
    constexpr std::int64_t width = Pack<T>::width;
    T* const patches = scratch.as<T>();
    for_each_strip(plan, [&](Strip strip) {
      queue_.multiply<T>(y_bar.as<T>() + plan.out_offset(strip), kernel.as<T>(),
                         {plan.pixels(strip), s.filters, plan.patch, false, true}, T(0), patches);
      if (s.channels % width == 0)
        col2im<Pack<T>>(queue_, plan, strip, patches, images.data, s.channels / width);
      else
        col2im<T>(queue_, plan, strip, patches, images.data, s.channels);
    });
  });
}

void CudaBackend::conv2d_kernel(Array images, Array y_bar, const Conv2dSpec& s, Array kernel) {
  const Plan plan(s, kernel.dtype);
  if (plan.empty()) return queue_.clear(kernel.data, kernel.size * size_of(kernel.dtype));
  const Scratch scratch(queue_, plan.patch_memory(kernel.dtype));
  dispatch(kernel.dtype, [&](auto zero) {
    using T = decltype(zero);
    T* const patches = scratch.as<T>();
    for_each_strip(plan, [&](Strip strip) {
      im2col(queue_, plan, strip, images, patches);
      queue_.multiply<T>(patches, y_bar.as<T>() + plan.out_offset(strip),
                         {plan.patch, plan.pixels(strip), s.filters, true, false},
                         T(strip.first == 0 ? 0 : 1), kernel.as<T>());
    });
  });
}

}  // namespace gradus
