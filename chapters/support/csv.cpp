#include "chapters/support/csv.h"

#include <charconv>
#include <cmath>

#include "autodiff/check.h"
#include "chapters/support/files.h"

namespace gradus {
namespace {

template <class T>
std::string shortest(T value) {
  if (std::isnan(value)) return "nan";  // never "-nan", whose sign means nothing
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

}  // namespace

std::string format_number(double value) { return shortest(value); }
std::string format_number(float value) { return shortest(value); }

Cell::Cell(std::string_view text) : text_(text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return;
  text_ = '"';
  for (const char c : text) text_ += c == '"' ? std::string("\"\"") : std::string(1, c);
  text_ += '"';
}

Csv::Csv(std::initializer_list<std::string_view> header) : columns_(header.size()) {
  for (const std::string_view name : header)
    text_ += (text_.empty() ? "" : ",") + Cell(name).text();
  text_ += '\n';
}

void Csv::row(std::initializer_list<Cell> cells) {
  check(cells.size() == columns_, "[csv] a row of ", cells.size(), " cells in a table of ",
        columns_, " columns");
  const char* separator = "";
  for (const Cell& cell : cells) {
    text_ += separator + cell.text();
    separator = ",";
  }
  text_ += '\n';
}

void Csv::save(const std::filesystem::path& path) const { write_atomically(path, text_); }

}  // namespace gradus
