#include "autodiff/cuda/queue.h"

#include <climits>

#include "autodiff/check.h"

namespace gradus {
namespace {

void check_blas(cublasStatus_t status, const char* what) {
  check(status == CUBLAS_STATUS_SUCCESS, "[cuda] ", what, ": ", cublasGetStatusString(status));
}

cublasStatus_t gemm(cublasHandle_t blas, cublasOperation_t op_a, cublasOperation_t op_b, int m,
                    int n, int k, const float* a, int lda, const float* b, int ldb, float beta,
                    float* c) {
  const float one = 1;
  return cublasSgemm(blas, op_a, op_b, m, n, k, &one, a, lda, b, ldb, &beta, c, m);
}
cublasStatus_t gemm(cublasHandle_t blas, cublasOperation_t op_a, cublasOperation_t op_b, int m,
                    int n, int k, const double* a, int lda, const double* b, int ldb, double beta,
                    double* c) {
  const double one = 1;
  return cublasDgemm(blas, op_a, op_b, m, n, k, &one, a, lda, b, ldb, &beta, c, m);
}

}  // namespace

Queue::Queue() {
  int devices = 0, processors = 0;
  const cudaError_t status = cudaGetDeviceCount(&devices);
  check(status == cudaSuccess && devices > 0, "[device] no CUDA device can be used",
        status == cudaSuccess ? "" : ": ", status == cudaSuccess ? "" : cudaGetErrorString(status),
        "; use the CPU (--device cpu)");
  check_cuda(cudaDeviceGetAttribute(&processors, cudaDevAttrMultiProcessorCount, 0), "start");
  check_cuda(cudaStreamCreate(&stream_), "start");
  check_blas(cublasCreate(&blas_), "start of cuBLAS");
  check_blas(cublasSetStream(blas_, stream_), "start of cuBLAS");
  // Full f32: no TF32, whose ten bits would drown what the experiments measure.
  check_blas(cublasSetMathMode(blas_, CUBLAS_DEFAULT_MATH), "start of cuBLAS");
  most_blocks_ = std::int64_t{processors} * 8;  // of 256 threads: all that can be resident
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
  pool_.close();
}

void Queue::copy_in(const void* host, std::int64_t bytes, void* data) {
  if (bytes == 0) return;
  const std::lock_guard lock(mutex_);
  check_cuda(
      cudaMemcpyAsync(data, host, static_cast<std::size_t>(bytes), cudaMemcpyHostToDevice, stream_),
      "copy to the device");
  check_cuda(cudaStreamSynchronize(stream_), "copy to the device");
}

void Queue::copy_out(const void* data, std::int64_t bytes, void* host) {
  if (bytes == 0) return;
  const std::lock_guard lock(mutex_);
  check_cuda(
      cudaMemcpyAsync(host, data, static_cast<std::size_t>(bytes), cudaMemcpyDeviceToHost, stream_),
      "copy to the host");
  check_cuda(cudaStreamSynchronize(stream_), "copy to the host");
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
                  s.transpose_a ? CUBLAS_OP_T : CUBLAS_OP_N, n, m, k, b, s.transpose_b ? k : n, a,
                  s.transpose_a ? m : k, beta, c),
             "matrix product");
}
template void Queue::multiply(const float*, const float*, const MatmulSpec&, float, float*);
template void Queue::multiply(const double*, const double*, const MatmulSpec&, double, double*);

}  // namespace gradus
