#include "autodiff/cuda/cuda_backend.h"
#include "autodiff/cuda/item.h"

/// Average pooling and its adjoint. Both are bound by bytes, and both collect: each thread adds up
/// what belongs to the entry that it writes. `channels` counts elements, numbers or packs.
namespace gradus {
namespace {

template <class Element, class T>
__global__ void __launch_bounds__(256)
    pool_kernel(PoolSpec s, std::int64_t channels, T area, const Element* x, Element* y,
                std::int64_t size) {
  const std::int64_t rows = s.height / s.window, columns = s.width / s.window;
  for (std::int64_t i = first_item(); i < size; i += item_stride()) {
    const std::int64_t channel = i % channels, column = i / channels % columns;
    const std::int64_t row = i / channels / columns % rows, image = i / channels / columns / rows;
    Element total{};
    for (std::int64_t dy = 0; dy < s.window; ++dy) {
      Element row_total{};  // rows first: rounding errors grow with the window's side, not its area
      for (std::int64_t dx = 0; dx < s.window; ++dx) {
        const std::int64_t pixel =
            (image * s.height + row * s.window + dy) * s.width + column * s.window + dx;
        row_total += x[pixel * channels + channel];
      }
      total += row_total;
    }
    y[i] = total / area;
  }
}

template <class Element, class T>
__global__ void __launch_bounds__(256)
    unpool_kernel(PoolSpec s, std::int64_t channels, T area, const Element* x, Element* y,
                  std::int64_t size) {
  const std::int64_t rows = s.height / s.window, columns = s.width / s.window;
  for (std::int64_t i = first_item(); i < size; i += item_stride()) {
    const std::int64_t channel = i % channels, column = i / channels % s.width / s.window;
    const std::int64_t row = i / channels / s.width % s.height / s.window;
    const std::int64_t image = i / channels / s.width / s.height;
    const bool covered = row < rows && column < columns;  // the remainder has no window
    y[i] = covered ? x[((image * rows + row) * columns + column) * channels + channel] / area
                   : Element{};
  }
}

// Starts the kernel that kernel_of(element, number) returns; the element is a pack if the channels
// fill packs.
template <class KernelOf>
void start(Queue& queue, const char* name, Array x, const PoolSpec& s, Array y,
           const KernelOf& kernel_of) {
  if (y.size == 0) return;
  dispatch(y.dtype, [&](auto zero) {
    using T = decltype(zero);
    const T area = static_cast<T>(s.window * s.window);
    const auto start_over = [&](auto element, std::int64_t channels) {
      using Element = decltype(element);
      const std::int64_t size = y.size / s.channels * channels;
      queue.launch_over(size, name, kernel_of(element, zero), s, channels, area,
                        x.as<const Element>(), y.as<Element>(), size);
    };
    if (s.channels % Pack<T>::width == 0)
      start_over(Pack<T>{}, s.channels / Pack<T>::width);
    else
      start_over(zero, s.channels);
  });
}

}  // namespace

void CudaBackend::avg_pool2d(Array x, const PoolSpec& s, Array y) {
  start(queue_, "avg_pool2d", x, s, y,
        [](auto element, auto number) { return pool_kernel<decltype(element), decltype(number)>; });
}

void CudaBackend::avg_unpool2d(Array x, const PoolSpec& s, Array y) {
  start(queue_, "avg_unpool2d", x, s, y, [](auto element, auto number) {
    return unpool_kernel<decltype(element), decltype(number)>;
  });
}

}  // namespace gradus
