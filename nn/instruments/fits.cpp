#include "nn/instruments/fits.h"

#include <algorithm>
#include <cmath>

#include "autodiff/check.h"
#include "nn/instruments/statistics.h"

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

// (values - mean) / unit, and about their own mean again: that of the values is rounded, which
// counts where they differ by little.
std::vector<double> centred(const std::vector<double>& values, double mean, double unit) {
  std::vector<double> result;
  double sum = 0;
  for (const double value : values) {
    result.push_back((value - mean) / unit);
    sum += result.back();
  }
  for (double& value : result) value -= sum / static_cast<double>(values.size());
  return result;
}

}  // namespace

// In units of the deviations, u of x and v of y about their means: v = r u, with the coefficient of
// correlation r. Nothing is squared but numbers of order 1.
LineFit fit_line(const std::vector<double>& x, const std::vector<double>& y) {
  check_sizes("fit_line", x, y);
  for (const double value : x)
    check(std::isfinite(value), "[fit_line] a value of x is ", value, "; a line needs finite ones");
  const Statistics of_x = statistics(x), of_y = statistics(y);
  check(of_x.smallest < of_x.largest, "[fit_line] all x are ", x[0],
        "; a slope needs at least two different ones");
  const double n = static_cast<double>(x.size());
  const double unit_y = of_y.deviation == 0 ? 1 : of_y.deviation;  // 1 where all y are equal
  const std::vector<double> u = centred(x, of_x.mean, of_x.deviation);
  const std::vector<double> v = centred(y, of_y.mean, unit_y);
  double suu = 0, suv = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    suu += u[i] * u[i];
    suv += u[i] * v[i];
  }
  const double r = suv / suu;
  double rss = 0;  // the residuals' sum of squares has n - 2 degrees of freedom
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double residual = v[i] - r * u[i];
    rss += residual * residual;
  }
  const double error = std::sqrt(rss / (n - 2)), lever = of_x.mean / of_x.deviation;
  LineFit fit;
  fit.slope = r * (unit_y / of_x.deviation);
  fit.slope_error = error / std::sqrt(suu) * (unit_y / of_x.deviation);
  fit.intercept = of_y.mean - r * unit_y * lever;
  fit.intercept_error = error * unit_y * std::sqrt(1 / n + lever * lever / suu);
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
  check(std::isfinite(y[m]), "[fit_vertex] the lowest point, at x = ", x[m], ", is ", y[m],
        "; a parabola needs finite ones");

  // In units of the wider gap and the higher rise, the parabola through (-l, a), (0, 0) and (r, b)
  // is curvature t (t - 2 step), with its vertex at t = step.
  const double left = x[m] - x[m - 1], right = x[m + 1] - x[m];
  const double width = std::max(left, right);
  const double height = std::max(y[m - 1] - y[m], y[m + 1] - y[m]);
  const double l = left / width, a = (y[m - 1] - y[m]) / height;
  const double r = right / width, b = (y[m + 1] - y[m]) / height;
  const double slopes = a * r + b * l;
  const double step = (a * r * r - b * l * l) / (2 * slopes);
  const double curvature = slopes / (l * r * (l + r));
  return {x[m] + width * step, y[m] - height * curvature * step * step, x[m - 1], x[m + 1]};
}

}  // namespace gradus
