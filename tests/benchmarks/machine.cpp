#include "tests/benchmarks/machine.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <vector>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "autodiff/check.h"

namespace gradus {
namespace {

constexpr int steps = 2'000'000, chains = 12;  // enough chains to hide what an instruction waits
volatile float sink;                           // so that results count as used

#if defined(__x86_64__)
__attribute__((target("avx512f"))) int multiply_add_512() {
  __m512 sum[chains];
  for (__m512& s : sum) s = _mm512_set1_ps(1);
  const __m512 factor = _mm512_set1_ps(0.999f), term = _mm512_set1_ps(0.001f);
  for (int step = 0; step < steps; ++step)
#pragma GCC unroll 12
    for (__m512& s : sum) s = _mm512_fmadd_ps(s, factor, term);
  for (const __m512& s : sum) sink = s[0];
  return 16;
}
__attribute__((target("avx2,fma"))) int multiply_add_256() {
  __m256 sum[chains];
  for (__m256& s : sum) s = _mm256_set1_ps(1);
  const __m256 factor = _mm256_set1_ps(0.999f), term = _mm256_set1_ps(0.001f);
  for (int step = 0; step < steps; ++step)
#pragma GCC unroll 12
    for (__m256& s : sum) s = _mm256_fmadd_ps(s, factor, term);
  for (const __m256& s : sum) sink = _mm256_cvtss_f32(s);
  return 8;
}
int multiply_add() {
  return __builtin_cpu_supports("avx512f") ? multiply_add_512() : multiply_add_256();
}
#else
int multiply_add() {
  constexpr int lanes = 4;
  float sum[chains * lanes];
  std::fill(std::begin(sum), std::end(sum), 1.0f);
  for (int step = 0; step < steps; ++step)
    for (float& s : sum) s = s * 0.999f + 0.001f;
  for (float s : sum) sink = s;
  return lanes;
}
#endif

}  // namespace

int run_benchmark(const char* name, const std::function<void()>& body) {
  try {
    body();
    check(std::fflush(stdout) == 0 && std::ferror(stdout) == 0,
          "cannot write to the standard output; is its disk full?");
    return 0;
  } catch (const std::exception& error) {
    std::cerr << name << ": " << error.what() << std::endl;
    return 2;
  }
}

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double peak_flops() {
  double best = 0;
  for (int attempt = 0; attempt < 10; ++attempt) {
    const double start = now();
    const int lanes = multiply_add();
    best = std::max(best, 2.0 * steps * chains * lanes / (now() - start));
  }
  return best;
}

double triad_bytes(std::int64_t bytes) {
  const auto count = static_cast<std::size_t>(bytes) / (3 * sizeof(float));
  std::vector<float> a(count), b(count, 1.0f), c(count, 2.0f);
  const std::size_t repeats =
      std::max<std::size_t>(1, (64 << 20) / static_cast<std::size_t>(bytes));
  double best = 0;
  for (int attempt = 0; attempt < 5; ++attempt) {
    const double start = now();
    for (std::size_t repeat = 0; repeat < repeats; ++repeat) {
      const float s = static_cast<float>(repeat);
      for (std::size_t i = 0; i < count; ++i) a[i] = b[i] + s * c[i];
      sink = a[count / 2];
    }
    best = std::max(best, static_cast<double>(repeats * count * 12) / (now() - start));
  }
  return best;
}

std::int64_t peak_resident() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return std::int64_t{usage.ru_maxrss} * 1024;
}

}  // namespace gradus
