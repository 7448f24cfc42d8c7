// Exercise 14.1 (an hour): where a quadratic's loss first rises.
//
// Near a minimum the loss is a sum over the Hessian's eigenvalues: mode i holds the share p_i of
// the initial loss, and a step of gradient descent at the rate c / lambda_max multiplies that share
// by (1 - c lambda_i / lambda_max)^2. Find the smallest c >= 0 above which the total is larger than
// at the start after one of the first `steps` steps, to a relative 1e-9. Chapter 14 says 2 for a
// single mode. What do the others change?
//
// Test it:
//   ./run exercise 14.1

#include <vector>

/// `lambda` in descending order, all >= 0; `share` sums to 1, and share[0] > 0.
double c_loss_of_quadratic(const std::vector<double>& lambda,
                           const std::vector<double>& share, int steps) {
  (void)lambda, (void)share, (void)steps;
  return 0;  // your turn
}
