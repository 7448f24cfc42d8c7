// Exercise 12.2 (ten minutes): power iteration, made to find the right eigenvalue.
//
// Power iteration finds the eigenvalue mu of largest magnitude. If mu is negative, it is the smallest
// of all, and the largest is still unknown. But H - mu has the same eigenvectors, and none of its
// eigenvalues is negative. With at most two calls of `power_iteration` find the largest eigenvalue
// of H itself.
//
// Write largest_by_shift. Test it:
//   ./run exercise 12.2

#include <vector>

#include "nn/instruments/sharpness.h"
#include "nn/vectors.h"

using namespace gradus;

/// The largest algebraic eigenvalue of h.
double largest_by_shift(const LinearOperator& h,
                        const std::vector<Tensor>& like,
                        const EigenOptions& options) {
  return power_iteration(h, like, options)
      .lambda_max;  // of largest magnitude: your turn
}
