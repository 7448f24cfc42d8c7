// Exercise 12.1 (an hour): the matrix that Lanczos sees.
//
// From a start vector v_1 of length 1, the recurrence
//   H v_j = beta_{j-1} v_{j-1} + alpha_j v_j + beta_j v_{j+1}
// defines orthonormal v_2, v_3, ... and the entries of the tridiagonal matrix T. Fill in alpha and
// beta. Rounding spoils the orthogonality as soon as an eigenvalue has converged, so make each new
// vector orthogonal to all earlier ones once more; the last test needs it.
//
// Write tridiagonal. Test it:
//   ./run exercise 12.1

#include <vector>

#include "nn/instruments/sharpness.h"
#include "nn/vectors.h"

using namespace gradus;

struct Tridiagonal {
  std::vector<double> alpha;  // diagonal
  std::vector<double> beta;   // beside it: one fewer
};

/// T after `products` products with h, from the direction of `start`.
Tridiagonal tridiagonal(const LinearOperator& h,
                        const std::vector<Tensor>& start, int products) {
  (void)h, (void)start;
  const auto k = static_cast<std::size_t>(products);
  return {std::vector<double>(k), std::vector<double>(k - 1)};  // your turn
}
