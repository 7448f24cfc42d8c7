#include <cstring>

#include "autodiff/cpu/cpu_backend.h"
#include "autodiff/cpu/parallel.h"
#include "autodiff/cpu/pool.h"
#include "autodiff/random.h"

/// Memory, fills, and functions applied entry by entry.
namespace gradus {
namespace {

// Below this many entries a second thread costs more than it brings.
constexpr std::int64_t grain = 16384;

template <class T, class F>
void generate(Array y, std::int64_t smallest_share, const F& value) {
  T* out = y.as<T>();
  parallel_for(y.size, smallest_share, [=](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) out[i] = static_cast<T>(value(i));
  });
}

// y[2k], y[2k + 1] = pair(k), since one block of random bits makes two numbers.
template <class Pairs>
void generate_pairs(Array y, std::int64_t smallest_share, const Pairs& pair) {
  dispatch(y.dtype, [&](auto zero) {
    using T = decltype(zero);
    T* out = y.as<T>();
    parallel_for((y.size + 1) / 2, smallest_share, [=](std::int64_t begin, std::int64_t end) {
      for (std::int64_t k = begin; k < end; ++k) {
        const auto [even, odd] = pair(static_cast<std::uint64_t>(k));
        out[2 * k] = static_cast<T>(even);
        if (2 * k + 1 < y.size) out[2 * k + 1] = static_cast<T>(odd);
      }
    });
  });
}

// [map]
template <class T, class F>
void map(F f, Array x, Array y) {
  const T* in = x.as<T>();
  T* out = y.as<T>();
  parallel_for(y.size, grain, [=](std::int64_t begin, std::int64_t end) {
#pragma omp simd
    for (std::int64_t i = begin; i < end; ++i) out[i] = f(in[i]);
  });
}
// [map]

template <class T, class F>
void map(F f, Array a, Array b, Array y) {
  const T* left = a.as<T>();
  const T* right = b.as<T>();
  T* out = y.as<T>();
  parallel_for(y.size, grain, [=](std::int64_t begin, std::int64_t end) {
#pragma omp simd
    for (std::int64_t i = begin; i < end; ++i) out[i] = f(left[i], right[i]);
  });
}

}  // namespace

void* CpuBackend::allocate(std::int64_t bytes) { return pool_allocate(bytes); }
void CpuBackend::release(void* data) { pool_release(data); }
MemoryStats CpuBackend::memory_stats() { return pool_stats(); }

void CpuBackend::copy_from_host(const void* host, Array y) {
  if (y.size) std::memcpy(y.data, host, static_cast<std::size_t>(y.size * size_of(y.dtype)));
}
void CpuBackend::copy_to_host(Array x, void* host) {
  if (x.size) std::memcpy(host, x.data, static_cast<std::size_t>(x.size * size_of(x.dtype)));
}

void CpuBackend::fill(double value, Array y) {
  dispatch(y.dtype, [&](auto zero) {
    generate<decltype(zero)>(y, grain, [value](std::int64_t) { return value; });
  });
}

void CpuBackend::arange(Array y) {
  dispatch(y.dtype, [&](auto zero) {
    generate<decltype(zero)>(y, grain, [](std::int64_t i) { return i; });
  });
}

void CpuBackend::random_normal(std::uint64_t seed, std::uint64_t stream, double std, Array y) {
  generate_pairs(y, 128, [std, philox = Philox(seed, stream)](std::uint64_t k) {
    const auto [even, odd] = philox.normal_pair(k);
    return Philox::Pair{std * even, std * odd};
  });
}

void CpuBackend::random_uniform(std::uint64_t seed, std::uint64_t stream, double low, double high,
                                Array y) {
  generate_pairs(y, 512, [low, range = high - low, philox = Philox(seed, stream)](std::uint64_t k) {
    const auto [even, odd] = philox.uniform_pair(k);
    return Philox::Pair{low + range * even, low + range * odd};
  });
}

void CpuBackend::unary(Unary op, Array x, double p, Array y) {
  dispatch(y.dtype, [&](auto zero) {
    using T = decltype(zero);
    with_formula(op, static_cast<T>(p), [&](auto formula) { map<T>(formula, x, y); });
  });
}

void CpuBackend::binary(Binary op, Array a, Array b, Array y) {
  dispatch(y.dtype, [&](auto zero) {
    with_formula(op, [&](auto formula) { map<decltype(zero)>(formula, a, b, y); });
  });
}

Backend& cpu_backend() {
  static CpuBackend* instance = new CpuBackend;  // outlives every static tensor
  return *instance;
}

}  // namespace gradus
