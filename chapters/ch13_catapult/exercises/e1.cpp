// Exercise 13.1 (an evening): the largest c, from any start.
//
// The chapter finds c_max with a label y for networks that start at f0 = 0. Its argument holds for
// any start: w = kappa - 4 - psi delta keeps its sign while |psi| < 2. Put in the state at step 0,
// with phi = c f0 / (sqrt(n) lam0), and solve w = 0 for c. Mind y = 0, and f0 > y > 0.
//
// Test it:
//   ./run exercise 13.1

/// The c = eta lam0 below which training of the uv model (p = 1) stays finite.
double largest_c(double f0, double lam0, double y, double n) {
  (void)f0;
  (void)lam0;
  (void)y;
  (void)n;
  return 4;  // your turn
}
