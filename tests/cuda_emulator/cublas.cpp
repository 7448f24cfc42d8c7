// The part of cuBLAS in use. A product runs in stream order; its operands are checked at the call.

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "checker.h"
#include "device.h"
#include "emulator.h"

using namespace gpu_emulator;

struct cublasContext {
  cudaStream_t stream = nullptr;  // the default one
  long calls = 0;                 // one host thread at a time: ThreadSanitizer sees who is not
};

namespace {

template <class T>
struct Product {
  bool transpose_a, transpose_b;
  int m, n, k;
  T alpha;
  const T* a;
  int lda;
  const T* b;
  int ldb;
  T beta;
  T* c;
  int ldc;
};

// What a column-major matrix takes in memory, from its first entry to its last.
template <class T>
std::size_t span(int rows, int columns, int ld) {
  if (rows == 0 || columns == 0) return 0;
  return (static_cast<std::size_t>(columns - 1) * static_cast<std::size_t>(ld) +
          static_cast<std::size_t>(rows)) *
         sizeof(T);
}

template <class T>
void check_matrix(const T* x, int rows, int columns, int ld) {
  for (int j = 0; j < columns; ++j)
    check_defined(x + std::size_t(j) * std::size_t(ld), std::size_t(rows) * sizeof(T), "cuBLAS");
}

template <class T>
void multiply(const Product<T>& p) {
  const auto lda = std::size_t(p.lda), ldb = std::size_t(p.ldb), ldc = std::size_t(p.ldc);
  const auto m = std::size_t(p.m), n = std::size_t(p.n), k = std::size_t(p.k);
  p.transpose_a ? check_matrix(p.a, p.k, p.m, p.lda) : check_matrix(p.a, p.m, p.k, p.lda);
  p.transpose_b ? check_matrix(p.b, p.n, p.k, p.ldb) : check_matrix(p.b, p.k, p.n, p.ldb);
  if (p.beta != 0) check_matrix(p.c, p.m, p.n, p.ldc);
  if (failed()) return;

  std::vector<double> column(m);
  for (std::size_t j = 0; j < n; ++j) {
    const auto b = [&](std::size_t l) {
      return double(p.transpose_b ? p.b[j + l * ldb] : p.b[l + j * ldb]);
    };
    std::fill(column.begin(), column.end(), 0.0);
    if (p.transpose_a) {
      for (std::size_t i = 0; i < m; ++i)
        for (std::size_t l = 0; l < k; ++l) column[i] += double(p.a[l + i * lda]) * b(l);
    } else {
      for (std::size_t l = 0; l < k; ++l) {
        const double factor = b(l);
        const T* a = p.a + l * lda;
        for (std::size_t i = 0; i < m; ++i) column[i] += double(a[i]) * factor;
      }
    }
    T* c = p.c + j * ldc;
    mark(c, m * sizeof(T), Bytes::defined);
    for (std::size_t i = 0; i < m; ++i)
      c[i] = T(double(p.alpha) * column[i] + (p.beta == 0 ? 0.0 : double(p.beta) * double(c[i])));
  }
}

template <class T>
cublasStatus_t gemm(cublasHandle_t handle, const Product<T>& p) {
  if (handle) ++handle->calls;
  const std::lock_guard guard(mutex());
  if (failed()) return CUBLAS_STATUS_EXECUTION_FAILED;
  const int rows_a = p.transpose_a ? p.k : p.m, rows_b = p.transpose_b ? p.n : p.k;
  const auto least = [](int rows) { return rows > 1 ? rows : 1; };
  if (!handle || p.m < 0 || p.n < 0 || p.k < 0 || p.lda < least(rows_a) || p.ldb < least(rows_b) ||
      p.ldc < least(p.m))
    return CUBLAS_STATUS_INVALID_VALUE;
  if (p.m == 0 || p.n == 0) return CUBLAS_STATUS_SUCCESS;
  const auto check = [](const char* operand, const T* x, std::size_t bytes) {
    if (bytes > 0 && !holds(x, bytes))
      report(std::string("cuBLAS: ") + operand + " takes " + std::to_string(bytes) +
             " bytes that no allocation of device memory holds");
  };
  check("A", p.a, span<T>(rows_a, p.transpose_a ? p.m : p.k, p.lda));
  check("B", p.b, span<T>(rows_b, p.transpose_b ? p.k : p.n, p.ldb));
  check("C", p.c, span<T>(p.m, p.n, p.ldc));
  if (failed()) return CUBLAS_STATUS_EXECUTION_FAILED;
  count(&Counts::products, handle->stream);
  enqueue_work(
      handle->stream, [](const void* self) { multiply(*static_cast<const Product<T>*>(self)); }, &p,
      sizeof p);
  return CUBLAS_STATUS_SUCCESS;
}

}  // namespace

cublasStatus_t cublasCreate(cublasHandle_t* handle) {
  static auto* const all = new std::vector<std::unique_ptr<cublasContext>>;  // to the end
  const std::lock_guard guard(mutex());
  *handle = all->emplace_back(new cublasContext).get();
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasSetStream(cublasHandle_t handle, cudaStream_t stream) {
  handle->stream = stream;
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasSetWorkspace(cublasHandle_t, void* workspace, std::size_t bytes) {
  const std::lock_guard guard(mutex());
  const bool fits = reinterpret_cast<std::uintptr_t>(workspace) % alignment == 0;
  return fits && holds(workspace, bytes) ? CUBLAS_STATUS_SUCCESS : CUBLAS_STATUS_INVALID_VALUE;
}
cublasStatus_t cublasSetMathMode(cublasHandle_t, cublasMath_t) { return CUBLAS_STATUS_SUCCESS; }

const char* cublasGetStatusString(cublasStatus_t status) {
  switch (status) {
    case CUBLAS_STATUS_SUCCESS: return "CUBLAS_STATUS_SUCCESS";
    case CUBLAS_STATUS_INVALID_VALUE: return "CUBLAS_STATUS_INVALID_VALUE";
    case CUBLAS_STATUS_EXECUTION_FAILED: return "CUBLAS_STATUS_EXECUTION_FAILED";
  }
  return "an unknown status";
}

cublasStatus_t cublasSgemm(cublasHandle_t handle, cublasOperation_t op_a, cublasOperation_t op_b,
                           int m, int n, int k, const float* alpha, const float* a, int lda,
                           const float* b, int ldb, const float* beta, float* c, int ldc) {
  return gemm<float>(handle, {op_a == CUBLAS_OP_T, op_b == CUBLAS_OP_T, m, n, k, *alpha, a, lda, b,
                              ldb, *beta, c, ldc});
}
cublasStatus_t cublasDgemm(cublasHandle_t handle, cublasOperation_t op_a, cublasOperation_t op_b,
                           int m, int n, int k, const double* alpha, const double* a, int lda,
                           const double* b, int ldb, const double* beta, double* c, int ldc) {
  return gemm<double>(handle, {op_a == CUBLAS_OP_T, op_b == CUBLAS_OP_T, m, n, k, *alpha, a, lda, b,
                               ldb, *beta, c, ldc});
}
