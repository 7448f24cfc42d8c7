#include "nn/instruments/exponents.h"

#include <cmath>

#include "autodiff/check.h"
#include "nn/instruments/fits.h"
#include "nn/instruments/statistics.h"

namespace gradus {

Exponent exponent_over_seeds(const std::vector<double>& x,
                             const std::vector<std::vector<double>>& y) {
  check(x.size() == y.size() && !y.empty() && !y[0].empty(), "[exponent_over_seeds] ", x.size(),
        " sizes, but values at ", y.size(), " of them");
  std::vector<double> slopes;
  for (std::size_t seed = 0; seed < y[0].size(); ++seed) {
    std::vector<double> values;
    for (const std::vector<double>& seeds : y) {
      check(seeds.size() == y[0].size(), "[exponent_over_seeds] ", seeds.size(),
            " seeds at one size and ", y[0].size(), " at another");
      values.push_back(seeds[seed]);
    }
    slopes.push_back(fit_log_log(x, values).slope);
  }
  const Statistics of = statistics(slopes);
  return {of.mean, of.deviation / std::sqrt(static_cast<double>(slopes.size()))};
}

Exponent exponent_of_medians(const std::vector<double>& x,
                             const std::vector<std::vector<double>>& y, double first, double last) {
  check(x.size() == y.size(), "[exponent_of_medians] ", x.size(), " sizes, but values at ",
        y.size(), " of them");
  std::vector<double> sizes, medians;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (x[i] < first || x[i] > last) continue;
    sizes.push_back(x[i]);
    medians.push_back(median(y[i]));
  }
  const LineFit fit = fit_log_log(sizes, medians);
  return {fit.slope, fit.slope_error};
}

Exponent exponent_of_values(const std::vector<double>& x, const std::vector<double>& y,
                            const std::vector<double>& errors) {
  check(errors.size() == y.size(), "[exponent_of_values] ", y.size(), " values but ", errors.size(),
        " errors");
  const double slope = fit_log_log(x, y).slope;
  double centre = 0, spread = 0, variance = 0;
  for (const double v : x) centre += std::log(v) / static_cast<double>(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double distance = std::log(x[i]) - centre;
    spread += distance * distance;
    variance += std::pow(distance * errors[i] / y[i], 2);
  }
  return {slope, std::sqrt(variance) / spread};
}

}  // namespace gradus
