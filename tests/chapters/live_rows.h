#pragma once

#include <optional>
#include <string>
#include <vector>

#include "autodiff/check.h"
#include "chapters/live/live.h"
#include "chapters/support/table.h"

/// For tests of the figures that a reader can turn.
namespace gradus::live {

/// All rows of a figure for these controls.
inline std::vector<Row> rows_of(const std::string& name, const std::vector<double>& controls) {
  for (const Figure& figure : figures()) {
    if (figure.name != name) continue;
    const Steps next = figure.start(controls);
    std::vector<Row> rows;
    for (;;) {
      const std::optional<Row> row = next();
      if (row && row->empty()) return rows;
      if (row) rows.push_back(*row);
    }
  }
  fail("there is no figure ", name);
}

/// Rows of so many numbers.
inline std::vector<Row> of_size(std::size_t size, std::vector<Row> rows) {
  std::erase_if(rows, [=](const Row& row) { return row.size() != size; });
  return rows;
}

inline Table results(const std::string& file) { return Table::read(GRADUS_RESULTS "/" + file); }

}  // namespace gradus::live
