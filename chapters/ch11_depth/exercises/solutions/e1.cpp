// Exercise 11.1: solution.

struct RateExponents {
  double sgd, adam;  // the rates are lr * L^sgd and lr * L^adam
};

RateExponents rate_exponents(double p) {
  // SGD: the gradient carries a beta, and what the block adds another: L blocks
  // move h_L by rate * L beta^2. Adam: one beta, rate * L beta.
  return {2 * p - 1, p - 1};
}
