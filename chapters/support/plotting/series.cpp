#include "chapters/support/plotting/series.h"

#include <algorithm>
#include <cmath>

#include "autodiff/check.h"
#include "chapters/support/plotting/axis.h"
#include "chapters/support/plotting/page.h"

namespace gradus::plotting {
namespace {

// What stretches an axis: the values, and vertically also the ends of bars and bands.
std::vector<const std::vector<double>*> reach(const Series& series, bool horizontal) {
  if (horizontal) return {&series.xs};
  return {&series.ys, &series.lows, &series.highs};
}

// An end of a bar or band that lies nowhere on the axis (0 on a logarithmic one, or infinity) is
// drawn at the edge of the plot.
double on_page(double value, const Span& y) {
  const double at = to_scale(y.scale, value);
  if (std::isnan(value) || std::isfinite(at)) return value;
  return from_scale(y.scale, value > 0 ? y.last : y.first);
}

}  // namespace

const char* const axes_style = R"(  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
)";

Span span_of(const Axis& axis, bool horizontal, const std::vector<Series>& all,
             const std::string& figure) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  bool has_points = false;
  for (const Series& series : all) {
    has_points = has_points || series.style == Style::points;
    for (const std::vector<double>* values : reach(series, horizontal))
      for (const double value : *values)
        if (const double at = to_scale(axis.scale, value); std::isfinite(at))
          low = std::min(low, at), high = std::max(high, at);
  }
  if (low > high) low = 0, high = 1;
  if (low == high) {
    const double around = axis.scale == Scale::linear && low != 0 ? 0.1 * std::abs(low) : 0.5;
    low -= around, high += around;
  }
  const double room = (high - low) * (horizontal ? (has_points ? 0.03 : 0) : 0.05);
  // A linear axis that nearly reaches 0 starts there: lengths then compare as they should.
  const bool from_zero = !horizontal && axis.scale == Scale::linear && low >= 0 && low < 0.4 * high;
  Span span{axis.scale, from_zero ? 0 : low - room, high + room};
  if (!std::isnan(axis.first)) span.first = to_scale(axis.scale, axis.first);
  if (!std::isnan(axis.last)) span.last = to_scale(axis.scale, axis.last);
  check(std::isfinite(span.first) && std::isfinite(span.last) && span.first < span.last, "[plot] ",
        figure, ": the ", horizontal ? "x" : "y", " axis cannot go from ",
        from_scale(axis.scale, span.first), " to ", from_scale(axis.scale, span.last));
  return span;
}

End end_of(const Series& series, const Span& x, const Span& y) {
  End end;
  double right = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < series.xs.size(); ++i) {
    const double at_x = x.fraction(series.xs[i]);
    double at_y;
    if (series.style == Style::band)
      at_y = (std::clamp(y.fraction(on_page(series.lows[i], y)), 0.0, 1.0) +
              std::clamp(y.fraction(on_page(series.highs[i], y)), 0.0, 1.0)) /
             2;
    else
      at_y = y.fraction(series.ys[i]);
    if (std::isfinite(at_x) && std::isfinite(at_y) && at_x <= 1.0001 && at_x > right)
      right = end.x = at_x, end.y = at_y;
  }
  return end;
}

// Of a curve x and y; of points with bars x, y, low, high; of a band x, low, high.
void write_data(Script& gp, const std::vector<Series>& all, const Span& y, std::size_t first) {
  for (const Series& series : all) {
    std::string label = series.label.empty() ? "continued" : series.label;
    std::replace(label.begin(), label.end(), '\n', ' ');
    std::vector<std::string> rows;
    for (std::size_t i = 0; i < series.xs.size(); ++i) {
      rows.push_back(series.style == Style::band ? row({series.xs[i]})
                                                 : row({series.xs[i], series.ys[i]}));
      if (!series.lows.empty())
        rows.back() += ' ' + row({on_page(series.lows[i], y), on_page(series.highs[i], y)});
    }
    gp << "# " << label << '\n';
    gp.data("data" + std::to_string(first++), rows);
  }
}

// More points than these are a cloud, and small.
constexpr std::size_t cloud = 2000;

std::vector<std::string> plot_parts(const std::vector<Series>& all, std::size_t first) {
  std::vector<std::string> areas, curves, points;
  for (const Series& series : all) {
    const std::string data = "$data" + std::to_string(first++) + " using ";
    const std::string color = " lc rgb " + paint(series.color);
    switch (series.style) {
      case Style::band:
        areas.push_back(data + "1:2:3 with filledcurves fs transparent solid 0.22 noborder" +
                        color);
        break;
      case Style::line: curves.push_back(data + "1:2 with lines" + color); break;
      case Style::dashed: curves.push_back(data + "1:2 with lines dt (16,10)" + color); break;
      case Style::points:
        if (!series.lows.empty())
          points.push_back(data + "1:3:(0):($4-$3) with vectors nohead" + color);
        points.push_back(data + "1:2 with points pt 7 ps " +
                         (series.xs.size() > cloud ? "0.15" : "0.7") + color);
    }
  }
  areas.insert(areas.end(), curves.begin(), curves.end());
  areas.insert(areas.end(), points.begin(), points.end());
  return areas;
}

void write_plot(Script& gp, const std::vector<std::string>& parts) {
  gp << "\n  plot ";
  for (std::size_t i = 0; i < parts.size(); ++i) gp << (i == 0 ? "" : ", \\\n    ") << parts[i];
  gp << '\n';
}

}  // namespace gradus::plotting
