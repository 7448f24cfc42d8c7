#include <Eigen/Core>

#include "autodiff/cpu/cpu_backend.h"
#include "autodiff/cpu/parallel.h"
#include "autodiff/cpu/provider.h"

namespace gradus {
namespace {

template <class T>
using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

template <class T>
Eigen::Map<Matrix<T>> matrix(Array x, std::int64_t rows, std::int64_t columns) {
  return {x.as<T>(), rows, columns};
}

// Rows first..last-1 of the product.
template <class T>
void matmul_rows(Array a, Array b, const MatmulSpec& s, Array y, std::int64_t first,
                 std::int64_t last) {
  const std::int64_t rows = last - first;
  auto out = matrix<T>(y, s.m, s.n).middleRows(first, rows);
  const auto left = s.transpose_a ? matrix<T>(a, s.k, s.m) : matrix<T>(a, s.m, s.k);
  const auto right = s.transpose_b ? matrix<T>(b, s.n, s.k) : matrix<T>(b, s.k, s.n);
  if (s.transpose_a) {
    const auto part = left.middleCols(first, rows).transpose();
    if (s.transpose_b)
      out.noalias() = part * right.transpose();
    else
      out.noalias() = part * right;
  } else {
    const auto part = left.middleRows(first, rows);
    if (s.transpose_b)
      out.noalias() = part * right.transpose();
    else
      out.noalias() = part * right;
  }
}

// Each thread computes some rows; a share is worth a thread from some 10 microseconds on.
template <class T>
void matmul(Array a, Array b, const MatmulSpec& s, Array y) {
  constexpr std::int64_t share = 1 << 19;  // multiplications
  const std::int64_t row = std::max<std::int64_t>(s.k * s.n, 1);
  parallel_for(
      s.m, std::max<std::int64_t>(share / row, 8),
      [&](std::int64_t first, std::int64_t last) { matmul_rows<T>(a, b, s, y, first, last); });
}

}  // namespace

void CpuBackend::matmul(Array a, Array b, const MatmulSpec& spec, Array y) {
  if (provided::matmul(a, b, spec, y)) return;
  dispatch(y.dtype, [&](auto zero) { gradus::matmul<decltype(zero)>(a, b, spec, y); });
}

std::string CpuBackend::provider() {
  std::string eigen = "Eigen " + std::to_string(EIGEN_WORLD_VERSION) + '.' +
                      std::to_string(EIGEN_MAJOR_VERSION) + '.' +
                      std::to_string(EIGEN_MINOR_VERSION);
  const std::string other = provided::name();
  return other.empty() ? eigen : other + ", " + eigen;
}

}  // namespace gradus
