#include "chapters/support/table.h"

#include <algorithm>
#include <cstdlib>

#include "autodiff/check.h"
#include "chapters/support/classic_locale.h"

namespace gradus {

Table::Table(std::vector<std::string> columns,
             std::vector<std::vector<std::string>> rows)
    : columns_(std::move(columns)), rows_(std::move(rows)) {
  for (const auto& row : rows_)
    check(row.size() == columns_.size(), "[table] a row of ", row.size(),
          " entries in a table of ", columns_.size(), " columns");
}

std::size_t Table::index(std::string_view column) const {
  const auto found = std::find(columns_.begin(), columns_.end(), column);
  check(found != columns_.end(), "[table] there is no column ", column);
  return static_cast<std::size_t>(found - columns_.begin());
}

const std::string& Table::text(std::size_t row,
                               std::string_view column) const {
  check(row < size(), "[table] there is no row ", row, " among ", size());
  return rows_[row][index(column)];
}

double Table::number(std::size_t row, std::string_view column) const {
  const std::string& entry = text(row, column);
  const ClassicLocale point;
  char* stop = nullptr;
  const double value = std::strtod(entry.c_str(), &stop);
  check(stop != entry.c_str() && *stop == '\0', "[table] '", entry,
        "' in column ", column, " is not a number");
  return value;
}

std::vector<double> Table::numbers(std::string_view column) const {
  std::vector<double> values;
  for (std::size_t row = 0; row < size(); ++row)
    values.push_back(number(row, column));
  return values;
}

Table Table::where(std::string_view column, const Cell& value) const {
  const std::size_t at = index(column);
  std::vector<std::vector<std::string>> kept;
  for (const auto& row : rows_)
    if (row[at] == value.text()) kept.push_back(row);
  check(!kept.empty(), "[table] no row has ", value.text(), " in column ",
        column);
  return {columns_, std::move(kept)};
}

}  // namespace gradus
