#pragma once

// The part of CUDA that the kernels of autodiff/cuda use, for a CPU: the host's compiler compiles
// them, and they run on one thread, with checks that a GPU does not make. README.md tells how.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

#include "cuda_language.h"

// -- The runtime ----------------------------------------------------------------------------------

enum cudaError_t {
  cudaSuccess = 0,
  cudaErrorInvalidValue = 1,
  cudaErrorMemoryAllocation = 2,
  cudaErrorInvalidConfiguration = 9,
  cudaErrorInvalidMemcpyDirection = 21,
  cudaErrorNoDevice = 100,
  cudaErrorInvalidDevice = 101,
  cudaErrorNoKernelImageForDevice = 209,
  cudaErrorLaunchFailure = 719,
  cudaErrorStreamCaptureUnsupported = 900,
  cudaErrorStreamCaptureInvalidated = 901,
  cudaErrorCapturedEvent = 907,
};
enum cudaMemcpyKind {
  cudaMemcpyHostToDevice = 1,
  cudaMemcpyDeviceToHost,
  cudaMemcpyDeviceToDevice,
};
enum cudaDeviceAttr {
  cudaDevAttrMultiProcessorCount = 16,
  cudaDevAttrComputeCapabilityMajor = 75,
  cudaDevAttrComputeCapabilityMinor,
};
struct cudaFuncAttributes {};
using cudaStream_t = struct CUstream_st*;
using cudaEvent_t = struct CUevent_st*;
inline constexpr unsigned cudaStreamNonBlocking = 1, cudaEventDisableTiming = 2;

cudaError_t cudaGetDeviceCount(int* count);
cudaError_t cudaSetDevice(int device);
cudaError_t cudaDeviceGetAttribute(int* value, cudaDeviceAttr attribute, int device);
cudaError_t cudaFuncGetAttributes(cudaFuncAttributes* attributes, void (*kernel)());
cudaError_t cudaMemGetInfo(std::size_t* free, std::size_t* total);
cudaError_t cudaGetLastError();
cudaError_t cudaPeekAtLastError();
const char* cudaGetErrorName(cudaError_t error);
const char* cudaGetErrorString(cudaError_t error);

cudaError_t cudaMalloc(void** data, std::size_t bytes);
template <class T>
cudaError_t cudaMalloc(T** data, std::size_t bytes) {
  return cudaMalloc(reinterpret_cast<void**>(data), bytes);
}
cudaError_t cudaFree(void* data);
/// Pinned: copies read and write it while the host goes on.
cudaError_t cudaMallocHost(void** data, std::size_t bytes);
cudaError_t cudaFreeHost(void* data);
cudaError_t cudaMemcpy(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind);
cudaError_t cudaMemcpyAsync(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind,
                            cudaStream_t stream = nullptr);
cudaError_t cudaMemset(void* data, int value, std::size_t bytes);
cudaError_t cudaMemsetAsync(void* data, int value, std::size_t bytes,
                            cudaStream_t stream = nullptr);

/// One that does not wait for the default stream.
cudaError_t cudaStreamCreateWithFlags(cudaStream_t* stream, unsigned flags);
cudaError_t cudaStreamSynchronize(cudaStream_t stream);
cudaError_t cudaDeviceSynchronize();

cudaError_t cudaEventCreateWithFlags(cudaEvent_t* event, unsigned flags);
cudaError_t cudaEventRecord(cudaEvent_t event, cudaStream_t stream);
cudaError_t cudaEventSynchronize(cudaEvent_t event);
cudaError_t cudaEventDestroy(cudaEvent_t event);

// Graphs: what a stream is given while it captures is not done, but noted.
enum cudaStreamCaptureMode { cudaStreamCaptureModeRelaxed = 2 };
using cudaGraph_t = struct CUgraph_st*;
using cudaGraphExec_t = struct CUgraphExec_st*;
cudaError_t cudaStreamBeginCapture(cudaStream_t stream, cudaStreamCaptureMode mode);
cudaError_t cudaStreamEndCapture(cudaStream_t stream, cudaGraph_t* graph);
cudaError_t cudaGraphInstantiate(cudaGraphExec_t* launchable, cudaGraph_t graph,
                                 unsigned long long flags);
cudaError_t cudaGraphLaunch(cudaGraphExec_t launchable, cudaStream_t stream);
cudaError_t cudaGraphExecDestroy(cudaGraphExec_t launchable);
cudaError_t cudaGraphDestroy(cudaGraph_t graph);

/// What a pool of device memory tells, in stream order: the block, one cudaMalloc's, is handed out
/// with undefined contents and this size; the block is back, and touching it is an error.
void gpu_block_handed_out(void* data, std::size_t bytes, cudaStream_t stream);
void gpu_block_returned(void* data, std::size_t bytes, cudaStream_t stream);

// -- Launches -------------------------------------------------------------------------------------

namespace gpu_emulator {

inline constexpr std::size_t most_parameter_bytes = 4096;

/// A kernel with its arguments, waiting in the stream.
struct Launch {
  void (*kernel)();  // of whatever type it is
  dim3 grid, block;
  std::size_t shared_bytes;
  void (*call)(const Launch&);  // runs one CUDA thread
  alignas(16) std::byte parameters[most_parameter_bytes];
};
/// Notes an error where CUDA would refuse the launch; else puts a copy into the stream.
void enqueue(const Launch& launch, const void* const* pointers, int pointer_count,
             cudaStream_t stream);

/// A parameter that is a pointer; null for one that is not.
template <class P>
const void* pointer_in(const P& parameter) {
  if constexpr (std::is_pointer_v<P>)
    return parameter;
  else
    return nullptr;
}

template <class... P>
struct Parameters {
  // Where each parameter begins: in order, aligned.
  static constexpr auto offsets = [] {
    struct {
      std::size_t at[sizeof...(P) + 1];
    } result{};
    std::size_t i = 0, end = 0;
    ((end = (end + alignof(P) - 1) / alignof(P) * alignof(P), result.at[i++] = end,
      end += sizeof(P)),
     ...);
    result.at[i] = end;
    return result;
  }();
  static_assert((std::is_trivially_copyable_v<P> && ...), "parameters are copied as bytes");
  static_assert((!std::is_reference_v<P> && ...), "a kernel cannot refer to host memory");
  static_assert(offsets.at[sizeof...(P)] <= most_parameter_bytes);

  template <std::size_t... i>
  static void store([[maybe_unused]] std::byte* bytes, const P&... values,
                    std::index_sequence<i...>) {
    (std::memcpy(bytes + offsets.at[i], &values, sizeof(P)), ...);
  }
  template <std::size_t... i>
  static void call(void (*kernel)(P...), [[maybe_unused]] const std::byte* bytes,
                   std::index_sequence<i...>) {
    kernel(*reinterpret_cast<const P*>(bytes + offsets.at[i])...);
  }
};

}  // namespace gpu_emulator

template <class... P, class... A>
cudaError_t gpu_launch(void (*kernel)(P...), dim3 grid, dim3 block, std::size_t shared_bytes,
                       cudaStream_t stream, A... args) {
  using Parameters = gpu_emulator::Parameters<P...>;
  gpu_emulator::Launch launch{
      reinterpret_cast<void (*)()>(kernel), grid, block, shared_bytes, nullptr, {}};
  launch.call = [](const gpu_emulator::Launch& self) {
    Parameters::call(reinterpret_cast<void (*)(P...)>(self.kernel), self.parameters,
                     std::index_sequence_for<P...>{});
  };
  const auto start = [&](const P&... values) {
    Parameters::store(launch.parameters, values..., std::index_sequence_for<P...>{});
    const void* const pointers[] = {gpu_emulator::pointer_in(values)..., nullptr};
    gpu_emulator::enqueue(launch, pointers, sizeof...(P), stream);
  };
  start(static_cast<P>(args)...);
  return cudaGetLastError();  // that of an earlier call, too
}

// -- cuBLAS ---------------------------------------------------------------------------------------

enum cublasStatus_t {
  CUBLAS_STATUS_SUCCESS = 0,
  CUBLAS_STATUS_INVALID_VALUE = 7,
  CUBLAS_STATUS_EXECUTION_FAILED = 13,
};
enum cublasOperation_t { CUBLAS_OP_N, CUBLAS_OP_T };
enum cublasMath_t { CUBLAS_DEFAULT_MATH = 0, CUBLAS_PEDANTIC_MATH = 2 };
using cublasHandle_t = struct cublasContext*;

cublasStatus_t cublasCreate(cublasHandle_t* handle);
cublasStatus_t cublasSetStream(cublasHandle_t handle, cudaStream_t stream);
cublasStatus_t cublasSetMathMode(cublasHandle_t handle, cublasMath_t mode);
/// Device memory for products, in place of what cuBLAS would allocate.
cublasStatus_t cublasSetWorkspace(cublasHandle_t handle, void* workspace, std::size_t bytes);
const char* cublasGetStatusString(cublasStatus_t status);

/// C (m, n) = alpha op(A) op(B) + beta C, column-major.
cublasStatus_t cublasSgemm(cublasHandle_t handle, cublasOperation_t op_a, cublasOperation_t op_b,
                           int m, int n, int k, const float* alpha, const float* a, int lda,
                           const float* b, int ldb, const float* beta, float* c, int ldc);
cublasStatus_t cublasDgemm(cublasHandle_t handle, cublasOperation_t op_a, cublasOperation_t op_b,
                           int m, int n, int k, const double* alpha, const double* a, int lda,
                           const double* b, int ldb, const double* beta, double* c, int ldc);
