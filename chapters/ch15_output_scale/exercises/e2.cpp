// Exercise 15.2 (an hour): when does the loss of a zero last layer rise?
//
// While the features stay as they are, mode k of their Gram matrix multiplies its part of the
// residual by 1 - c mu_k in each step, where mu_k is its eigenvalue over lambda_0. It begins with
// the share p_k of the loss; the shares sum to 1. Find the smallest c above which the loss has
// passed its start after some step t = 1, ..., steps. For a fixed t the loss is a convex function
// of c that begins at 1.
//
// Test it:
//   ./run exercise 15.2

#include <vector>

/// c_loss of the modes mu with the shares p.
double c_loss(const std::vector<double>& mu, const std::vector<double>& p,
              int steps) {
  (void)mu, (void)p, (void)steps;
  return 2;  // your turn
}
