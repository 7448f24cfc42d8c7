#pragma once

#include <limits>
#include <vector>

/// Estimators of the exponent p of y ~ x^p from repeated measurements, such as several seeds at each
/// width. They differ in what is averaged and where the error comes from; a table that quotes an
/// exponent says which one it used. All are lines through log y against log x (fit_log_log), with
/// equal weights, and need at least three sizes.
namespace gradus {

struct Exponent {
  double value = 0;
  double error = 0;  ///< standard error; NaN where it cannot be told
};

/// A fit for each seed, and the mean of their exponents. The error comes from the scatter between
/// seeds, so it says nothing of a curve that is no power. `y[i]` holds the values at x[i], one per
/// seed, in one order of the seeds.
Exponent exponent_over_seeds(const std::vector<double>& x,
                             const std::vector<std::vector<double>>& y);

/// One fit, of the medians over seeds: steady where single seeds stray. The error comes from the
/// scatter of the medians about the line. Sizes below `first` and above `last` do not count.
Exponent exponent_of_medians(const std::vector<double>& x,
                             const std::vector<std::vector<double>>& y, double first = 0,
                             double last = std::numeric_limits<double>::infinity());

/// One fit, of values whose standard errors are known, such as means over seeds. The error is what
/// those errors make of it: with l = log x,
/// var p = sum_i (l_i - mean l)^2 (error_i / y_i)^2 / (sum_i (l_i - mean l)^2)^2.
Exponent exponent_of_values(const std::vector<double>& x, const std::vector<double>& y,
                            const std::vector<double>& errors);

}  // namespace gradus
