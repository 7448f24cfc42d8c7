#include "autodiff/cuda/queue.h"

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <cstring>

#include "autodiff/check.h"

namespace gradus {
namespace {

void check_blas(cublasStatus_t status, const char* what) {
  check(status == CUBLAS_STATUS_SUCCESS, "[cuda] ", what, ": ", cublasGetStatusString(status));
}

cublasStatus_t gemm(cublasHandle_t blas, cublasOperation_t op_a, cublasOperation_t op_b, int m,
                    int n, int k, float alpha, const float* a, int lda, const float* b, int ldb,
                    float beta, float* c) {
  return cublasSgemm(blas, op_a, op_b, m, n, k, &alpha, a, lda, b, ldb, &beta, c, m);
}
cublasStatus_t gemm(cublasHandle_t blas, cublasOperation_t op_a, cublasOperation_t op_b, int m,
                    int n, int k, double alpha, const double* a, int lda, const double* b, int ldb,
                    double beta, double* c) {
  return cublasDgemm(blas, op_a, op_b, m, n, k, &alpha, a, lda, b, ldb, &beta, c, m);
}

int attribute(cudaDeviceAttr which) {
  int value = 0;
  check_cuda(cudaDeviceGetAttribute(&value, which, 0), "start");
  return value;
}

__global__ void probe_kernel() {}

// A stream of the first device, which has to be one that this code was compiled for.
cudaStream_t open_stream() {
  int devices = 0;
  const cudaError_t status = cudaGetDeviceCount(&devices);
  check(status == cudaSuccess && devices > 0, "[device] no CUDA device can be used",
        status == cudaSuccess ? "" : ": ", status == cudaSuccess ? "" : cudaGetErrorString(status),
        "; use the CPU (--device cpu)");
  cudaFuncAttributes attributes;
  const cudaError_t runs = cudaFuncGetAttributes(&attributes, probe_kernel);
  if (runs != cudaSuccess)
    fail("[device] the CUDA backend was not compiled for this device, whose compute capability is ",
         attribute(cudaDevAttrComputeCapabilityMajor), ".",
         attribute(cudaDevAttrComputeCapabilityMinor), ": ", cudaGetErrorString(runs),
         "; build gradus on this machine or use the CPU (--device cpu)");
  cudaStream_t stream = nullptr;
  check_cuda(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking), "start");
  return stream;
}

// A copy's bytes go through pinned memory in pieces of this size; each thread that copies has a piece,
// and so many are in use otherwise.
constexpr std::int64_t stage_bytes = std::int64_t{1} << 20;
constexpr int most_stages = 8;

template <class Copy>
void in_pieces(std::int64_t bytes, const Copy& copy) {
  for (std::int64_t at = 0; at < bytes; at += stage_bytes)
    copy(at, static_cast<std::size_t>(std::min(stage_bytes, bytes - at)));
}

}  // namespace

Queue::Queue() : stream_(open_stream()), pool_(stream_) {
  check_blas(cublasCreate(&blas_), "start of cuBLAS");
  check_blas(cublasSetStream(blas_, stream_), "start of cuBLAS");
  // Full f32: no TF32, whose ten bits would drown what the experiments measure.
  check_blas(cublasSetMathMode(blas_, CUBLAS_DEFAULT_MATH), "start of cuBLAS");
  most_threads_ = std::int64_t{attribute(cudaDevAttrMultiProcessorCount)} * 2048;  // resident
  if (const char* limit = std::getenv("GRADUS_CUDA_INDEX_LIMIT"))
    index_limit_ = std::min<std::int64_t>(index_limit_, std::atoll(limit));
}

void* Queue::allocate(std::int64_t bytes) {
  const std::lock_guard lock(mutex_);
  return pool_.allocate(bytes);
}
void Queue::release(void* data) {
  const std::lock_guard lock(mutex_);
  pool_.release(data);
}
MemoryStats Queue::memory_stats() {
  const std::lock_guard lock(mutex_);
  return pool_.stats();
}
void Queue::close() {
  const std::lock_guard lock(mutex_);
  if (workspace_) pool_.release(workspace_);
  pool_.close();
  for (const Stage& stage : stages_) {
    cudaFreeHost(stage.memory);
    cudaEventDestroy(stage.done);
  }
  stages_.clear();
}

Queue::Stage Queue::take_stage() {
  Stage stage{};
  {
    const std::lock_guard lock(mutex_);
    if (stages_made_ < most_stages || stages_.empty()) {
      check_cuda(cudaMallocHost(&stage.memory, stage_bytes), "pinned memory");
      check_cuda(cudaEventCreateWithFlags(&stage.done, cudaEventDisableTiming), "start");
      ++stages_made_;
      return stage;
    }
    stage = stages_.front();
    stages_.pop_front();
  }
  check_cuda(cudaEventSynchronize(stage.done), "an earlier copy");  // unlocked: others go on
  return stage;
}
void Queue::return_stage(Stage stage) {
  const std::lock_guard lock(mutex_);
  (captured_ ? *captured_ : stages_).push_back(stage);  // a graph copies from it again
}

void Queue::start_copy(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind,
                       Stage stage, const char* what) {
  const std::lock_guard lock(mutex_);
  check_cuda(cudaMemcpyAsync(to, from, bytes, kind, stream_), what);
  check_cuda(cudaEventRecord(stage.done, stream_), what);
}

void Queue::copy_in(const void* host, std::int64_t bytes, void* data) {
  in_pieces(bytes, [&](std::int64_t at, std::size_t size) {
    const Taken taken(*this);
    std::memcpy(taken.stage.memory, static_cast<const char*>(host) + at, size);
    start_copy(static_cast<char*>(data) + at, taken.stage.memory, size, cudaMemcpyHostToDevice,
               taken.stage, "copy to the device");
  });
}

void Queue::copy_out(const void* data, std::int64_t bytes, void* host) {
  in_pieces(bytes, [&](std::int64_t at, std::size_t size) {
    const Taken taken(*this);
    start_copy(taken.stage.memory, static_cast<const char*>(data) + at, size,
               cudaMemcpyDeviceToHost, taken.stage, "copy to the host");
    check_cuda(cudaEventSynchronize(taken.stage.done), "copy to the host");  // unlocked
    std::memcpy(static_cast<char*>(host) + at, taken.stage.memory, size);
  });
}

void Queue::give_workspace() {
  if (workspace_) return;
  // As much as cuBLAS takes by itself.
  const std::int64_t bytes = attribute(cudaDevAttrComputeCapabilityMajor) >= 9
                                 ? std::int64_t{32} << 20
                                 : std::int64_t{8} << 20;
  workspace_ = pool_.allocate(bytes);
  check_blas(cublasSetWorkspace(blas_, workspace_, static_cast<std::size_t>(bytes)), "workspace");
}

void Queue::clear(void* data, std::int64_t bytes) {
  if (bytes == 0) return;
  const std::lock_guard lock(mutex_);
  check_cuda(cudaMemsetAsync(data, 0, static_cast<std::size_t>(bytes), stream_), "zeros");
}

// cuBLAS takes columns for rows: what it sees are the transposes, and C^T = B^T A^T.
template <class T>
void Queue::multiply(const T* a, const T* b, const MatmulSpec& s, T beta, T* c) {
  check(s.m <= INT_MAX && s.k <= INT_MAX && s.n <= INT_MAX, "[matmul] a product of ", s.m, "x", s.k,
        " and ", s.k, "x", s.n, ": cuBLAS takes at most 2^31 - 1 rows and columns");
  const int m = static_cast<int>(s.m), k = static_cast<int>(s.k), n = static_cast<int>(s.n);
  const std::lock_guard lock(mutex_);
  check_blas(gemm(blas_, s.transpose_b ? CUBLAS_OP_T : CUBLAS_OP_N,
                  s.transpose_a ? CUBLAS_OP_T : CUBLAS_OP_N, n, m, k, static_cast<T>(s.alpha), b,
                  s.transpose_b ? k : n, a, s.transpose_a ? m : k, beta, c),
             "matrix product");
}
template void Queue::multiply(const float*, const float*, const MatmulSpec&, float, float*);
template void Queue::multiply(const double*, const double*, const MatmulSpec&, double, double*);

}  // namespace gradus
