#include <algorithm>

#include "autodiff/cuda/cuda_backend.h"
#include "autodiff/cuda/move.h"

/// Average pooling and its adjoint. Both are bound by bytes, and both collect: each thread adds up
/// what belongs to the entry that it writes.
namespace gradus {
namespace {

// Images, and their windows: so many rows and columns of them. Channels count elements.
template <class Index>
struct Windows {
  Divisor<Index> channels, height, width, rows, columns, window;

  Windows(const PoolSpec& s, std::int64_t elements)
      : channels(elements),
        height(s.height),
        width(s.width),
        rows(s.height / s.window),
        columns(s.width / s.window),
        window(s.window) {}
};

template <class Element, class Index>
__global__ void __launch_bounds__(256)
    pool_kernel(Windows<Index> s, typename NumberIn<Element>::Type area, const Element* x,
                Element* y, Index size) {
  const Index window = s.window.value(), line = s.width.value() * s.channels.value();
  for (Index i = static_cast<Index>(first_item()); i < size;
       i += static_cast<Index>(item_stride())) {
    const Index place = i / s.channels, row = place / s.columns % s.rows;
    const Index image = place / s.columns / s.rows;
    const Index first = (image * s.height.value() + row * window) * line +
                        place % s.columns * window * s.channels.value() + i % s.channels;
    Element total{};
    for (Index dy = 0; dy < window; ++dy) {
      Element row_total{};  // rows first: rounding errors grow with the window's side, not its area
      for (Index dx = 0; dx < window; ++dx)
        row_total += x[first + dy * line + dx * s.channels.value()];
      total += row_total;
    }
    y[i] = total / area;
  }
}

template <class Element, class Index>
__global__ void __launch_bounds__(256)
    unpool_kernel(Windows<Index> s, typename NumberIn<Element>::Type area, const Element* x,
                  Element* y, Index size) {
  for (Index i = static_cast<Index>(first_item()); i < size;
       i += static_cast<Index>(item_stride())) {
    const Index place = i / s.channels, image = place / s.width / s.height;
    const Index row = place / s.width % s.height / s.window, column = place % s.width / s.window;
    const Index from =
        ((image * s.rows.value() + row) * s.columns.value() + column) * s.channels.value() +
        i % s.channels;
    // The remainder has no window.
    y[i] = row < s.rows.value() && column < s.columns.value() ? x[from] / area : Element{};
  }
}

// Starts the kernel that kernel_of(element, index) returns.
template <class KernelOf>
void start(Queue& queue, const char* name, Array x, const PoolSpec& s, Array y,
           const KernelOf& kernel_of) {
  if (y.size == 0) return;
  with_elements(queue, y.dtype, s.channels, std::max(x.size, y.size), [&](auto element, auto run) {
    using Element = decltype(element);
    using Index = decltype(run);
    const std::int64_t size = count_of<Element>(y);
    queue.launch_over(size, name, kernel_of(element, run), Windows<Index>(s, run),
                      s.window * s.window, x.as<const Element>(), y.as<Element>(), size);
  });
}

}  // namespace

void CudaBackend::avg_pool2d(Array x, const PoolSpec& s, Array y) {
  start(queue_, "avg_pool2d", x, s, y,
        [](auto element, auto index) { return pool_kernel<decltype(element), decltype(index)>; });
}

void CudaBackend::avg_unpool2d(Array x, const PoolSpec& s, Array y) {
  start(queue_, "avg_unpool2d", x, s, y,
        [](auto element, auto index) { return unpool_kernel<decltype(element), decltype(index)>; });
}

}  // namespace gradus
