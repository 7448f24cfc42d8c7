#pragma once

#include <cstddef>
#include <vector>

#include "autodiff/cuda/gpu.hpp"

// Device memory with n numbers 0, 1, 2...
template <class T = float>
T* numbers(int n) {
  std::vector<T> host(static_cast<std::size_t>(n));
  for (int i = 0; i < n; ++i) host[static_cast<std::size_t>(i)] = static_cast<T>(i);
  T* data = nullptr;
  cudaMalloc(&data, host.size() * sizeof(T));
  cudaMemcpy(data, host.data(), host.size() * sizeof(T), cudaMemcpyHostToDevice);
  return data;
}

template <class T = float>
std::vector<T> fetch(const T* data, int n) {
  std::vector<T> host(static_cast<std::size_t>(n));
  cudaMemcpy(host.data(), data, host.size() * sizeof(T), cudaMemcpyDeviceToHost);
  return host;
}

// One run of a kernel on 64 numbers.
template <class Kernel>
void on_numbers(Kernel kernel, dim3 grid = 1, dim3 block = 64, std::size_t shared_bytes = 0) {
  float* x = numbers(64);
  gpu_launch(kernel, grid, block, shared_bytes, nullptr, x);
  cudaDeviceSynchronize();
  cudaFree(x);
}

#define GPU_SAMPLE(name) \
  { #name, name }
