// Exercise 2.2 (an hour): how deep until two inputs look alike?
//
// Leaky ReLU is phi(h) = relu(h) - a relu(-h), with 0 <= a < 1. Two inputs have correlation c.
// Multiply out phi(u) phi(v): each of the four products is a case of the chapter's map k, since
// relu(u) relu(v) has the mean k(c) / 2, and -v has the correlation -c with u.
//
// Write both functions. Test them:
//   ./run exercise 2.2

#include "nn/instruments/signal_theory.h"

using namespace gradus;

/// The correlation of the signals one wide layer on, from theirs, c.
double leaky_correlation(double a, double c) {
  (void)a;
  return relu_correlation_map(c);  // your turn
}

/// The first layer at which the correlation exceeds `target` < 1; c is that of the inputs, layer 0.
int layers_until(double a, double c, double target) {
  (void)a, (void)c, (void)target;
  return 0;  // your turn
}
