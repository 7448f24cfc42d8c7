// Solution of exercise 2.1: a slope below zero.

#include <cmath>

/// The v for which a layer with weights N(0, v / fan_in) keeps the mean of |z|^2.
double variance_that_keeps(double a) {
  return 2 /
         (1 +
          a * a);  // half of the units give g^2, half a^2 g^2: E phi^2 = (1 + a^2) / 2
}

/// E R^2 of R = |z_l|^2 / |z_0|^2 after `layers` such layers of one width.
double second_moment(double a, double width, double layers) {
  // Q = (v/n) sum phi(g_i)^2 has the variance (v^2 E phi^4 - 1) / n, with E phi^4 = 3 (1 + a^4) / 2:
  // 5 for ReLU, 2 for the identity.
  const double v = variance_that_keeps(a);
  const double of_one_unit = v * v * 1.5 * (1 + std::pow(a, 4)) - 1;
  return std::pow(1 + of_one_unit / width, layers);
}
