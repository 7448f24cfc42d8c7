// Exercise 16.1: solution.

/// The eta lambda below which Nesterov's momentum m falls on a parabola.
double nesterov_edge(double m) {
  // The old v is minus the new one, v = -m v + g, so v = g / (1 + m). The step is
  // eta (g + m v) = eta g (1 + 2 m) / (1 + m), and it must be 2 w = 2 g / lambda.
  return 2 * (1 + m) / (1 + 2 * m);
}
