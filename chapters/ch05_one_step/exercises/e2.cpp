// Exercise 5.2: one rate for every width?
//
// The rise of f in one step has one share per layer: eta d_in / 2 from the input weights, eta n / 2
// from each hidden matrix, eta n from the output weights. Give each layer a factor on its learning
// rate, so that every layer has the same share 1 / depth of the rise, at every width. Then look at
// what the test prints about the last hidden layer.
//
// Write layer_rates. Test it:
//   cmake --build --preset release --target ch05_e2 && build/release/bin/ch05_e2

#include <cstdint>
#include <vector>

/// One factor per layer, from the input weights to the output weights.
std::vector<double> layer_rates(std::int64_t inputs, std::int64_t width,
                                std::int64_t depth) {
  (void)inputs, (void)width;
  return std::vector<double>(static_cast<std::size_t>(depth),
                             1.0);  // your turn
}
