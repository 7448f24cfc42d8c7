#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chapters/support/csv.h"

namespace gradus {

/// The number that format_number wrote; nothing for any other text.
std::optional<double> parse_number(const std::string& text);

/// Rows of measurements under named columns: what a Csv file holds, to compute with.
///
///     for (double lr : losses.where("width", 64).numbers("lr")) ...
class Table {
 public:
  Table(std::vector<std::string> columns, std::vector<std::vector<std::string>> rows);

  /// The table in a CSV file, plain or gzip. Throws an Error that names the
  /// line where the file is damaged or cut.
  static Table read(const std::filesystem::path& path);

  std::size_t size() const { return rows_.size(); }
  /// Whether there is a column of that name.
  bool has(std::string_view column) const;
  /// One entry, as it stands in the file.
  const std::string& text(std::size_t row, std::string_view column) const;
  /// One entry as a number; "nan", "inf" and "-inf" are numbers too.
  double number(std::size_t row, std::string_view column) const;
  /// One entry as a whole number.
  std::int64_t integer(std::size_t row, std::string_view column) const;
  /// A whole column.
  std::vector<double> numbers(std::string_view column) const;
  /// The values in a column, each once, in the order in which they appear.
  std::vector<double> distinct(std::string_view column) const;
  /// The numbers in `column` at each value of `by`, in the order of distinct(by): often one per seed.
  std::vector<std::vector<double>> grouped(std::string_view by, std::string_view column) const;
  /// The rows with `value` in `column`, in their order; none is an error, since it is a misspelling.
  Table where(std::string_view column, const Cell& value) const;

 private:
  std::size_t index(std::string_view column) const;

  std::vector<std::string> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace gradus
