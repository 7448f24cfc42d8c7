#include "autodiff/cuda/cuda_backend.h"
#include "autodiff/cuda/item.h"

/// Average pooling and its adjoint. Both are bound by bytes, and both collect: each thread adds up
/// what belongs to the entry that it writes. `channels` counts elements, numbers or packs.
namespace gradus {
namespace {

template <class Element, class T>
__global__ void __launch_bounds__(256) pool_kernel(PoolSpec s, std::int64_t channels, T share,
                                                   const Element* x, Element* y,
                                                   std::int64_t size) {
  const std::int64_t rows = s.height / s.window, columns = s.width / s.window;
  for (std::int64_t i = first_item(); i < size; i += item_stride()) {
    const std::int64_t channel = i % channels, column = i / channels % columns;
    const std::int64_t row = i / channels / columns % rows, image = i / channels / columns / rows;
    Element total{};
    for (std::int64_t dy = 0; dy < s.window; ++dy)
      for (std::int64_t dx = 0; dx < s.window; ++dx) {
        const std::int64_t pixel = (image * s.height + row * s.window + dy) * s.width +
                                   column * s.window + dx;
        total += share * x[pixel * channels + channel];
      }
    y[i] = total;
  }
}

template <class Element, class T>
__global__ void __launch_bounds__(256) unpool_kernel(PoolSpec s, std::int64_t channels, T share,
                                                     const Element* x, Element* y,
                                                     std::int64_t size) {
  const std::int64_t rows = s.height / s.window, columns = s.width / s.window;
  for (std::int64_t i = first_item(); i < size; i += item_stride()) {
    const std::int64_t channel = i % channels, column = i / channels % s.width / s.window;
    const std::int64_t row = i / channels / s.width % s.height / s.window;
    const std::int64_t image = i / channels / s.width / s.height;
    const bool covered = row < rows && column < columns;  // the remainder has no window
    y[i] = covered ? share * x[((image * rows + row) * columns + column) * channels + channel]
                   : Element{};
  }
}

// Calls start(element, channels), where `element` is a pack if the channels fill packs.
template <class T, class Start>
void with_element(std::int64_t channels, const Start& start) {
  if (channels % Pack<T>::width == 0) start(Pack<T>{}, channels / Pack<T>::width);
  else start(T{}, channels);
}

}  // namespace

void CudaBackend::avg_pool2d(Array x, const PoolSpec& s, Array y) {
  if (y.size == 0) return;
  dispatch(y.dtype, [&](auto zero) {
    using T = decltype(zero);
    const T share = T(1) / static_cast<T>(s.window * s.window);
    with_element<T>(s.channels, [&](auto element, std::int64_t channels) {
      using Element = decltype(element);
      const std::int64_t size = y.size / s.channels * channels;
      queue_.launch_over(size, "avg_pool2d", pool_kernel<Element, T>, s, channels, share,
                         x.as<const Element>(), y.as<Element>(), size);
    });
  });
}

void CudaBackend::avg_unpool2d(Array x, const PoolSpec& s, Array y) {
  if (y.size == 0) return;
  dispatch(y.dtype, [&](auto zero) {
    using T = decltype(zero);
    const T share = T(1) / static_cast<T>(s.window * s.window);
    with_element<T>(s.channels, [&](auto element, std::int64_t channels) {
      using Element = decltype(element);
      const std::int64_t size = y.size / s.channels * channels;
      queue_.launch_over(size, "avg_unpool2d", unpool_kernel<Element, T>, s, channels, share,
                         x.as<const Element>(), y.as<Element>(), size);
    });
  });
}

}  // namespace gradus
