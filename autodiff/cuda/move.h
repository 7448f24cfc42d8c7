#pragma once

#include <cstdint>

#include "autodiff/cuda/divisor.h"
#include "autodiff/cuda/item.h"
#include "autodiff/cuda/queue.h"

/// Kernels that move entries are one kernel with different sources: entry i of the result is entry
/// source(i) of x, or 0 where the source is negative. Each thread collects what it writes, so none
/// waits for another, and neighbouring threads write neighbouring entries.
namespace gradus {

// Bound by bytes: each result is written once, and its source read once if it comes in long runs.
template <class Element, class Index, class Source>
__global__ void __launch_bounds__(256)
    move_kernel(Source source, const Element* x, Element* y, Index size) {
  for (Index i = static_cast<Index>(first_item()); i < size;
       i += static_cast<Index>(item_stride())) {
    const Index from = source(i);
    y[i] = from < 0 ? Element{} : x[from];
  }
}

/// f(element, run): what a kernel counts, and how many of them are in a run of `inner` numbers that
/// move together. They are packs of 16 bytes where these fill the run, else numbers. The type of
/// `run` says how to count: in 32 bits where `largest`, the largest number in the kernel's
/// arithmetic, allows.
template <class F>
void with_elements(const Queue& queue, DType dtype, std::int64_t inner, std::int64_t largest,
                   const F& f) {
  const bool short_index = largest < queue.index_limit();
  const auto count_in = [&](auto element, std::int64_t run) {
    short_index ? f(element, static_cast<std::int32_t>(run)) : f(element, run);
  };
  dispatch(dtype, [&](auto zero) {
    using T = decltype(zero);
    constexpr std::int64_t width = Pack<T>::width;
    inner % width == 0 ? count_in(Pack<T>{}, inner / width) : count_in(zero, inner);
  });
}

/// How many such elements an array holds.
template <class Element>
std::int64_t count_of(Array x) {
  return x.size * size_of(x.dtype) / std::int64_t{sizeof(Element)};
}

/// y from x by the source that make_source(run) returns, which counts elements.
template <class MakeSource>
void move(Queue& queue, const char* name, const void* x, Array y, std::int64_t inner,
          std::int64_t largest, const MakeSource& make_source) {
  with_elements(queue, y.dtype, inner, largest, [&](auto element, auto run) {
    using Element = decltype(element);
    const auto source = make_source(run);
    const std::int64_t size = count_of<Element>(y);
    queue.launch_over(size, name, move_kernel<Element, decltype(run), decltype(source)>, source,
                      static_cast<const Element*>(x), y.as<Element>(), size);
  });
}

}  // namespace gradus
