#include "chapters/support/claims.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <iostream>

#include "autodiff/check.h"

namespace gradus {
namespace {

// Four digits, but all of a whole number: "0.8712", "1e-7", "235146".
std::string short_number(double value) {
  TextStream text;
  const bool whole = value == std::round(value) && std::abs(value) < 1e9;
  text << std::setprecision(whole ? 9 : 4) << value;
  std::string result = std::isnan(value) ? "nan" : text.str();
  if (const std::size_t e = result.find('e'); e != std::string::npos)
    while (result.size() > e + 3 && result[e + 2] == '0') result.erase(e + 2, 1);
  return result;
}

// Columns that UTF-8 text takes on a terminal: its code points, so that "µP" counts as 2.
std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

}  // namespace

bool Bounds::hold(double value) const {
  return strict ? lower < value && value < upper : lower <= value && value <= upper;
}

std::string Bounds::text() const {
  const std::string equal = strict ? " " : "= ";
  if (lower == upper) return "= " + short_number(lower);
  if (std::isinf(lower)) return "<" + equal + short_number(upper);
  if (std::isinf(upper)) return ">" + equal + short_number(lower);
  return short_number(lower) + " to " + short_number(upper);
}

Bounds below(double upper) { return {.upper = upper, .strict = true}; }
Bounds above(double lower) { return {.lower = lower, .strict = true}; }
Bounds between(double lower, double upper) { return {.lower = lower, .upper = upper}; }
Bounds equals(double value, double tolerance) {
  return between(value - tolerance, value + tolerance);
}

void Claims::add(std::string name, std::string text, double value, Bounds expected,
                 std::string cause) {
  for (const Claim& claim : claims_)
    gradus::check(claim.name != name, "[claims] there are two claims called ", name);
  claims_.push_back({std::move(name), std::move(text), value, expected, std::move(cause)});
}

int Claims::report(bool check) const {
  if (claims_.empty()) return 0;
  std::vector<std::vector<std::string>> rows = {{"claim", "value", "expected", "verdict"}};
  for (const Claim& claim : claims_)
    rows.push_back({claim.text, short_number(claim.value), claim.expected.text(),
                    claim.holds() ? "holds" : "FAILS"});
  std::vector<std::size_t> widths(rows[0].size());
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));

  bool all_hold = true;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t i = 0; i < rows[r].size(); ++i) {
      const bool last = i + 1 == rows[r].size();
      std::cout << rows[r][i]
                << (last ? "\n" : std::string(widths[i] - width(rows[r][i]) + 2, ' '));
    }
    if (r == 0 || claims_[r - 1].holds()) continue;
    all_hold = false;
    if (!claims_[r - 1].cause.empty())
      std::cout << "  likely cause: " << claims_[r - 1].cause << '\n';
  }
  std::cout.flush();
  return check && !all_hold ? 1 : 0;
}

}  // namespace gradus
