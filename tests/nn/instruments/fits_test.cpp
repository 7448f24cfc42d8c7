// Slopes with standard errors, and vertices of U-curves.
#include "nn/instruments/fits.h"

#include <cmath>
#include <limits>

#include "tests/catch.h"
#include "tests/engine/test_support.h"

namespace gradus {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST_CASE("a regression worked out by hand") {
  // x = 1..5, y = 2 4 5 4 5: means 3 and 4, sxx = 10, sxy = 6, so slope .6 and intercept 2.2.
  // Residuals -.8 .6 1 -.6 -.2: rss = 2.4, variance .8; errors sqrt(.08), sqrt(.8 (1/5 + 9/10)).
  const LineFit fit = fit_line({1, 2, 3, 4, 5}, {2, 4, 5, 4, 5});
  CHECK(fit.slope == Approx(0.6).epsilon(1e-14));
  CHECK(fit.intercept == Approx(2.2).epsilon(1e-14));
  CHECK(fit.slope_error == Approx(std::sqrt(0.08)).epsilon(1e-14));
  CHECK(fit.intercept_error == Approx(std::sqrt(0.88)).epsilon(1e-14));
}

TEST_CASE("points with one x have no slope, however their mean is rounded") {
  for (const double x : {0.1, 1 / 3.0, 1e-310, 1e300, -7.7})
    for (std::size_t n = 3; n <= 100; ++n) {
      std::vector<double> y;
      for (std::size_t i = 0; i < n; ++i) y.push_back(std::sin(static_cast<double>(i)));
      CHECK_THAT(error_of([&] { fit_line(std::vector(n, x), y); }),
                 ContainsSubstring("a slope needs at least two different ones"));
    }
}

TEST_CASE("fits do not depend on the units of x and y, nor on where they start") {
  // The regression by hand of above, in other units.
  for (const double unit_x : {1e-200, 1.0, 1e200})
    for (const double unit_y : {1e-100, 1.0, 1e100}) {
      std::vector<double> x, y;
      for (int i = 1; i <= 5; ++i) x.push_back(i * unit_x);
      for (int i : {2, 4, 5, 4, 5}) y.push_back(i * unit_y);
      const LineFit fit = fit_line(x, y);
      CHECK(fit.slope * (unit_x / unit_y) == Approx(0.6).epsilon(1e-13));
      CHECK(fit.intercept / unit_y == Approx(2.2).epsilon(1e-13));
      CHECK(fit.slope_error * (unit_x / unit_y) == Approx(std::sqrt(0.08)).epsilon(1e-13));
      CHECK(fit.intercept_error / unit_y == Approx(std::sqrt(0.88)).epsilon(1e-13));
      // 3 (t - .5)^2 at t = -1, 0, 1, 2
      const Vertex vertex = fit_vertex({-unit_x, 0, unit_x, 2 * unit_x},
                                       {6.75 * unit_y, .75 * unit_y, .75 * unit_y, 6.75 * unit_y});
      CHECK(vertex.x / unit_x == Approx(0.5).epsilon(1e-14));
      CHECK(std::fabs(vertex.y / unit_y) < 1e-14);
    }
  // y = 2 x far from 0, and neighbours among the doubles.
  const double far = 1e9, next = 1 + std::numeric_limits<double>::epsilon();
  const LineFit line = fit_line({far, far + 1, far + 2, far + 3}, {0, 2, 4, 6});
  CHECK(line.slope == Approx(2).epsilon(1e-14));
  CHECK(line.slope_error < 1e-14);
  CHECK(fit_line({1, next, 1}, {0, 1, 0}).slope * (next - 1) == Approx(1).epsilon(1e-13));
  CHECK(fit_line({1, 2, 3}, {.1, .1, .1}).slope == 0);
  CHECK(fit_line({1, 2, 3}, {.1, .1, .1}).slope_error == 0);
}

TEST_CASE("a power law has its exponent and no error") {
  const LineFit fit = fit_log_log({64, 128, 256, 512},
                                  {3 / 8.0, 3 / std::sqrt(128.0), 3 / 16.0, 3 / std::sqrt(512.0)});
  CHECK(fit.slope == Approx(-0.5).epsilon(1e-14));
  CHECK(std::exp2(fit.intercept) == Approx(3).epsilon(1e-13));
  CHECK(fit.slope_error < 1e-14);
}

TEST_CASE("the vertex of an exact parabola, on any grid") {
  const auto parabola = [](double x) { return 2 * (x - 0.3) * (x - 0.3) + 5; };
  for (const std::vector<double>& x :
       {std::vector<double>{-2, -1, 0, 1, 2}, {-4, -0.5, 0.1, 0.2, 1.5, 3}}) {
    std::vector<double> y;
    for (double value : x) y.push_back(parabola(value));
    const Vertex vertex = fit_vertex(x, y);
    CHECK(vertex.x == Approx(0.3).epsilon(1e-13));
    CHECK(vertex.y == Approx(5).epsilon(1e-13));
    CHECK(vertex.low < 0.3);
    CHECK(vertex.high > 0.3);
  }
  CHECK(fit_vertex({0, 1, 2, 3}, {8, 7, 7, 8}).x == 1.5);
}

TEST_CASE("runs that diverged do not hide the vertex, but cannot bound it") {
  CHECK(fit_vertex({0, 1, 2, 3, 4}, {nan, 2, 1, 2, nan}).x == 2);
  const std::string at_end = ", is at an end of the curve: extend the grid beyond it";
  for (const std::vector<double>& y : {std::vector<double>{1, 2, 3},
                                       {3, 2, 1},
                                       {3, 1, nan},
                                       {nan, 1, 2},
                                       {nan, nan, nan},
                                       {3, 1, INFINITY},
                                       {7, 7, 7}})
    CHECK_THAT(error_of([&] { fit_vertex({0, 1, 2}, y); }), ContainsSubstring(at_end));
}

TEST_CASE("wrong calls of the fits are one clear sentence") {
  CHECK(error_of([] {
          fit_line({1, 2}, {1, 2});
        }) == "[fit_line] 2 points are too few; at least 3 are needed");
  CHECK(error_of([] { fit_line({1, 2, 3}, {1, 2}); }) == "[fit_line] 3 values of x but 2 of y");
  CHECK(error_of([] {
          fit_line({2, 2, 2}, {1, 2, 3});
        }) == "[fit_line] all x are 2; a slope needs at least two different ones");
  CHECK(error_of([] {
          fit_line({1, INFINITY, 3}, {1, 2, 3});
        }) == "[fit_line] a value of x is inf; a line needs finite ones");
  CHECK(error_of([] {
          fit_vertex({1, 2, 3}, {1, -INFINITY, 3});
        }) == "[fit_vertex] the lowest point, at x = 2, is -inf; a parabola needs finite ones");
  CHECK(error_of([] {
          fit_log_log({1, 2, 3}, {1, 0, 3});
        }) == "[fit_log_log] a value of y is 0; logarithms need positive finite numbers");
  CHECK(error_of([] {
          fit_vertex({0, 0, 1}, {1, 2, 3});
        }) == "[fit_vertex] x must increase, but 0 follows 0");
}

}  // namespace
}  // namespace gradus
