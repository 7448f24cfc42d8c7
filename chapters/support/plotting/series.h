#pragma once

#include <limits>
#include <string>
#include <vector>

namespace gradus {

/// How an axis maps values to the page; on a logarithmic one, values <= 0 leave a gap.
enum class Scale { linear, log2, log10 };

}  // namespace gradus

/// What a figure and the panels of a figure draw over two axes.
namespace gradus::plotting {

struct Axis {
  std::string label;
  Scale scale = Scale::linear;
  double first = std::numeric_limits<double>::quiet_NaN();  // NaN: follows from the data
  double last = std::numeric_limits<double>::quiet_NaN();
};

enum class Style { line, points, dashed, band };

struct Series {
  Style style;
  std::vector<double> xs, ys;
  std::vector<double> lows,
      highs;  // of a band, or of the bars of points; else empty
  std::string label;
  int color = 0;  // 0 is grey, else the palette's entry
};

struct Span;
class Script;

/// The ends of an axis: given, or those of the data with a little room around them. `figure` is
/// named in errors.
Span span_of(const Axis& axis, bool horizontal, const std::vector<Series>& series,
             const std::string& figure);

/// gnuplot's settings of border, ticks and grid.
extern const char* const axes_style;

/// Where a curve's label belongs: its last point on the page, as fractions of the plot.
struct End {
  double x = 0, y = 0;
};
End end_of(const Series& series, const Span& x, const Span& y);

/// The data blocks $data1, $data2, ... of all series, numbered from `first`.
void write_data(Script& gp, const std::vector<Series>& series, const Span& y, std::size_t first);

/// The parts of gnuplot's plot command that draw the series, from the back to the front.
std::vector<std::string> plot_parts(const std::vector<Series>& series, std::size_t first);

/// The plot command made of its parts.
void write_plot(Script& gp, const std::vector<std::string>& parts);

}  // namespace gradus::plotting
