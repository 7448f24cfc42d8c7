// Exercise 16.1 (an hour): the edge of Nesterov's momentum.
//
// v <- m v + g, w <- w - eta (g + m v): the gradient looks ahead by one step of momentum (the form
// of Sutskever et al. 2013). On a parabola of curvature lambda, at which eta lambda does it turn
// from falling to growing? Let it go to and fro: w, v and g change their signs in every step.
//
// Test it:
//   ./run exercise 16.1

/// The eta lambda below which Nesterov's momentum m falls on a parabola.
double nesterov_edge(double m) {
  (void)m;
  return 2;  // your turn
}
