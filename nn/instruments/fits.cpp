#include "nn/instruments/fits.h"

#include <cmath>

#include "autodiff/check.h"

namespace gradus {
namespace {

void check_sizes(const char* what, const std::vector<double>& x, const std::vector<double>& y) {
  check(x.size() == y.size(), "[", what, "] ", x.size(), " values of x but ", y.size(), " of y");
  check(x.size() >= 3, "[", what, "] ", x.size(), " points are too few; at least 3 are needed");
}

std::vector<double> logarithms(const std::vector<double>& values, const char* name) {
  std::vector<double> result;
  for (double v : values) {
    check(v > 0 && std::isfinite(v), "[fit_log_log] a value of ", name, " is ", v,
          "; logarithms need positive finite numbers");
    result.push_back(std::log2(v));
  }
  return result;
}

}  // namespace

LineFit fit_line(const std::vector<double>& x, const std::vector<double>& y) {
  check_sizes("fit_line", x, y);
  const double n = static_cast<double>(x.size());
  double mean_x = 0, mean_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    mean_x += x[i] / n;
    mean_y += y[i] / n;
  }
  double sxx = 0, sxy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    sxx += (x[i] - mean_x) * (x[i] - mean_x);
    sxy += (x[i] - mean_x) * (y[i] - mean_y);
  }
  check(sxx > 0, "[fit_line] all x are ", x[0], "; a slope needs at least two different ones");
  LineFit fit;
  fit.slope = sxy / sxx;
  fit.intercept = mean_y - fit.slope * mean_x;
  double rss = 0;  // the residuals' sum of squares has n - 2 degrees of freedom
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double residual = y[i] - fit.intercept - fit.slope * x[i];
    rss += residual * residual;
  }
  const double variance = rss / (n - 2);
  fit.slope_error = std::sqrt(variance / sxx);
  fit.intercept_error = std::sqrt(variance * (1 / n + mean_x * mean_x / sxx));
  return fit;
}

LineFit fit_log_log(const std::vector<double>& x, const std::vector<double>& y) {
  return fit_line(logarithms(x, "x"), logarithms(y, "y"));
}

Vertex fit_vertex(const std::vector<double>& x, const std::vector<double>& y) {
  check_sizes("fit_vertex", x, y);
  for (std::size_t i = 1; i < x.size(); ++i)
    check(x[i - 1] < x[i], "[fit_vertex] x must increase, but ", x[i], " follows ", x[i - 1]);
  std::size_t m = 0;  // the lowest point; comparisons with NaN are false
  for (std::size_t i = 1; i < y.size(); ++i)
    if (y[i] < y[m] || std::isnan(y[m])) m = i;
  check(m > 0 && m + 1 < x.size() && std::isfinite(y[m - 1]) && std::isfinite(y[m + 1]),
        "[fit_vertex] the lowest point, at x = ", x[m],
        ", is at an end of the curve: extend the grid beyond it");

  // Newton's form through the three points, y_m + d (x - x_m) + a (x - x_m)(x - x_left), where the
  // derivative is 0.
  const double left = x[m] - x[m - 1], right = x[m + 1] - x[m];
  const double d = (y[m] - y[m - 1]) / left;
  const double a = ((y[m + 1] - y[m]) / right - d) / (left + right);
  const double step = -(d + a * left) / (2 * a);
  return {x[m] + step, y[m] + d * step + a * step * (step + left), x[m - 1], x[m + 1]};
}

}  // namespace gradus
