#include "autodiff/cuda/move.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <vector>

#include "autodiff/cuda/cuda_backend.h"

/// Kernels that move entries. All but two are a rule for where an entry comes from.
namespace gradus {
namespace {

template <class Index>
struct BroadcastSource {
  Divisor<Index> block, inner;
  __device__ Index operator()(Index i) const { return i / block * inner.value() + i % inner; }
};

// (outer, a, b, inner) from the place of an entry in (outer, b, a, inner).
template <class Index>
struct SwapSource {
  Divisor<Index> a, b, inner;
  __device__ Index operator()(Index i) const {
    const Index row = i / inner;
    const Index at_a = row % a, at_b = row / a % b, outer = row / a / b;
    return ((outer * a.value() + at_a) * b.value() + at_b) * inner.value() + i % inner;
  }
};

// (outer, n) from (outer, length), both counted in elements: those from `start` on.
template <class Index>
struct SliceSource {
  Index n, start;
  Divisor<Index> length;
  __device__ Index operator()(Index i) const { return i / length * n + start + i % length; }
};

template <class Index>
struct PadSource {
  Divisor<Index> n;
  Index start, length;
  __device__ Index operator()(Index i) const {
    const Index at = i % n - start;
    return at < 0 || at >= length ? -1 : i / n * length + at;
  }
};

template <class Index>
struct RowSource {
  const std::int64_t* rows;
  Divisor<Index> inner;
  __device__ Index operator()(Index i) const {
    return static_cast<Index>(rows[i / inner]) * inner.value() + i % inner;
  }
};

// (outer, a, b) to (outer, b, a). Bound by bytes, if both sides are read and written along their
// rows: a block takes a tile of 32 x 32 through shared memory, whose rows are padded by one entry,
// so that the 32 of a column lie in different banks.
template <class T>
__global__ void __launch_bounds__(256)
    transpose_kernel(const T* x, std::int64_t outer, std::int64_t a, std::int64_t b, T* y) {
  GPU_SHARED(T, tile, 32 * 33);
  const std::int64_t down = (a + 31) / 32, across = (b + 31) / 32;
  for (std::int64_t task = blockIdx.x; task < outer * down * across; task += gridDim.x) {
    const std::int64_t plane = task / (down * across) * a * b;
    const std::int64_t first_a = task / across % down * 32, first_b = task % across * 32;
    for (unsigned i = threadIdx.y; i < 32; i += 8)
      if (first_a + i < a && first_b + threadIdx.x < b)
        tile[i * 33 + threadIdx.x] = x[plane + (first_a + i) * b + first_b + threadIdx.x];
    __syncthreads();
    for (unsigned j = threadIdx.y; j < 32; j += 8)
      if (first_b + j < b && first_a + threadIdx.x < a)
        y[plane + (first_b + j) * a + first_a + threadIdx.x] = tile[threadIdx.x * 33 + j];
    __syncthreads();  // the next tile must not overwrite this one
  }
}

// Row r of y is the sum of the rows order[first[r]], ..., order[first[r + 1] - 1] of x, in this
// order and in f64; without an order, of the rows first[r], ..., first[r + 1] - 1. Bound by bytes: x
// is read once.
template <class X, class Y>
__global__ void __launch_bounds__(256)
    scatter_kernel(const X* x, const std::int64_t* first, const std::int64_t* order,
                   std::int64_t inner, Y* y, std::int64_t size) {
  for (std::int64_t i = first_item(); i < size; i += item_stride()) {
    const std::int64_t row = i / inner, column = i % inner;
    double total = 0;
    for (std::int64_t k = first[row]; k < first[row + 1]; ++k)
      total += static_cast<double>(x[(order ? order[k] : k) * inner + column]);
    y[i] = static_cast<Y>(total);
  }
}

// The most rows that one thread adds up.
constexpr std::int64_t chunk = 64;

bool any_longer(const std::vector<std::int64_t>& first) {
  return std::adjacent_find(first.begin(), first.end(), [](std::int64_t begin, std::int64_t end) {
           return end - begin > chunk;
         }) != first.end();
}

// Cuts what each row adds up into chunks. Returns where each chunk begins; `first` then says it of
// each row in chunks.
std::vector<std::int64_t> cut(std::vector<std::int64_t>& first) {
  std::vector<std::int64_t> chunks = {0};
  std::int64_t end = 0;
  for (std::int64_t& next : first) {
    for (; end < next; chunks.push_back(end)) end = std::min(end + chunk, next);
    next = static_cast<std::int64_t>(chunks.size()) - 1;
  }
  return chunks;
}

// `results` sums after another, each of what the one before left; `first` has theirs in turn.
template <class X, class T>
void sum_rows(Queue& queue, const X* x, const std::int64_t* order, const std::int64_t* first,
              std::span<const std::int64_t> results, std::int64_t inner, T* y) {
  const std::int64_t size = results[0] * inner;
  if (results.size() == 1)
    return queue.launch_over(size, "scatter_rows", scatter_kernel<X, T>, x, first, order, inner, y,
                             size);
  const Scratch partial(queue, size * std::int64_t{sizeof(double)});
  queue.launch_over(size, "scatter_rows", scatter_kernel<X, double>, x, first, order, inner,
                    partial.as<double>(), size);
  sum_rows(queue, partial.as<const double>(), nullptr, first + results[0] + 1, results.subspan(1),
           inner, y);
}

}  // namespace

void CudaBackend::broadcast(Array x, AxisView view, Array y) {
  move(queue_, "broadcast", x.data, y, view.inner, y.size, [&](auto inner) {
    using Index = decltype(inner);
    return BroadcastSource<Index>{Divisor<Index>(view.n * inner), Divisor<Index>(inner)};
  });
}

void CudaBackend::swap_axes(Array x, std::int64_t outer, std::int64_t a, std::int64_t b,
                            std::int64_t inner, Array y) {
  if (a == 1 || b == 1) {  // nothing changes places: one long run
    inner *= a * b;
    a = b = 1;
  }
  if (inner == 1) {
    const std::int64_t tiles = outer * ((a + 31) / 32) * ((b + 31) / 32);
    if (tiles == 0) return;
    dispatch(y.dtype, [&](auto zero) {
      using T = decltype(zero);
      queue_.launch("transpose", transpose_kernel<T>, tiles, dim3(32, 8), x.as<const T>(), outer, a,
                    b, y.as<T>());
    });
    return;
  }
  move(queue_, "transpose", x.data, y, inner, y.size, [&](auto run) {
    using Index = decltype(run);
    return SwapSource<Index>{Divisor<Index>(a), Divisor<Index>(b), Divisor<Index>(run)};
  });
}

void CudaBackend::slice(Array x, AxisView view, std::int64_t start, std::int64_t length, Array y) {
  move(queue_, "slice", x.data, y, view.inner, x.size, [&](auto inner) {
    using Index = decltype(inner);
    return SliceSource<Index>{static_cast<Index>(view.n) * inner, static_cast<Index>(start) * inner,
                              Divisor<Index>(length * inner)};
  });
}

void CudaBackend::pad(Array x, std::int64_t length, std::int64_t start, AxisView view, Array y) {
  move(queue_, "pad", x.data, y, view.inner, y.size, [&](auto inner) {
    using Index = decltype(inner);
    return PadSource<Index>{Divisor<Index>(view.n * inner), static_cast<Index>(start) * inner,
                            static_cast<Index>(length) * inner};
  });
}

void CudaBackend::gather_rows(Array x, const std::int64_t* indices, std::int64_t count,
                              std::int64_t inner, Array y) {
  if (y.size == 0) return;
  const std::int64_t bytes = count * std::int64_t{sizeof(std::int64_t)};
  const Scratch rows(queue_, bytes);
  queue_.copy_in(indices, bytes, rows.as<void>());
  move(queue_, "gather_rows", x.data, y, inner, std::max(x.size, y.size), [&](auto run) {
    return RowSource<decltype(run)>{rows.as<const std::int64_t>(), Divisor<decltype(run)>(run)};
  });
}

void CudaBackend::scatter_rows(Array x, const std::int64_t* indices, std::int64_t count,
                               std::int64_t rows, std::int64_t inner, Array y) {
  if (y.size == 0) return;
  // Sorted by target on the host: first[r] says where row r's sources begin in `order`, which keeps
  // the order of the indices.
  std::vector<std::int64_t> first(static_cast<std::size_t>(rows + 1));
  for (std::int64_t i = 0; i < count; ++i) ++first[static_cast<std::size_t>(indices[i])];
  std::exclusive_scan(first.begin(), first.end(), first.begin(), std::int64_t{0});
  std::vector<std::int64_t> next = first, order(static_cast<std::size_t>(count));
  const auto place = [&](std::int64_t row) {
    return static_cast<std::size_t>(next[static_cast<std::size_t>(row)]++);
  };
  for (std::int64_t i = 0; i < count; ++i) order[place(indices[i])] = i;
  // Few rows have few threads: long sums are cut, so that chunks are summed first, then their sums.
  std::vector<std::vector<std::int64_t>> sums = {first};
  while (any_longer(sums.back())) sums.insert(sums.end() - 1, cut(sums.back()));

  std::vector<std::int64_t> table = order, results;
  for (const auto& firsts : sums) {
    table.insert(table.end(), firsts.begin(), firsts.end());
    results.push_back(static_cast<std::int64_t>(firsts.size()) - 1);
  }
  const auto bytes = static_cast<std::int64_t>(table.size() * sizeof(std::int64_t));
  const Scratch on_device(queue_, bytes);
  queue_.copy_in(table.data(), bytes, on_device.as<void>());
  dispatch(y.dtype, [&](auto zero) {
    using T = decltype(zero);
    const std::int64_t* const from = on_device.as<const std::int64_t>();
    sum_rows(queue_, x.as<const T>(), from, from + count, results, inner, y.as<T>());
  });
}

}  // namespace gradus
