#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "chapters/support/options.h"

/// run.json: how the tables in its folder were made. An experiment writes it
/// when all of them are finished; the chapter's report, and the book, read it.
namespace gradus {

/// Whether a text is UTF-8, as all text in JSON is.
bool is_utf8(const std::string& text);

/// Writes run.json into the folder of the results: the chapter, the command
/// line, the options, the machine, the provider and the seconds that it took.
void write_run_record(const Options& options, const ChapterInfo& info);

/// What run.json says.
struct RunRecord {
  std::string chapter;  ///< "ch01_chain_rule"
  std::string command;  ///< as a reader could type it
  /// The whole file as text, for summary.json.
  std::string json;

  /// Reads run.json; throws an Error that says what to do where there is none.
  static RunRecord read(const std::filesystem::path& folder);
  /// An option of the run by its name, such as "seed", as text.
  std::string option(std::string_view name) const;
};

}  // namespace gradus
