#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

/// The sizes of the blocks that a memory pool keeps for reuse: 2^k, 1.25, 1.5 and 1.75 times 2^k
/// bytes, so that at most a quarter is wasted.
namespace gradus {

inline constexpr int size_classes = 4 * 64;

/// The smallest class that holds so many bytes; its blocks have at least 256.
inline int size_class(std::int64_t bytes) {
  const auto above = static_cast<std::uint64_t>(std::max<std::int64_t>(bytes, 256) - 1);
  const int octave = static_cast<int>(std::bit_width(above)) - 1;  // 2^octave <= above
  return 4 * octave + static_cast<int>((above >> (octave - 2)) & 3) + 1;
}

inline std::int64_t size_class_bytes(int index) {
  const int octave = index / 4;
  return (std::int64_t{1} << octave) + (std::int64_t{index % 4} << (octave - 2));
}

}  // namespace gradus
