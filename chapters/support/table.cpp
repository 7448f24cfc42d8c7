#include "chapters/support/table.h"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "autodiff/check.h"
#include "chapters/support/classic_locale.h"

namespace gradus {
namespace {

// The bytes of a file, inflated if it is gzip.
std::string read_text(const std::filesystem::path& path) {
  // A FIFO would keep the program waiting for ever.
  check(!std::filesystem::exists(path) || std::filesystem::is_regular_file(path), "cannot read ",
        path.string(), ": it is not a file");
  const gzFile file = gzopen(path.c_str(), "rb");
  check(file, "cannot read ", path.string(), ": ", std::strerror(errno));
  std::string text;
  char buffer[1 << 16];
  int count = 0;
  while ((count = gzread(file, buffer, sizeof buffer)) > 0)
    text.append(buffer, static_cast<std::size_t>(count));
  const bool whole = gzclose(file) == Z_OK && count == 0;
  check(whole, path.string(), " is damaged or cut; make it again");
  return text;
}

// One line of a CSV file, which may hold entries in quotes, from `at` on.
std::vector<std::string> read_line(const std::string& text, std::size_t& at) {
  std::vector<std::string> entries(1);
  bool quoted = false;
  for (; at < text.size() && (quoted || text[at] != '\n'); ++at) {
    const char c = text[at];
    const bool twice = quoted && text.compare(at, 2, "\"\"") == 0;
    if (twice)
      entries.back() += text[at++];
    else if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      entries.emplace_back();
    else if (quoted || text.compare(at, 2, "\r\n") != 0)
      entries.back() += c;
  }
  return entries;
}

}  // namespace

std::optional<double> parse_number(const std::string& text) {
  const ClassicLocale point;
  char* stop = nullptr;
  const double value = std::strtod(text.c_str(), &stop);
  if (stop == text.c_str() || *stop != '\0') return {};
  return value;
}

Table Table::read(const std::filesystem::path& path) {
  const std::string text = read_text(path);
  std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;  // the mark that spreadsheets write
  const std::vector<std::string> columns = read_line(text, at);
  std::vector<std::vector<std::string>> rows;
  while (++at < text.size()) {
    rows.push_back(read_line(text, at));
    check(rows.back().size() == columns.size() && at < text.size(), path.string(), ", row ",
          rows.size(), ": the table is damaged or cut; make it again");
  }
  return {columns, std::move(rows)};
}

Table::Table(std::vector<std::string> columns, std::vector<std::vector<std::string>> rows)
    : columns_(std::move(columns)), rows_(std::move(rows)) {
  for (const auto& row : rows_)
    check(row.size() == columns_.size(), "[table] a row of ", row.size(), " entries in a table of ",
          columns_.size(), " columns");
}

bool Table::has(std::string_view column) const {
  return std::find(columns_.begin(), columns_.end(), column) != columns_.end();
}

std::size_t Table::index(std::string_view column) const {
  const auto found = std::find(columns_.begin(), columns_.end(), column);
  check(found != columns_.end(), "[table] there is no column ", column);
  return static_cast<std::size_t>(found - columns_.begin());
}

const std::string& Table::text(std::size_t row, std::string_view column) const {
  check(row < size(), "[table] there is no row ", row, " among ", size());
  return rows_[row][index(column)];
}

double Table::number(std::size_t row, std::string_view column) const {
  const std::optional<double> value = parse_number(text(row, column));
  check(value.has_value(), "[table] '", text(row, column), "' in column ", column,
        " is not a number");
  return *value;
}

std::int64_t Table::integer(std::size_t row, std::string_view column) const {
  const double value = number(row, column);
  check(value == std::floor(value) && std::fabs(value) < 0x1p53, "[table] ", value, " in column ",
        column, " is not a whole number");
  return static_cast<std::int64_t>(value);
}

std::vector<double> Table::distinct(std::string_view column) const {
  std::vector<double> values;
  for (double value : numbers(column))
    if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
  return values;
}

std::vector<std::vector<double>> Table::grouped(std::string_view by,
                                                std::string_view column) const {
  std::vector<std::vector<double>> groups;
  for (double value : distinct(by)) groups.push_back(where(by, value).numbers(column));
  return groups;
}

std::vector<double> Table::numbers(std::string_view column) const {
  std::vector<double> values;
  for (std::size_t row = 0; row < size(); ++row) values.push_back(number(row, column));
  return values;
}

Table Table::where(std::string_view column, const Cell& value) const {
  const std::size_t at = index(column);
  std::size_t begin = 0;
  const std::string wanted = read_line(value.text(), begin).front();  // without quotes
  std::vector<std::vector<std::string>> kept;
  for (const auto& row : rows_)
    if (row[at] == wanted) kept.push_back(row);
  check(!kept.empty(), "[table] no row has ", value.text(), " in column ", column);
  return {columns_, std::move(kept)};
}

}  // namespace gradus
