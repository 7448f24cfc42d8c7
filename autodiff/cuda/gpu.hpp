#pragma once

// CUDA as the kernels see it: the real one under nvcc, else the emulator of tests/cuda_emulator, with
// which the same sources run and are checked on a CPU. Only this file tells the two apart.

#ifdef __CUDACC__

#include <cublas_v2.h>
#include <cuda_runtime.h>

#include <cstddef>

/// Runs `kernel` on the stream; the arguments are converted to its parameters' types.
template <class... P, class... A>
cudaError_t gpu_launch(void (*kernel)(P...), dim3 grid, dim3 block, std::size_t shared_bytes,
                       cudaStream_t stream, A... args) {
  kernel<<<grid, block, shared_bytes, stream>>>(static_cast<P>(args)...);
  return cudaGetLastError();
}

/// An array of N elements that the threads of a block share.
#define GPU_SHARED(T, name, N) __shared__ T name[N]
/// The bytes that the launch asked for, as a T*; `extern __shared__` alone would demand one T for all.
#define GPU_DYN_SHARED(T, name)                                         \
  extern __shared__ __align__(16) unsigned char gpu_dynamic_shared[]; \
  T* name = reinterpret_cast<T*>(gpu_dynamic_shared)

/// What a pool of device memory tells the emulator, in stream order: the block is handed out, its
/// contents undefined; the block is back in the pool, and touching it is an error.
inline void gpu_block_handed_out(void*, std::size_t, cudaStream_t) {}
inline void gpu_block_returned(void*, std::size_t, cudaStream_t) {}

#else

#include "cuda_emulator.h"

#endif
