#include <algorithm>

#include "autodiff/cuda/cuda_backend.h"
#include "autodiff/cuda/move.h"

/// Convolution as matrix products, some output rows at a time. The patches under them, (pixels,
/// kernel_height * kernel_width * channels), are written, multiplied and forgotten: 32 MiB stay in
/// the second-level cache (40 MiB on an A100, 50 on an H100), and the product for 64 filters, 14,500
/// rows of 3 x 3 x 64 numbers, has 114 tiles of 128 rows for an H100's 132 multiprocessors, where 16
/// MiB would leave half of them idle. The whole batch's patches never exist. Products are bound by
/// flops, the rest by bytes.
namespace gradus {
namespace {

constexpr std::int64_t patch_bytes = std::int64_t{32} << 20;

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

// work(patches, strip) with memory for a strip's patches, one strip after the other.
template <class Work>
void for_each_strip(Queue& queue, const Plan& plan, DType dtype, const Work& work) {
  const Scratch patches(queue, plan.patch_memory(dtype));
  dispatch(dtype, [&](auto zero) {
    for (std::int64_t first = 0; first < plan.rows; first += plan.strip_rows)
      work(patches.as<decltype(zero)>(),
           Strip{first, std::min(first + plan.strip_rows, plan.rows)});
  });
}

// Where the entries of a strip's patches lie in the images; outside there are zeros.
template <class Index>
struct PatchSource {
  Divisor<Index> channels, kernel_width, patch, out_width, out_height;
  Index first_pixel, height, width, stride, pad_top, pad_left;

  __device__ Index operator()(Index i) const {
    const Index pixel = first_pixel + i / patch, at = i % patch;
    const Index row = pixel / out_width, image = row / out_height, offset = at / channels;
    const Index y = row % out_height * stride - pad_top + offset / kernel_width;
    const Index x = pixel % out_width * stride - pad_left + offset % kernel_width;
    if (y < 0 || y >= height || x < 0 || x >= width) return -1;
    return ((image * height + y) * width + x) * channels.value() + at % channels;
  }
};

template <class T>
void im2col(Queue& queue, const Plan& plan, Strip strip, Array images, T* patches) {
  const Conv2dSpec& s = plan.s;
  const Array y{patches, plan.pixels(strip) * plan.patch, images.dtype};
  move(queue, "im2col", images.data, y, s.channels, plan.largest(), [&](auto channels) {
    using Index = decltype(channels);
    return PatchSource<Index>{Divisor<Index>(channels),
                              Divisor<Index>(s.kernel_width),
                              Divisor<Index>(plan.patch / s.channels * channels),
                              Divisor<Index>(s.out_width),
                              Divisor<Index>(s.out_height),
                              static_cast<Index>(strip.first * s.out_width),
                              static_cast<Index>(s.height),
                              static_cast<Index>(s.width),
                              static_cast<Index>(s.stride),
                              static_cast<Index>(s.pad_top),
                              static_cast<Index>(s.pad_left)};
  });
}

// The adjoint of im2col, turned round: every entry of an image collects from the patches of the
// strip that it lies in. Channels count elements. Bound by bytes: each patch is read once.
template <class Index>
struct Collector {
  Divisor<Index> channels, height, width, stride;
  Index out_height, out_width, kernel_height, kernel_width, pad_top, pad_left, first_row, rows;

  // The first window that reaches up to here.
  __device__ Index first_window(Index end, Index side) const {
    return end < side ? 0 : (end - side) / stride + 1;
  }
  template <class Element>
  __device__ Element sum(Index i, const Element* patches, Element total) const {
    const Index place = i / channels, image = place / width / height;
    const Index top = place / width % height + pad_top, left = place % width + pad_left;
    const Index before = first_row - image * out_height;  // rows of other strips
    const Index first_x = first_window(left, kernel_width), step = stride.value();
    Index y = first_window(top, kernel_height);
    if (y < before) y = before;
    for (; y < out_height && y * step <= top && y < before + rows; ++y)
      for (Index x = first_x; x < out_width && x * step <= left; ++x) {
        const Index offset = (top - y * step) * kernel_width + left - x * step;
        const Index patch = (y - before) * out_width + x;
        total += patches[(patch * kernel_height * kernel_width + offset) * channels.value() +
                         i % channels];
      }
    return total;
  }
};

template <class Element, class Index>
__global__ void __launch_bounds__(256)
    col2im_kernel(Collector<Index> collector, const Element* patches, Element* images, Index begin,
                  Index end) {
  for (Index i = begin + static_cast<Index>(first_item()); i < end;
       i += static_cast<Index>(item_stride()))
    images[i] = collector.sum(i, patches, images[i]);
}

void col2im(Queue& queue, const Plan& plan, Strip strip, const void* patches, Array images) {
  const Conv2dSpec& s = plan.s;
  with_elements(queue, images.dtype, s.channels, plan.largest(), [&](auto element, auto channels) {
    using Element = decltype(element);
    using Index = decltype(channels);
    const Collector<Index> collector{Divisor<Index>(channels),
                                     Divisor<Index>(s.height),
                                     Divisor<Index>(s.width),
                                     Divisor<Index>(s.stride),
                                     static_cast<Index>(s.out_height),
                                     static_cast<Index>(s.out_width),
                                     static_cast<Index>(s.kernel_height),
                                     static_cast<Index>(s.kernel_width),
                                     static_cast<Index>(s.pad_top),
                                     static_cast<Index>(s.pad_left),
                                     static_cast<Index>(strip.first),
                                     static_cast<Index>(strip.last - strip.first)};
    const std::int64_t image = s.height * s.width * channels;
    const std::int64_t begin = strip.first / s.out_height * image;
    const std::int64_t end = ((strip.last - 1) / s.out_height + 1) * image;
    queue.launch_over(end - begin, "col2im", col2im_kernel<Element, Index>, collector,
                      static_cast<const Element*>(patches), images.as<Element>(), begin, end);
  });
}

}  // namespace

void CudaBackend::conv2d(Array images, Array kernel, const Conv2dSpec& s, Array y) {
  const Plan plan(s, y.dtype);
  if (plan.empty()) return queue_.clear(y.data, y.size * size_of(y.dtype));
  for_each_strip(queue_, plan, y.dtype, [&]<class T>(T* patches, Strip strip) {
    im2col(queue_, plan, strip, images, patches);
    queue_.multiply<T>(patches, kernel.as<T>(), {plan.pixels(strip), plan.patch, s.filters}, T(0),
                       y.as<T>() + plan.out_offset(strip));
  });
}

void CudaBackend::conv2d_images(Array y_bar, Array kernel, const Conv2dSpec& s, Array images) {
  const Plan plan(s, images.dtype);
  queue_.clear(images.data, images.size * size_of(images.dtype));
  if (plan.empty()) return;
  for_each_strip(queue_, plan, images.dtype, [&]<class T>(T* patches, Strip strip) {
    queue_.multiply<T>(y_bar.as<T>() + plan.out_offset(strip), kernel.as<T>(),
                       {plan.pixels(strip), s.filters, plan.patch, false, true}, T(0), patches);
    col2im(queue_, plan, strip, patches, images);
  });
}

void CudaBackend::conv2d_kernel(Array images, Array y_bar, const Conv2dSpec& s, Array kernel) {
  const Plan plan(s, kernel.dtype);
  if (plan.empty()) return queue_.clear(kernel.data, kernel.size * size_of(kernel.dtype));
  for_each_strip(queue_, plan, kernel.dtype, [&]<class T>(T* patches, Strip strip) {
    im2col(queue_, plan, strip, images, patches);
    queue_.multiply<T>(patches, y_bar.as<T>() + plan.out_offset(strip),
                       {plan.patch, plan.pixels(strip), s.filters, true, false},
                       T(strip.first == 0 ? 0 : 1), kernel.as<T>());
  });
}

}  // namespace gradus
