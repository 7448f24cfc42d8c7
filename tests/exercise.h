#pragma once

// How the tests of exercises compare: a failure tells what was expected, what came, and the likely
// cause, which is known where a mistake that people make gives just what came.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/catch.h"

/// A sentence that names a mistake, and what the mistake gives; without that, it fits any result.
template <class T>
struct Cause {
  std::string says;
  std::optional<T> gives;
  Cause(std::string sentence) : says(std::move(sentence)) {}
  Cause(std::string sentence, T value) : says(std::move(sentence)), gives(std::move(value)) {}
};

/// Passes, or ends the test case with three lines.
inline void expect(const std::string& what, bool right, const std::string& got,
                   const std::string& expected, const std::string& cause) {
  if (right) {
    SUCCEED();
    return;
  }
  FAIL(what << "\n  expected: " << expected << "\n  got:      " << got
            << (cause.empty() ? "" : "\n  likely cause: ") << cause);
}

/// got == expected, for whatever Catch can print.
template <class T>
void expect_equal(const std::string& what, const T& got, const T& expected,
                  const std::vector<Cause<T>>& causes = {}) {
  std::string likely;
  for (const Cause<T>& cause : causes)
    if (likely.empty() && (!cause.gives || got == *cause.gives)) likely = cause.says;
  expect(what, got == expected, Catch::Detail::stringify(got), Catch::Detail::stringify(expected),
         likely);
}

/// |got - expected| <= tolerance in every entry; the first cause that gives what came is the likely
/// one. Shows the entry that is farthest off.
inline void expect_near(const std::string& what, const std::vector<double>& got,
                        const std::vector<double>& expected, double tolerance,
                        const std::vector<Cause<std::vector<double>>>& causes = {}) {
  const auto off = [&](const std::vector<double>& value, std::size_t i) {
    const double difference = std::abs(got[i] - value[i]);
    return std::isnan(difference) ? INFINITY : difference;
  };
  const auto close = [&](const std::vector<double>& value) {
    for (std::size_t i = 0; i < got.size(); ++i)
      if (!(off(value, i) <= tolerance)) return false;
    return true;
  };
  REQUIRE(got.size() == expected.size());
  std::size_t worst = 0;
  for (std::size_t i = 0; i < got.size(); ++i)
    if (off(expected, i) > off(expected, worst)) worst = i;
  std::string likely;
  for (const auto& cause : causes)
    if (likely.empty() && (!cause.gives || close(*cause.gives))) likely = cause.says;
  const auto text = [](double value) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.8g", value);
    return std::string(digits);
  };
  const std::string entry = got.size() == 1 ? "" : ", entry " + std::to_string(worst);
  expect(what + entry, close(expected), text(got[worst]), text(expected[worst]), likely);
}

inline void expect_near(const std::string& what, double got, double expected, double tolerance,
                        const std::vector<Cause<double>>& causes = {}) {
  std::vector<Cause<std::vector<double>>> lists;
  for (const auto& [says, gives] : causes) {
    lists.push_back({says});
    if (gives) lists.back().gives = std::vector{*gives};
  }
  expect_near(what, std::vector{got}, std::vector{expected}, tolerance, lists);
}
