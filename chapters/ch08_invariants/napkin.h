#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "autodiff/ops.h"
#include "chapters/support/csv.h"
#include "nn/instruments/norms.h"

/// Two matrices that do the same to one vector.
namespace gradus {

// [napkin]
// W = 1, and a change of W that moves one vector by a tenth.
inline void by_hand(std::int64_t n, Csv& rows) {
  const Tensor u = full({n, 1}, 1 / std::sqrt(n), DType::f64);
  std::vector<double> diagonal(static_cast<std::size_t>(n * n));
  for (std::int64_t i = 0; i < n; ++i)
    diagonal[static_cast<std::size_t>(i * n + i)] = 1;
  const Tensor W = from_host(diagonal, {n, n}, DType::f64);
  const Tensor change = 0.1 * matmul(u, u, false, true);

  const double moves =
      frobenius_norm(matmul(change, u)) / frobenius_norm(matmul(W, u));
  const double frobenius = frobenius_norm(change) / frobenius_norm(W);
  const double spectral =
      spectral_norm(change).value / spectral_norm(W).value;
  rows.row({n, moves, frobenius, spectral});
}
// [napkin]

}  // namespace gradus
