#pragma once

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>

namespace gradus {

/// The shortest decimal form that reads back as the same number; "nan", "inf", "-inf".
std::string format_number(double value);
std::string format_number(float value);

/// One entry of a CSV row: a number in full precision, or text.
class Cell {
 public:
  Cell(double value) : text_(format_number(value)) {}
  Cell(float value) : text_(format_number(value)) {}
  Cell(std::integral auto value) : text_(std::to_string(value)) {}
  Cell(std::string_view text);
  Cell(const char* text) : Cell(std::string_view(text)) {}
  Cell(const std::string& text) : Cell(std::string_view(text)) {}

  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// A table of measurements, one row each, for a CSV file.
///
///     Csv csv({"step", "loss"});
///     csv.row({step, loss});
///     csv.save(options.out / "loss.csv");
class Csv {
 public:
  explicit Csv(std::initializer_list<std::string_view> header);
  /// Appends a row; it must have as many cells as the header.
  void row(std::initializer_list<Cell> cells);
  /// Writes the header and all rows so far.
  void save(const std::filesystem::path& path) const;

 private:
  std::size_t columns_;
  std::string text_;
};

}  // namespace gradus
