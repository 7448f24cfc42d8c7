#pragma once

#include <algorithm>
#include <cstdint>

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

template <class Element, class Index, class MakeSource>
void move_elements(Queue& queue, const char* name, const void* x, Array y, std::int64_t inner,
                   const MakeSource& make_source) {
  const std::int64_t size = y.size * size_of(y.dtype) / std::int64_t{sizeof(Element)};
  const auto source = make_source(static_cast<Index>(inner));
  queue.launch_over(size, name, move_kernel<Element, Index, decltype(source)>, source,
                    static_cast<const Element*>(x), y.as<Element>(), size);
}

/// y from x by the source that make_source(inner) returns. It counts elements: numbers, or packs of
/// 16 bytes where the runs of `inner` numbers that move together allow, and `inner` is how many of
/// them such a run has. Its type says how to count: in 32 bits where `largest`, the largest number
/// in the source's arithmetic, allows, because a 64-bit division costs some 40 instructions.
template <class MakeSource>
void move(Queue& queue, const char* name, const void* x, Array y, std::int64_t inner,
          std::int64_t largest, const MakeSource& make_source) {
  const bool short_index = largest < queue.index_limit();
  dispatch(y.dtype, [&](auto zero) {
    using T = decltype(zero);
    constexpr std::int64_t width = Pack<T>::width;
    if (inner % width == 0 && short_index)
      move_elements<Pack<T>, std::int32_t>(queue, name, x, y, inner / width, make_source);
    else if (inner % width == 0)
      move_elements<Pack<T>, std::int64_t>(queue, name, x, y, inner / width, make_source);
    else if (short_index)
      move_elements<T, std::int32_t>(queue, name, x, y, inner, make_source);
    else
      move_elements<T, std::int64_t>(queue, name, x, y, inner, make_source);
  });
}

}  // namespace gradus
