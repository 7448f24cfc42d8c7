#include "autodiff/cuda/move.h"

#include <numeric>
#include <vector>

#include "autodiff/cuda/cuda_backend.h"

/// Kernels that move entries. All but two are a rule for where an entry comes from.
namespace gradus {
namespace {

template <class Index>
struct BroadcastSource {
  Index n, inner;
  __device__ Index operator()(Index i) const { return i / (n * inner) * inner + i % inner; }
};

// (outer, a, b, inner) from the place of an entry in (outer, b, a, inner).
template <class Index>
struct SwapSource {
  Index a, b, inner;
  __device__ Index operator()(Index i) const {
    const Index row = i / inner;
    const Index at_a = row % a, at_b = row / a % b, outer = row / a / b;
    return ((outer * a + at_a) * b + at_b) * inner + i % inner;
  }
};

// (outer, n) from (outer, length), both counted in elements: those from `start` on.
template <class Index>
struct SliceSource {
  Index n, start, length;
  __device__ Index operator()(Index i) const { return i / length * n + start + i % length; }
};

template <class Index>
struct PadSource {
  Index n, start, length;
  __device__ Index operator()(Index i) const {
    const Index at = i % n - start;
    return at < 0 || at >= length ? -1 : i / n * length + at;
  }
};

template <class Index>
struct RowSource {
  const std::int64_t* rows;
  Index inner;
  __device__ Index operator()(Index i) const {
    return static_cast<Index>(rows[i / inner]) * inner + i % inner;
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
// order and in f64. Bound by bytes: x is read once.
template <class T>
__global__ void __launch_bounds__(256)
    scatter_kernel(const T* x, const std::int64_t* first, const std::int64_t* order,
                   std::int64_t inner, T* y, std::int64_t size) {
  for (std::int64_t i = first_item(); i < size; i += item_stride()) {
    const std::int64_t row = i / inner, column = i % inner;
    double total = 0;
    for (std::int64_t k = first[row]; k < first[row + 1]; ++k)
      total += static_cast<double>(x[order[k] * inner + column]);
    y[i] = static_cast<T>(total);
  }
}

}  // namespace

void CudaBackend::broadcast(Array x, AxisView view, Array y) {
  move(queue_, "broadcast", x.data, y, view.inner, y.size, [&](auto inner) {
    using Index = decltype(inner);
    return BroadcastSource<Index>{static_cast<Index>(view.n), inner};
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
    return SwapSource<Index>{static_cast<Index>(a), static_cast<Index>(b), run};
  });
}

void CudaBackend::slice(Array x, AxisView view, std::int64_t start, std::int64_t length, Array y) {
  move(queue_, "slice", x.data, y, view.inner, x.size, [&](auto inner) {
    using Index = decltype(inner);
    return SliceSource<Index>{static_cast<Index>(view.n) * inner, static_cast<Index>(start) * inner,
                              static_cast<Index>(length) * inner};
  });
}

void CudaBackend::pad(Array x, std::int64_t length, std::int64_t start, AxisView view, Array y) {
  move(queue_, "pad", x.data, y, view.inner, y.size, [&](auto inner) {
    using Index = decltype(inner);
    return PadSource<Index>{static_cast<Index>(view.n) * inner, static_cast<Index>(start) * inner,
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
    return RowSource<decltype(run)>{rows.as<const std::int64_t>(), run};
  });
}

void CudaBackend::scatter_rows(Array x, const std::int64_t* indices, std::int64_t count,
                               std::int64_t rows, std::int64_t inner, Array y) {
  if (y.size == 0) return;
  // Sorted by target on the host: first[r] says where row r's sources begin in `order`, which keeps
  // the order of the indices.
  std::vector<std::int64_t> table(static_cast<std::size_t>(rows + 1 + count));
  std::int64_t* const first = table.data();
  std::int64_t* const order = first + rows + 1;
  for (std::int64_t i = 0; i < count; ++i) ++first[indices[i]];
  std::exclusive_scan(first, first + rows + 1, first, std::int64_t{0});
  std::vector<std::int64_t> next(first, first + rows);
  for (std::int64_t i = 0; i < count; ++i) order[next[static_cast<std::size_t>(indices[i])]++] = i;

  const std::int64_t bytes = (rows + 1 + count) * std::int64_t{sizeof(std::int64_t)};
  const Scratch on_device(queue_, bytes);
  queue_.copy_in(table.data(), bytes, on_device.as<void>());
  dispatch(y.dtype, [&](auto zero) {
    using T = decltype(zero);
    queue_.launch_over(y.size, "scatter_rows", scatter_kernel<T>, x.as<const T>(),
                       on_device.as<const std::int64_t>(),
                       on_device.as<const std::int64_t>() + rows + 1, inner, y.as<T>(), y.size);
  });
}

}  // namespace gradus
