#pragma once

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "chapters/support/claims.h"
#include "chapters/support/options.h"

namespace gradus {

/// Replaces the file at `path` by `text` in one step: whoever looks, even after a crash or on a
/// full disk, finds the old file or the new one. Throws an Error that says what to do if it cannot.
void write_atomically(const std::filesystem::path& path,
                      std::string_view text);

/// Whether a text is UTF-8, as all text in JSON is.
bool is_utf8(const std::string& text);

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

/// What the book quotes from a run, written as summary.json beside the other results: the claims,
/// named numbers for the prose, and what is needed to repeat the run.
class Summary {
 public:
  explicit Summary(const Options& options) : options_(options) {}

  /// Keeps a number for the prose; its name must be new. `tolerance` is how far another machine's
  /// value may lie from it; 0 says that everybody gets exactly this number.
  void number(std::string name, double value, double tolerance = 0);

  /// Writes summary.json into the folder of the results. NaN and infinities, which JSON lacks, are
  /// written as the strings "nan", "inf" and "-inf".
  void save(const Claims& claims) const;

 private:
  struct Number {
    std::string name;
    double value;
    double tolerance;
  };
  Options options_;
  std::vector<Number> numbers_;
};

}  // namespace gradus
