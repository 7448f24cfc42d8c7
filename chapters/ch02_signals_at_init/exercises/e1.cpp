// Exercise 2.1 (an hour): a slope below zero.
//
// Leaky ReLU is phi(h) = h for h > 0 and a h for h < 0. At a = 0 it is ReLU, at a = 1 the identity.
// Which variance v / fan_in of the weights keeps E |z|^2, and what replaces the 5 of E R^2?
// Follow the chapter: you need E phi(g)^2 and E phi(g)^4 of a standard normal g.
//
// Write both functions. Test them:
//   ./run exercise 2.1

#include <cmath>

/// The v for which a layer with weights N(0, v / fan_in) keeps the mean of |z|^2.
double variance_that_keeps(double a) {
  (void)a;
  return 2;  // your turn
}

/// E R^2 of R = |z_l|^2 / |z_0|^2 after `layers` such layers of one width.
double second_moment(double a, double width, double layers) {
  (void)a;
  return std::pow(1 + 5 / width, layers);  // your turn
}
