#pragma once

#include <string>
#include <string_view>

namespace gradus {

/// 16 digits that tell a text from others (FNV-1a).
std::string fingerprint(std::string_view text);

/// The fingerprint of the code that runs: this program's file, and the files of gradus's own
/// libraries that it has opened, such as the CUDA backend.
std::string code_fingerprint();

}  // namespace gradus
