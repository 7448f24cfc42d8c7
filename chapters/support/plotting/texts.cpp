#include "chapters/support/plotting/texts.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <regex>

#include "chapters/support/classic_locale.h"

namespace gradus::plotting {
namespace {

// The width of a character of the font Inter, as a part of the font's size.
double character_width(char c) {
  if (std::strchr("iljI|'.,:;! ()[]", c)) return 0.3;
  if (std::strchr("ftr/-", c)) return 0.4;
  if (std::strchr("mwMW%@", c)) return 0.88;
  if (c >= 'A' && c <= 'Z') return 0.69;
  return c >= '0' && c <= '9' ? 0.63 : 0.58;
}

}  // namespace

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? "''" : std::string(1, c == '\n' ? ' ' : c);
  return result + "'";
}

TwoLines::TwoLines(const std::string& text) : first(text.substr(0, text.find('\n'))) {
  if (first.size() < text.size()) second = text.substr(first.size() + 1);
}

// Counts what enhanced text shows: not its braces, ^, _ and font changes.
double text_width(const std::string& text) {
  constexpr double font_size = 14.7;  // of 11 points
  double width = 0, size = font_size;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool starts_character = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (c == '{' && i + 1 < text.size() && text[i + 1] == '/')
      i = std::min(text.find(' ', i), text.size());
    else if (c == '^' || c == '_')
      size = 0.8 * font_size;
    else if (c == '}')
      size = font_size;
    else if (c != '{' && starts_character)
      width += size * character_width(c);
  }
  return width;
}

double text_width(const std::vector<std::string>& texts) {
  double width = 0;
  for (const std::string& text : texts) width = std::max(width, text_width(text));
  return width;
}

double fitting_font(const std::string& text, double width, double most) {
  const double size = 11 * width / std::max(text_width(text), 1.0);
  return std::floor(2 * std::clamp(size, 5.0, most)) / 2;
}

std::string printed(const std::string& printf_format, double value) {
  const ClassicLocale point;
  char text[64];
  std::snprintf(text, sizeof text, printf_format.c_str(), value);
  const std::string short_exponent =
      std::regex_replace(text, std::regex("e\\+?(-?)0*([0-9])"), "e$1$2");
  return std::regex_replace(short_exponent, std::regex("-"), "−");
}

}  // namespace gradus::plotting
