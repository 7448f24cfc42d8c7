#pragma once

#include <vector>

namespace gradus {

/// y = intercept + slope x by least squares, with standard errors from the scatter about the line.
struct LineFit {
  double slope = 0, slope_error = 0;
  double intercept = 0, intercept_error = 0;
};
/// At least three points: a line through two has no scatter, and so no error.
LineFit fit_line(const std::vector<double>& x, const std::vector<double>& y);
/// The exponent p of y ~ x^p: `fit_line` of log2 y against log2 x.
LineFit fit_log_log(const std::vector<double>& x, const std::vector<double>& y);

/// The minimum of a U-shaped curve.
struct Vertex {
  double x = 0, y = 0;       ///< of the parabola through the lowest point and its neighbours
  double low = 0, high = 0;  ///< those neighbours' x: the minimum of a unimodal curve lies between
};
/// x must increase. Throws where the lowest point is at an end, or has a neighbour that is not
/// finite, since the curve then shows no minimum.
Vertex fit_vertex(const std::vector<double>& x, const std::vector<double>& y);

}  // namespace gradus
