#include <Eigen/Core>

#include "autodiff/cpu/cpu_backend.h"

namespace gradus {
namespace {

template <class T>
using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

template <class T>
Eigen::Map<Matrix<T>> matrix(Array x, std::int64_t rows, std::int64_t columns) {
  return {x.as<T>(), rows, columns};
}

template <class T>
void matmul(Array a, Array b, const MatmulSpec& s, Array y) {
  auto out = matrix<T>(y, s.m, s.n);
  const auto left = s.transpose_a ? matrix<T>(a, s.k, s.m) : matrix<T>(a, s.m, s.k);
  const auto right = s.transpose_b ? matrix<T>(b, s.n, s.k) : matrix<T>(b, s.k, s.n);
  if (!s.transpose_a && !s.transpose_b) out.noalias() = left * right;
  else if (!s.transpose_a) out.noalias() = left * right.transpose();
  else if (!s.transpose_b) out.noalias() = left.transpose() * right;
  else out.noalias() = left.transpose() * right.transpose();
}

}  // namespace

// The one place for another provider of products: it would be asked here first.
void CpuBackend::matmul(Array a, Array b, const MatmulSpec& spec, Array y) {
  dispatch(y.dtype, [&](auto zero) { gradus::matmul<decltype(zero)>(a, b, spec, y); });
}

}  // namespace gradus
