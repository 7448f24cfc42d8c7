// Exercise 5.2 (an hour): one rate for every width?
//
// The rise of f in one step has one share per layer: eta d_in / 2 from the input weights, eta n / 2
// from each hidden matrix, eta n from the output weights. Give each layer a factor on its learning
// rate, so that every layer has the same share 1 / depth of the rise, at every width. Then ask what
// that costs: as which power of n do the entries of the last hidden layer move in such a step?
//
// Write both functions. Test them:
//   ./run exercise 5.2

#include <cstdint>
#include <vector>

/// One factor per layer, from the input weights to the output weights.
std::vector<double> layer_rates(std::int64_t inputs, std::int64_t width,
                                std::int64_t depth) {
  (void)inputs, (void)width;
  return std::vector<double>(static_cast<std::size_t>(depth),
                             1.0);  // your turn
}

/// The power of the width with which the entries of the last hidden layer then move.
double power_of_last_hidden() {
  return 0;  // your turn
}
