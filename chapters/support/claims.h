#pragma once

#include <limits>
#include <string>
#include <vector>

namespace gradus {

/// The values that a claim allows: lower <= value <= upper, or with < when `strict`.
struct Bounds {
  double lower = -std::numeric_limits<double>::infinity();
  double upper = std::numeric_limits<double>::infinity();
  bool strict = false;

  /// Whether `value` lies inside; never for NaN.
  bool hold(double value) const;
  /// "< 1e-7", "> 0.85", "0.42 to 0.58".
  std::string text() const;
};

Bounds below(double upper);                  ///< value < upper
Bounds above(double lower);                  ///< value > lower
Bounds between(double lower, double upper);  ///< lower <= value <= upper
Bounds equals(double value,
              double tolerance = 0);  ///< within `tolerance` of `value`

/// One statement of the book with the value that this run measured for it.
struct Claim {
  std::string name;  ///< identifier in summary.json: "gradient_error"
  std::string text;  ///< the statement: "relative gradient error (f64)"
  double value;
  Bounds expected;
  std::string cause;  ///< the likely cause, printed if the claim fails; may be empty

  bool holds() const { return expected.hold(value); }
};

/// The claims of a chapter, in the order in which they are made.
class Claims {
 public:
  /// Adds a claim; its name must be new.
  void add(std::string name, std::string text, double value, Bounds expected,
           std::string cause = {});

  /// Prints claim, value, expected and verdict as a table on stdout. Returns the program's exit
  /// code: 1 if a claim failed and `check` is set, else 0.
  int report(bool check) const;

  const std::vector<Claim>& all() const { return claims_; }

 private:
  std::vector<Claim> claims_;
};

}  // namespace gradus
