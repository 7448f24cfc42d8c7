#pragma once

#include <string>

#include "chapters/support/plot.h"

namespace gradus {

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

/// gnuplot's single-quoted string.
std::string quoted(const std::string& text);

/// The gnuplot commands that set scale, range, ticks and number format of axis `name` ("x" or "y").
std::string axis_commands(const std::string& name, const Span& span);

/// About how many digits wide the widest tick label is.
double tick_characters(const Span& span);

}  // namespace gradus
