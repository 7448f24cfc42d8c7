// Solution of exercise 2.2: how deep until two inputs look alike?

#include "nn/instruments/signal_theory.h"

using namespace gradus;

/// The correlation of the signals one wide layer on, from theirs, c.
double leaky_correlation(double a, double c) {
  // relu(u) relu(v) and a^2 relu(-u) relu(-v) have k(c) / 2 each, the mixed products k(-c) / 2 and
  // a factor -a; the whole is divided by E phi^2 = (1 + a^2) / 2.
  const double same = relu_correlation_map(c),
               opposite = relu_correlation_map(-c);
  return ((1 + a * a) * same - 2 * a * opposite) / (1 + a * a);
}

/// The first layer at which the correlation exceeds `target` < 1; c is that of the inputs, layer 0.
int layers_until(double a, double c, double target) {
  int layer = 0;
  while (!(c > target)) {
    c = leaky_correlation(a, c);
    ++layer;
  }
  return layer;
}
