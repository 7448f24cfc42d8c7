// Mistakes with memory for the tests of the emulator: bytes that are not there, not yet, or no
// longer.

#include <cmath>

#include "sample_memory.h"
#include "samples.h"

namespace {

void write_beyond() {
  on_numbers(+[](float* x) { x[threadIdx.x + 1] = 0; });
}
void read_beyond() {
  on_numbers(+[](float* x) {
    if (threadIdx.x == 63) x[threadIdx.x] = x[threadIdx.x + 1];
  });
}
void shared_beyond() {
  on_numbers(
      +[](float* x) {
        GPU_DYN_SHARED(float, y);
        y[threadIdx.x] = x[threadIdx.x];
      },
      1, 64, 63 * sizeof(float));
}
void static_shared_beyond() {
  on_numbers(+[](float* x) {
    GPU_SHARED(float, y, 63);
    y[threadIdx.x] = x[threadIdx.x];
  });
}
void undefined_memory() {
  float *x = numbers(64), *y = nullptr;
  cudaMalloc(&y, 64 * sizeof(float));
  gpu_launch(
      +[](float* to, const float* from) { to[threadIdx.x] = from[threadIdx.x]; }, 1, 64, 0, nullptr,
      x, y);
  expect(!std::isnan(fetch(x, 64)[0]), "undefined memory reads as NaN");
  cudaFree(x);
  cudaFree(y);
}
void undefined_shared() {
  on_numbers(+[](float* x) {
    GPU_SHARED(float, y, 64);
    if (threadIdx.x > 0) y[threadIdx.x] = 1;
    __syncthreads();
    x[threadIdx.x] = y[threadIdx.x];
    if (threadIdx.x == 0 && !(x[0] == x[0])) expect(false, "undefined shared memory reads as NaN");
  });
}
void copied_undefined() {
  float* y = nullptr;
  cudaMalloc(&y, 64 * sizeof(float));
  expect(!std::isnan(fetch(y, 64)[0]), "undefined memory reads as NaN");
  cudaFree(y);
}
struct alignas(16) Four {
  float v[4];
};
void misaligned() {
  on_numbers(+[](float* x) {
    if (threadIdx.x == 0) reinterpret_cast<Four*>(x)[0] = reinterpret_cast<const Four*>(x + 1)[0];
  });
}
void after_free() {
  float* x = numbers(64);
  cudaFree(x);
  gpu_launch(
      +[](float* y) { y[threadIdx.x] = 1; }, 1, 64, 0, nullptr, x);
  expect(cudaDeviceSynchronize() == cudaSuccess, "launch");
}
struct Box {
  float* inside;
};
void after_free_in_struct() {
  const Box box{numbers(64)};
  cudaFree(box.inside);
  gpu_launch(
      +[](Box b) { b.inside[threadIdx.x] = 1; }, 1, 64, 0, nullptr, box);
  expect(cudaDeviceSynchronize() == cudaSuccess, "launch");
}
void host_pointer() {
  float host[64] = {};
  gpu_launch(
      +[](float* y) { y[threadIdx.x] = 1; }, 1, 64, 0, nullptr, host);
  expect(cudaDeviceSynchronize() == cudaSuccess, "launch");
}
void host_pointer_in_struct() {
  static float host[64] = {};
  gpu_launch(
      +[](Box b) { b.inside[threadIdx.x] = 1; }, 1, 64, 0, nullptr, Box{host});
  expect(cudaDeviceSynchronize() == cudaSuccess, "launch");
}
void host_touches_device() {
  float* x = numbers(64);
  x[0] = 1;
  cudaFree(x);
}
void pool_tail() {
  float* x = numbers(64);
  gpu_block_handed_out(x, 63 * sizeof(float), nullptr);
  gpu_launch(
      +[](float* y) { y[threadIdx.x] = 1; }, 1, 64, 0, nullptr, x);
  cudaDeviceSynchronize();
  cudaFree(x);
}
void after_return() {
  float* x = numbers(64);
  gpu_block_handed_out(x, 64 * sizeof(float), nullptr);
  gpu_block_returned(x, 64 * sizeof(float), nullptr);
  gpu_launch(
      +[](float* y) { y[threadIdx.x] = 1; }, 1, 64, 0, nullptr, x);
  cudaDeviceSynchronize();
  cudaFree(x);
}
void copy_beyond() {
  float *x = numbers(64), host[65] = {};
  cudaMemcpy(host, x, 65 * sizeof(float), cudaMemcpyDeviceToHost);
  cudaFree(x);
}
void copy_direction() {
  float *x = numbers(64), host[64] = {};
  cudaMemcpy(host, x, sizeof host, cudaMemcpyHostToDevice);
  cudaFree(x);
}
void set_beyond() {
  float* x = numbers(64);
  cudaMemset(x + 1, 0, 64 * sizeof(float));
  cudaFree(x);
}
void free_twice() {
  float* x = numbers(64);
  cudaFree(x);
  cudaFree(x);
}
void leak() { numbers(64); }
void free_while_work_waits() {
  float* x = numbers(64);
  cudaMemsetAsync(x, 0, 64 * sizeof(float));
  cudaFree(x);
}
void pinned_leak() {
  void* host = nullptr;
  cudaMallocHost(&host, 4);
}

}  // namespace

const std::vector<Sample>& memory_samples() {
  static const std::vector<Sample> all = {GPU_SAMPLE(write_beyond),
                                          GPU_SAMPLE(read_beyond),
                                          GPU_SAMPLE(shared_beyond),
                                          GPU_SAMPLE(static_shared_beyond),
                                          GPU_SAMPLE(undefined_memory),
                                          GPU_SAMPLE(undefined_shared),
                                          GPU_SAMPLE(copied_undefined),
                                          GPU_SAMPLE(misaligned),
                                          GPU_SAMPLE(after_free),
                                          GPU_SAMPLE(after_free_in_struct),
                                          GPU_SAMPLE(host_pointer),
                                          GPU_SAMPLE(host_pointer_in_struct),
                                          GPU_SAMPLE(host_touches_device),
                                          GPU_SAMPLE(pool_tail),
                                          GPU_SAMPLE(after_return),
                                          GPU_SAMPLE(copy_beyond),
                                          GPU_SAMPLE(copy_direction),
                                          GPU_SAMPLE(set_beyond),
                                          GPU_SAMPLE(free_twice),
                                          GPU_SAMPLE(leak),
                                          GPU_SAMPLE(free_while_work_waits),
                                          GPU_SAMPLE(pinned_leak)};
  return all;
}
