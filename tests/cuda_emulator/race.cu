// A race for the appendix on the two backends: race.sh shows what it does, and how it is caught.

#include <cstdio>
#include <vector>

#include "autodiff/cuda/gpu.hpp"

// [race]
static __global__ void sum_kernel(const float* x, float* y) {
  GPU_SHARED(float, partial, 64);
  const unsigned me = threadIdx.x;
  partial[me] = x[me];
  __syncthreads();
  for (unsigned half = 32; half > 0; half /= 2)
    if (me < half) partial[me] += partial[me + half];
  if (me == 0) *y = partial[0];
}
// [race]

int main() {
  std::vector<float> numbers;
  for (int i = 0; i < 64; ++i) numbers.push_back(static_cast<float>(i));
  float *x = nullptr, *y = nullptr, sum = 0;
  cudaMalloc(&x, 64 * sizeof(float));
  cudaMalloc(&y, sizeof(float));
  cudaMemcpy(x, numbers.data(), 64 * sizeof(float), cudaMemcpyHostToDevice);
  gpu_launch(sum_kernel, 1, 64, 0, nullptr, x, y);
  const cudaError_t error = cudaMemcpy(&sum, y, sizeof(float), cudaMemcpyDeviceToHost);
  if (error == cudaSuccess) std::printf("%g\n", static_cast<double>(sum));
  cudaFree(x);
  cudaFree(y);
  return error != cudaSuccess;
}
