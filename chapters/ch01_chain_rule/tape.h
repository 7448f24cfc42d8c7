#pragma once

#include <array>
#include <vector>

/// Reverse mode on numbers, in one page.
namespace gradus {

// [tape]
struct Entry {
  double value;
  std::array<int, 2> input;     // the entries that it came from
  std::array<double, 2> slope;  // d value / d input
};

struct Tape {
  std::vector<Entry> entries;

  const Entry& at(int i) const {
    return entries[static_cast<std::size_t>(i)];
  }
  double value(int i) const { return at(i).value; }
  int push(const Entry& entry) {
    entries.push_back(entry);
    return static_cast<int>(entries.size()) - 1;
  }

  int leaf(double x) { return push({x, {0, 0}, {0, 0}}); }
  int add(int a, int b) {
    return push({value(a) + value(b), {a, b}, {1, 1}});
  }
  int multiply(int a, int b) {
    return push({value(a) * value(b), {a, b}, {value(b), value(a)}});
  }
};
// [tape]

// [backward]
// The slope of entry `output` with respect to every entry: each visit hands
// an entry's slope on to its inputs.
inline std::vector<double> backward(const Tape& tape, int output,
                                    const std::vector<int>& order) {
  std::vector<double> bar(tape.entries.size(), 0.0);
  bar[static_cast<std::size_t>(output)] = 1.0;
  for (int i : order) {
    const Entry& entry = tape.at(i);
    const double arrived = bar[static_cast<std::size_t>(i)];
    for (std::size_t k = 0; k < 2; ++k)
      bar[static_cast<std::size_t>(entry.input[k])] +=
          arrived * entry.slope[k];
  }
  return bar;
}
// [backward]

}  // namespace gradus
