// Solution of exercise 5.2: one rate for every width?

#include <cstdint>
#include <vector>

/// One factor per layer, from the input weights to the output weights.
std::vector<double> layer_rates(std::int64_t inputs, std::int64_t width,
                                std::int64_t depth) {
  const auto n = static_cast<double>(width),
             layers = static_cast<double>(depth);
  std::vector<double> rates(static_cast<std::size_t>(depth),
                            2 / (n * layers));
  rates.front() = 2 / (static_cast<double>(inputs) * layers);
  rates.back() = 1 / (n * layers);
  return rates;
}

/// The power of the width with which the entries of the last hidden layer then move.
double power_of_last_hidden() {
  // Its own matrix: rate 1/n, times z . z of order n, times delta of order n^-1/2. f rises by order
  // one because n such entries meet n output weights of order n^-1/2, all with the right sign.
  return -0.5;
}
