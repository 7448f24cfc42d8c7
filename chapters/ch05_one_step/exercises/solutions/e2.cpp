// Exercise 5.2, solved.

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
