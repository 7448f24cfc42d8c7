#pragma once

#include <string>
#include <vector>

/// What a figure writes, and how wide it comes out.
namespace gradus::plotting {

/// gnuplot's single-quoted string.
std::string quoted(const std::string& text);

/// A text that has a second line, drawn in grey.
struct TwoLines {
  explicit TwoLines(const std::string& text);
  std::string first, second;
};

/// About how wide a text of 11 points is, in pixels of the page.
double text_width(const std::string& text);
/// The width of the widest.
double text_width(const std::vector<std::string>& texts);

/// The size in points, at most `most`, at which a text is no wider than `width` pixels.
double fitting_font(const std::string& text, double width, double most);

/// A value as printf prints it, but with a true minus, and 3e−5 rather than 3e-05.
std::string printed(const std::string& printf_format, double value);

}  // namespace gradus::plotting
