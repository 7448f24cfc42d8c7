#pragma once

#include <filesystem>
#include <string_view>

/// Files and folders that exist only until what they hold is whole. A program that is killed leaves
/// them behind, and another one, perhaps in another container, may be at work on the same folder:
/// their names are random, and whoever makes one claims it.
namespace gradus {

/// A name beside `path` that nobody else has: "loss.csv.gradus-0123456789abcdef.tmp".
std::filesystem::path temporary_name(const std::filesystem::path& path);

/// Claims an open temporary file or folder until it is closed. False where another program has it,
/// or where the file system knows no locks.
bool claim(int file);

/// Removes what killed programs left in a folder: entries called *.tmp with `mark` in their names
/// that nobody claims.
void remove_stale(const std::filesystem::path& folder, std::string_view mark = ".gradus-");

}  // namespace gradus
