#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace gradus {

/// The content of a file, and the name that errors give it.
struct FileBytes {
  std::string name;
  std::span<const std::uint8_t> bytes;
};

}  // namespace gradus
