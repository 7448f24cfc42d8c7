#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "autodiff/cpu/cpu_backend.h"
#include "autodiff/cpu/parallel.h"

/// Reductions of (outer, n, inner) along n. Every sum is split into the same blocks whatever the
/// thread count, so results repeat bit for bit.
namespace gradus {
namespace {

constexpr std::int64_t block = 1024;   // entries summed in T before they enter a double
constexpr std::int64_t tile = 64;      // columns that are reduced together
constexpr std::int64_t grain = 32768;  // entries that are worth a thread

// Sum of up to `block` contiguous entries, in lanes that the compiler keeps in vector registers.
template <class T>
double block_sum(const T* x, std::int64_t count) {
  constexpr std::int64_t lanes = 16;
  std::array<T, lanes> sum{};
  std::int64_t i = 0;
  for (; i + lanes <= count; i += lanes)
    for (std::int64_t lane = 0; lane < lanes; ++lane)
      sum[static_cast<std::size_t>(lane)] += x[i + lane];
  double total = 0;
  for (T s : sum) total += static_cast<double>(s);
  for (; i < count; ++i) total += static_cast<double>(x[i]);
  return total;
}

template <class T>
double contiguous_sum(const T* x, std::int64_t count) {
  const std::int64_t blocks = (count + block - 1) / block;
  const auto one = [=](std::int64_t b) {
    return block_sum(x + b * block, std::min(block, count - b * block));
  };
  double total = 0;
  if (count < 2 * grain) {
    for (std::int64_t b = 0; b < blocks; ++b) total += one(b);
    return total;
  }
  std::vector<double> partial(static_cast<std::size_t>(blocks));
  parallel_for(blocks, grain / block, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t b = begin; b < end; ++b) partial[static_cast<std::size_t>(b)] = one(b);
  });
  for (double p : partial) total += p;
  return total;
}

template <class T>
using Columns = std::array<T, tile>;

// Each of the following reduces `columns` neighbouring columns of n rows, `stride` apart.

template <class T>
void sum_columns(const T* x, std::int64_t n, std::int64_t stride, std::int64_t columns, T* y) {
  Columns<double> total{};
  for (std::int64_t row = 0; row < n; row += 64) {  // short runs in T, then into doubles
    Columns<T> part{};
    const std::int64_t end = std::min(row + 64, n);
    for (std::int64_t r = row; r < end; ++r)
#pragma omp simd
      for (std::int64_t c = 0; c < columns; ++c)
        part[static_cast<std::size_t>(c)] += x[r * stride + c];
    for (std::size_t c = 0; c < static_cast<std::size_t>(columns); ++c)
      total[c] += static_cast<double>(part[c]);
  }
  for (std::int64_t c = 0; c < columns; ++c)
    y[c] = static_cast<T>(total[static_cast<std::size_t>(c)]);
}

// Largest entries and their first positions; a NaN is larger than everything.
template <class T>
void max_columns(const T* x, std::int64_t n, std::int64_t stride, std::int64_t columns,
                 Columns<T>& largest, Columns<std::int64_t>& where) {
  largest.fill(-std::numeric_limits<T>::infinity());
  where.fill(0);
  for (std::int64_t r = 0; r < n; ++r)
    for (std::int64_t c = 0; c < columns; ++c) {
      const std::size_t at = static_cast<std::size_t>(c);
      const T value = x[r * stride + c];
      if (value > largest[at] || (value != value && largest[at] == largest[at])) {
        largest[at] = value;
        where[at] = r;
      }
    }
}

template <class T>
void logsumexp_columns(const T* x, std::int64_t n, std::int64_t stride, std::int64_t columns,
                       T* y) {
  Columns<T> largest;
  Columns<std::int64_t> where;
  max_columns(x, n, stride, columns, largest, where);
  Columns<double> total{};
  // An infinite largest entry is the result: subtracting it would give NaN.
  Columns<T> reference = largest;
  for (T& r : reference) r = std::isinf(r) ? T(0) : r;
  for (std::int64_t r = 0; r < n; ++r)
    for (std::int64_t c = 0; c < columns; ++c) {
      const std::size_t at = static_cast<std::size_t>(c);
      total[at] += static_cast<double>(std::exp(x[r * stride + c] - reference[at]));
    }
  for (std::int64_t c = 0; c < columns; ++c) {
    const std::size_t at = static_cast<std::size_t>(c);
    y[c] = static_cast<T>(std::log(total[at]) + static_cast<double>(reference[at]));
  }
}

template <class T>
void reduce_columns(Reduce op, const T* x, std::int64_t n, std::int64_t stride,
                    std::int64_t columns, T* y) {
  if (op == Reduce::sum) return sum_columns(x, n, stride, columns, y);
  if (op == Reduce::logsumexp) return logsumexp_columns(x, n, stride, columns, y);
  Columns<T> largest;
  Columns<std::int64_t> where;
  max_columns(x, n, stride, columns, largest, where);
  for (std::int64_t c = 0; c < columns; ++c) {
    const std::size_t at = static_cast<std::size_t>(c);
    y[c] = op == Reduce::max ? largest[at] : static_cast<T>(where[at]);
  }
}

template <class T>
void reduce(Reduce op, Array x, AxisView view, Array y) {
  const T* in = x.as<T>();
  T* out = y.as<T>();
  const std::int64_t n = view.n, inner = view.inner;
  if (op == Reduce::sum && inner == 1 && view.outer <= 4) {
    for (std::int64_t o = 0; o < view.outer; ++o)
      out[o] = static_cast<T>(contiguous_sum(in + o * n, n));
    return;
  }
  const std::int64_t tiles = (inner + tile - 1) / tile;
  const std::int64_t work = std::max<std::int64_t>(n * std::min(inner, tile), 1);
  parallel_for(view.outer * tiles, grain / work + 1, [=](std::int64_t begin, std::int64_t end) {
    for (std::int64_t task = begin; task < end; ++task) {
      const std::int64_t o = task / tiles, first = task % tiles * tile;
      const T* from = in + o * n * inner + first;
      if (op == Reduce::sum && inner == 1) {
        double total = 0;
        for (std::int64_t i = 0; i < n; i += block)
          total += block_sum(from + i, std::min(block, n - i));
        out[o] = static_cast<T>(total);
      } else {
        reduce_columns(op, from, n, inner, std::min(tile, inner - first), out + o * inner + first);
      }
    }
  });
}

}  // namespace

void CpuBackend::reduce(Reduce op, Array x, AxisView view, Array y) {
  dispatch(y.dtype, [&](auto zero) { gradus::reduce<decltype(zero)>(op, x, view, y); });
}

}  // namespace gradus
