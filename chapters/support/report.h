#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "chapters/support/claims.h"
#include "chapters/support/run_record.h"
#include "chapters/support/table.h"

namespace gradus {

/// What a report works with: the tables of a finished run, and what it says of
/// them: claims, and named numbers for the prose of the book.
class Report {
 public:
  /// `folder` holds the run; figures and summary.json go to `to`.
  Report(std::filesystem::path folder, std::filesystem::path to);

  /// The table NAME.csv, or NAME.csv.gz, of the run; where it is missing, an
  /// Error names it and the command that makes it.
  Table table(const std::string& name) const;
  /// Whether the run has that table.
  bool has(const std::string& name) const;

  bool full() const { return option("full") == "true"; }
  std::uint64_t seed() const { return std::stoull(option("seed")); }
  /// Any option of the experiment by its name, such as "dtype", as text.
  std::string option(std::string_view name) const { return run_.option(name); }

  /// Keeps a number for the prose; its name must be new. `tolerance` is how far
  /// another machine's value may lie from it; 0: everybody gets this number.
  void number(std::string name, double value, double tolerance = 0);

  /// Makes a claim (claims.h); its name must be new.
  void claim(std::string name, std::string text, double value, Bounds expected,
             std::string cause = {}) {
    claims_.add(std::move(name), std::move(text), value, expected, std::move(cause));
  }

  const std::filesystem::path out;

  /// Prints the claims; the exit code of Claims::report.
  int print_claims(bool check) const { return claims_.report(check); }
  /// Writes summary.json: how the run was made, the numbers, the claims. NaN
  /// and infinities, which JSON lacks, stand there as "nan", "inf" and "-inf".
  void save() const;
  /// What differs, by more than 1e-9 of it and 1e-12, between the numbers and claims here
  /// and those of the summary.json that lies beside the run; empty if nothing.
  std::string contradiction() const;

 private:
  struct Number {
    std::string name;
    double value;
    double tolerance;
  };
  std::string summary() const;

  std::filesystem::path folder_;
  RunRecord run_;
  Claims claims_;
  std::vector<Number> numbers_;
};

/// The main function of every report: `PROGRAM [FOLDER] [--out DIR] [--check]`.
/// It calls `body` with the run in FOLDER (build/results/chNN if none is
/// given), prints the claims and saves summary.json. Returns 1 if --check is
/// given and a claim fails, or a summary.json beside the run says otherwise;
/// what cannot be read or written ends in one sentence and exit code 2.
int run_report(int argc, const char* const* argv, std::string_view chapter, void (*body)(Report&));

}  // namespace gradus
