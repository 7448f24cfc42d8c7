#include "autodiff/cpu/cpu_backend.h"
#include "autodiff/cpu/parallel.h"
#include "autodiff/cpu/products.h"
#include "autodiff/cpu/provider.h"

namespace gradus {
namespace {

template <class T>
Eigen::Map<Matrix<T>> matrix(Array x, std::int64_t rows, std::int64_t columns) {
  return {x.as<T>(), static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(columns)};
}

// The product of left and right, or `count` of its rows or columns from `first` on.
template <class T, class Left, class Right>
void multiply_part(const Left& left, const Right& right, const MatmulSpec& s, bool by_rows,
                   std::int64_t first, std::int64_t count, Eigen::Map<Matrix<T>> y) {
  const T alpha = static_cast<T>(s.alpha);
  if (by_rows)
    multiply<T>(left.middleRows(first, count), right, y.middleRows(first, count), alpha, s.onto);
  else
    multiply<T>(left, right.middleCols(first, count), y.middleCols(first, count), alpha, s.onto);
}

template <class T>
void matmul_part(Array a, Array b, const MatmulSpec& s, Array y, bool by_rows, std::int64_t first,
                 std::int64_t count) {
  const auto left = s.transpose_a ? matrix<T>(a, s.k, s.m) : matrix<T>(a, s.m, s.k);
  const auto right = s.transpose_b ? matrix<T>(b, s.n, s.k) : matrix<T>(b, s.k, s.n);
  const auto part = [&](const auto& l, const auto& r) {
    multiply_part<T>(l, r, s, by_rows, first, count, matrix<T>(y, s.m, s.n));
  };
  if (s.transpose_a && s.transpose_b)
    part(left.transpose(), right.transpose());
  else if (s.transpose_a)
    part(left.transpose(), right);
  else if (s.transpose_b)
    part(left, right.transpose());
  else
    part(left, right);
}

// Each thread computes some rows or columns, of which y has more; a share is worth a thread from
// some 10 microseconds on. Eigen sums in another order, and so rounds differently, at the edge of a
// part that ends within one of its blocks: of 4 by 1, 2 or 3 vectors, vectors of 2 to 16 entries. So
// parts begin at multiples of 48, and results do not depend on their number.
template <class T>
void matmul(Array a, Array b, const MatmulSpec& s, Array y) {
  constexpr std::int64_t share = 1 << 19;  // multiplications
  constexpr std::int64_t block = 48;
  const bool by_rows = s.m >= s.n;
  const std::int64_t side = std::max(s.m, s.n);
  const std::int64_t blocks = side < 2 * block ? std::min<std::int64_t>(side, 1) : side / block;
  const std::int64_t work = std::max<std::int64_t>(block * s.k * std::min(s.m, s.n), 1);
  parallel_for(blocks, (share + work - 1) / work, [&](std::int64_t begin, std::int64_t end) {
    const std::int64_t first = begin * block, last = end == blocks ? side : end * block;
    matmul_part<T>(a, b, s, y, by_rows, first, last - first);
  });
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
