// Exercise 15.1 (ten minutes): alpha, or the labels?
//
// A network alpha * g(w, x) learns the labels y with the learning rate lr and the loss
// 0.5 * mean (alpha g - y)^2. The network g itself, started at the same weights, can walk through
// the same weights. Which labels must it learn, and with which learning rate?
//
// Test it:
//   ./run exercise 15.1

#include "autodiff/ops.h"

using namespace gradus;

struct Task {
  Tensor labels;
  double lr;
};

/// What g does instead.
Task without_alpha(double alpha, const Task& task) {
  (void)alpha;
  return task;  // your turn
}
