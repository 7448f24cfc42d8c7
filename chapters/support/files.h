#pragma once

#include <filesystem>
#include <string_view>

namespace gradus {

/// Replaces the file at `path` by `text` in one step: whoever looks, even after a crash or on a
/// full disk, finds the old file or the new one. Throws an Error that says what to do if it cannot.
void write_atomically(const std::filesystem::path& path, std::string_view text);

}  // namespace gradus
