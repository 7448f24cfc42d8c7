#include <algorithm>
#include <cstring>
#include <numeric>
#include <vector>

#include "autodiff/cpu/cpu_backend.h"
#include "autodiff/cpu/parallel.h"

/// Kernels that move entries: all but two copy contiguous runs of bytes.
namespace gradus {
namespace {

constexpr std::int64_t grain = 65536;  // bytes that are worth a thread

struct Bytes {
  const char* from;
  char* to;
  std::int64_t element;
  Bytes(Array x, Array y)
      : from(static_cast<const char*>(x.data)),
        to(static_cast<char*>(y.data)),
        element(size_of(y.dtype)) {}
};

void copy(char* to, const char* from, std::int64_t bytes) {
  if (bytes > 0) std::memcpy(to, from, static_cast<std::size_t>(bytes));
}
void clear(char* to, std::int64_t bytes) {
  if (bytes > 0) std::memset(to, 0, static_cast<std::size_t>(bytes));
}
// How many items of `bytes` bytes make a share worth a thread.
std::int64_t share(std::int64_t bytes) { return grain / std::max<std::int64_t>(bytes, 1) + 1; }

// A transposed copy of an (a, b) matrix, in tiles that stay in the first-level cache.
template <class T>
void transpose_matrix(const T* x, std::int64_t a, std::int64_t b, T* y) {
  constexpr std::int64_t tile = 16;
  for (std::int64_t i0 = 0; i0 < a; i0 += tile)
    for (std::int64_t j0 = 0; j0 < b; j0 += tile)
      for (std::int64_t j = j0; j < std::min(j0 + tile, b); ++j)
        for (std::int64_t i = i0; i < std::min(i0 + tile, a); ++i) y[j * a + i] = x[i * b + j];
}

}  // namespace

void CpuBackend::broadcast(Array x, AxisView view, Array y) {
  dispatch(y.dtype, [&](auto zero) {
    using T = decltype(zero);
    const T* in = x.as<T>();
    T* out = y.as<T>();
    const std::int64_t n = view.n, inner = view.inner, rows = view.outer * n;
    if (inner == 1) {
      parallel_for(view.outer, share(n * size_of(y.dtype)),
                   [=](std::int64_t begin, std::int64_t end) {
                     for (std::int64_t o = begin; o < end; ++o) std::fill_n(out + o * n, n, in[o]);
                   });
    } else {
      parallel_for(rows, share(inner * size_of(y.dtype)),
                   [=](std::int64_t begin, std::int64_t end) {
                     for (std::int64_t row = begin; row < end; ++row)
                       std::copy_n(in + row / n * inner, inner, out + row * inner);
                   });
    }
  });
}

void CpuBackend::swap_axes(Array x, std::int64_t outer, std::int64_t a, std::int64_t b,
                           std::int64_t inner, Array y) {
  const std::int64_t plane = a * b * inner;
  dispatch(y.dtype, [&](auto zero) {
    using T = decltype(zero);
    const T* in = x.as<T>();
    T* out = y.as<T>();
    parallel_for(outer, share(plane * size_of(y.dtype)), [=](std::int64_t begin, std::int64_t end) {
      for (std::int64_t o = begin; o < end; ++o) {
        const T* from = in + o * plane;
        T* to = out + o * plane;
        if (inner == 1) {
          transpose_matrix(from, a, b, to);
          continue;
        }
        for (std::int64_t j = 0; j < b; ++j)
          for (std::int64_t i = 0; i < a; ++i)
            std::copy_n(from + (i * b + j) * inner, inner, to + (j * a + i) * inner);
      }
    });
  });
}

void CpuBackend::slice(Array x, AxisView view, std::int64_t start, std::int64_t length, Array y) {
  const Bytes bytes(x, y);
  const std::int64_t inner = view.inner * bytes.element, row = length * inner;
  parallel_for(view.outer, share(row), [=](std::int64_t begin, std::int64_t end) {
    for (std::int64_t o = begin; o < end; ++o)
      copy(bytes.to + o * row, bytes.from + (o * view.n + start) * inner, row);
  });
}

void CpuBackend::pad(Array x, std::int64_t length, std::int64_t start, AxisView view, Array y) {
  const Bytes bytes(x, y);
  const std::int64_t inner = view.inner * bytes.element, row = length * inner;
  parallel_for(view.outer, share(view.n * inner), [=](std::int64_t begin, std::int64_t end) {
    for (std::int64_t o = begin; o < end; ++o) {
      char* to = bytes.to + o * view.n * inner;
      clear(to, start * inner);
      copy(to + start * inner, bytes.from + o * row, row);
      clear(to + start * inner + row, (view.n - start - length) * inner);
    }
  });
}

void CpuBackend::gather_rows(Array x, const std::int64_t* indices, std::int64_t count,
                             std::int64_t inner, Array y) {
  const Bytes bytes(x, y);
  const std::int64_t row = inner * bytes.element;
  parallel_for(count, share(row), [=](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i)
      copy(bytes.to + i * row, bytes.from + indices[i] * row, row);
  });
}

// Rows may collide. Each is summed by one thread, in the order of the indices and in f64: sums
// repeat, and do not stop growing.
void CpuBackend::scatter_rows(Array x, const std::int64_t* indices, std::int64_t count,
                              std::int64_t rows, std::int64_t inner, Array y) {
  // The i with indices[i] = r are order[start[r]] .. order[start[r + 1] - 1].
  std::vector<std::int64_t> start(static_cast<std::size_t>(rows + 2)), order;
  for (std::int64_t i = 0; i < count; ++i) ++start[static_cast<std::size_t>(indices[i] + 2)];
  std::partial_sum(start.begin(), start.end(), start.begin());
  order.resize(static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i)
    order[static_cast<std::size_t>(start[static_cast<std::size_t>(indices[i] + 1)]++)] = i;
  dispatch(y.dtype, [&](auto zero) {
    using T = decltype(zero);
    parallel_for(rows, share(inner * size_of(y.dtype)), [&](std::int64_t begin, std::int64_t end) {
      std::vector<double> sum(static_cast<std::size_t>(inner));
      for (std::int64_t row = begin; row < end; ++row) {
        std::fill(sum.begin(), sum.end(), 0.0);
        for (auto at = static_cast<std::size_t>(start[static_cast<std::size_t>(row)]);
             at < static_cast<std::size_t>(start[static_cast<std::size_t>(row + 1)]); ++at)
          for (std::int64_t j = 0; j < inner; ++j)
            sum[static_cast<std::size_t>(j)] +=
                static_cast<double>(x.as<T>()[order[at] * inner + j]);
        std::transform(sum.begin(), sum.end(), y.as<T>() + row * inner,
                       [](double value) { return static_cast<T>(value); });
      }
    });
  });
}

}  // namespace gradus
