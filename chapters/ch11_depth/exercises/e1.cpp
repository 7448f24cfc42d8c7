// Exercise 11.1 (ten minutes): every power of L.
//
// The chapter multiplies branches by L^-1/2 or by 1/L. Take any beta = L^-p
// with p from 1/2 to 1. Which power of L must the learning rate of the blocks
// carry, with SGD and with Adam, so that a step moves h_L by the same amount at
// every depth?
//
// Test it:
//   ./run exercise 11.1

struct RateExponents {
  double sgd, adam;  // the rates are lr * L^sgd and lr * L^adam
};

RateExponents rate_exponents(double p) {
  (void)p;
  return {0, 0};  // your turn
}
