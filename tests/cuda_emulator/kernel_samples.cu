// Kernels for the tests of the emulator: a few that are right, and one for each mistake with
// threads that it must report.

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "sample_memory.h"
#include "samples.h"

void expect(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "wrong result: %s\n", what);
  std::exit(3);
}

namespace {
// -- Right ----------------------------------------------------------------------------------------

__global__ void sum_kernel(const float* x, float* y, std::int64_t n) {
  GPU_SHARED(float, partial, 8);
  float sum = 0;
  for (std::int64_t i = threadIdx.x; i < n; i += blockDim.x) sum += x[i];
  for (int by = 16; by > 0; by /= 2) sum += __shfl_down_sync(0xffffffffu, sum, by);
  if (threadIdx.x % 32 == 0) partial[threadIdx.x / 32] = sum;
  __syncthreads();
  if (threadIdx.x == 0) {
    for (unsigned w = 1; w < blockDim.x / 32; ++w) sum += partial[w];
    y[blockIdx.x] = sum;
  }
}
void sum() {
  float *x = numbers(1000), *y = nullptr;
  cudaMalloc(&y, 3 * sizeof(float));
  gpu_launch(sum_kernel, 3, 256, 0, nullptr, x, y, 1000);
  for (const float value : fetch(y, 3)) expect(value == 499500, "sum of 0..999");
  cudaFree(x);
  cudaFree(y);
}

template <class T>
__global__ void transpose_kernel(const T* x, T* y, int rows, int columns) {
  GPU_SHARED(T, tile, 16 * 17);
  const int row = static_cast<int>(blockIdx.y * 16 + threadIdx.y);
  const int column = static_cast<int>(blockIdx.x * 16 + threadIdx.x);
  if (row < rows && column < columns)
    tile[threadIdx.y * 17 + threadIdx.x] = x[row * columns + column];
  __syncthreads();
  const int to_row = static_cast<int>(blockIdx.x * 16 + threadIdx.y);
  const int to_column = static_cast<int>(blockIdx.y * 16 + threadIdx.x);
  if (to_row < columns && to_column < rows)
    y[to_row * rows + to_column] = tile[threadIdx.x * 17 + threadIdx.y];
}
template <class T>
void transpose() {
  T *x = numbers<T>(20 * 33), *y = nullptr;
  cudaMalloc(&y, 20 * 33 * sizeof(T));
  gpu_launch(transpose_kernel<T>, dim3(3, 2), dim3(16, 16), 0, nullptr, x, y, 20, 33);
  const std::vector<T> z = fetch(y, 20 * 33);
  for (std::size_t i = 0; i < 20; ++i)
    for (std::size_t j = 0; j < 33; ++j) expect(z[j * 20 + i] == T(i * 33 + j), "transpose");
  cudaFree(x);
  cudaFree(y);
}

__global__ void warps_kernel(float* x) {
  GPU_DYN_SHARED(float, passed);
  const unsigned lane = threadIdx.x % 32;
  passed[threadIdx.x] = x[threadIdx.x];
  __syncwarp();
  const float next = passed[threadIdx.x - lane + (lane + 1) % 32];
  const unsigned odd = __ballot_sync(0xffffffffu, static_cast<int>(next) % 2);
  const bool all = __all_sync(0xffffffffu, next >= 0), any = __any_sync(0xffffffffu, next < 0);
  const int evens = __syncthreads_count(static_cast<int>(next) % 2 == 0);
  float y = odd == 0x55555555u && all && !any && evens == 32;
  y += __shfl_xor_sync(0xffffffffu, y, 1);                         // 2
  int z = __shfl_up_sync(0xffffffffu, static_cast<int>(lane), 1);  // lane - 1, but lane 0
  if (lane < 8) z += __shfl_sync(0xffu, 10, 3, 8);                 // + 10 in eight lanes
  x[threadIdx.x] = y + static_cast<float>(z);
}
void warps() {
  float* x = numbers(64);
  gpu_launch(warps_kernel, 1, 64, 64 * sizeof(float), nullptr, x);
  const std::vector<float> y = fetch(x, 64);
  for (std::size_t i = 0; i < 64; ++i) {
    const std::size_t lane = i % 32;
    const std::size_t expected = 2 + (lane == 0 ? 0 : lane - 1) + (lane < 8 ? 10 : 0);
    expect(y[i] == static_cast<float>(expected), "warp operations");
  }
  cudaFree(x);
}

__global__ void counter_kernel(unsigned* count) { ++std::atomic_ref<unsigned>(*count); }
void atomics() {
  unsigned* count = nullptr;
  cudaMalloc(&count, sizeof(unsigned));
  cudaMemset(count, 0, sizeof(unsigned));
  gpu_launch(counter_kernel, 3, 40, 0, nullptr, count);
  expect(fetch(count, 1)[0] == 120, "count");
  cudaFree(count);
}

void early_end() {  // of threads beyond the data, without a barrier behind them
  on_numbers(+[](float* x) {
    if (threadIdx.x >= 40) return;
    x[threadIdx.x] += 1;
  });
}

// The order of blocks and threads decides who writes last: a race, seen by its result alone.
__global__ void last_kernel(float* x) { x[0] = static_cast<float>(blockIdx.x * 64 + threadIdx.x); }
void last_writer() {
  float* x = numbers(1);
  gpu_launch(last_kernel, 2, 64, 0, nullptr, x);
  std::fprintf(stderr, "last writer %g\n", static_cast<double>(fetch(x, 1)[0]));
  cudaFree(x);
}

// -- Races ----------------------------------------------------------------------------------------

__global__ void missing_barrier_kernel(float* x) {
  GPU_SHARED(float, copy, 64);
  copy[threadIdx.x] = 0;
  __syncthreads();
  copy[threadIdx.x] = x[threadIdx.x];
  x[threadIdx.x] = copy[63 - threadIdx.x];
}
void missing_barrier() { on_numbers(missing_barrier_kernel); }

void missing_syncwarp() {
  on_numbers(+[](float* x) {
    GPU_SHARED(float, copy, 64);
    copy[threadIdx.x] = 0;
    __syncthreads();
    copy[threadIdx.x] = 1;
    __shfl_sync(0xffffffffu, 1, 0);  // does not order memory
    x[threadIdx.x] = copy[threadIdx.x ^ 1];
  });
}

void in_place_neighbour() {
  on_numbers(+[](float* x) {
    if (threadIdx.x < 63) x[threadIdx.x] += x[threadIdx.x + 1];
  });
}

void two_blocks() {
  on_numbers(
      +[](float* x) { x[threadIdx.x] = static_cast<float>(blockIdx.x); }, 2);
}

// -- Barriers and warps ---------------------------------------------------------------------------

void two_barriers() {
  on_numbers(+[](float*) {
    if (threadIdx.x < 32)  // NOLINT(bugprone-branch-clone): two places to meet at
      __syncthreads();
    else
      __syncthreads();
  });
}
void barrier_after_end() {
  on_numbers(+[](float*) {
    if (threadIdx.x >= 40) return;
    __syncthreads();
  });
}
void deadlock() {
  on_numbers(+[](float*) {
    if (threadIdx.x % 32 < 16)
      __syncthreads();
    else
      __syncwarp();
  });
}
void not_in_mask() {
  on_numbers(+[](float* x) { x[threadIdx.x] = __shfl_sync(0xffffu, 1.f, 0); });
}
void wrong_width() {
  on_numbers(+[](float* x) { x[threadIdx.x] = __shfl_sync(0xffffffffu, 1.f, 0, 5); });
}
void ended_lane() {
  on_numbers(+[](float* x) {
    if (threadIdx.x % 32 == 31) return;
    x[threadIdx.x] = __shfl_sync(0xffffffffu, 1.f, 31);
  });
}
void absent_lane() {
  on_numbers(
      +[](float* x) { x[threadIdx.x] = __shfl_down_sync(0xffffffffu, 1.f, 16); }, 1, 40);
}
void unmasked_lane() {
  on_numbers(+[](float* x) {
    if (threadIdx.x % 32 < 16) x[threadIdx.x] = __shfl_down_sync(0xffffu, 1.f, 8);
  });
}

}  // namespace

const std::vector<Sample>& kernel_samples() {
  static const std::vector<Sample> all = {GPU_SAMPLE(sum),
                                          {"transpose_f32", transpose<float>},
                                          {"transpose_f64", transpose<double>},
                                          GPU_SAMPLE(warps),
                                          GPU_SAMPLE(atomics),
                                          GPU_SAMPLE(early_end),
                                          GPU_SAMPLE(last_writer),
                                          GPU_SAMPLE(missing_barrier),
                                          GPU_SAMPLE(missing_syncwarp),
                                          GPU_SAMPLE(in_place_neighbour),
                                          GPU_SAMPLE(two_blocks),
                                          GPU_SAMPLE(two_barriers),
                                          GPU_SAMPLE(barrier_after_end),
                                          GPU_SAMPLE(deadlock),
                                          GPU_SAMPLE(not_in_mask),
                                          GPU_SAMPLE(wrong_width),
                                          GPU_SAMPLE(ended_lane),
                                          GPU_SAMPLE(absent_lane),
                                          GPU_SAMPLE(unmasked_lane)};
  return all;
}
