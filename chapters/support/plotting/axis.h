#pragma once

#include <string>

#include "chapters/support/plotting/series.h"

namespace gradus::plotting {

// The value on the axis's own scale (its logarithm on a logarithmic axis), and back.
double to_scale(Scale scale, double value);
double from_scale(Scale scale, double value);

/// The part of an axis that the page shows; its ends are on the axis's own scale.
struct Span {
  Scale scale;
  double first, last;

  /// Where a value lies: 0 at the first end, 1 at the last.
  double fraction(double value) const { return (to_scale(scale, value) - first) / (last - first); }
};

/// How many ticks an axis has room for, and whether their values are written.
struct Ticks {
  int most = 7;
  bool labelled = true;
};

/// The gnuplot commands that set scale, range and ticks of axis `name`: "x", "y", or "cb" for
/// colours.
std::string axis_commands(const std::string& name, const Span& span, Ticks ticks = {});

/// About how wide the widest tick label is, in pixels of the page.
double tick_width(const Span& span, int most = 7);

}  // namespace gradus::plotting
