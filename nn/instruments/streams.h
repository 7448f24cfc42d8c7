#pragma once

#include <cstdint>

namespace gradus {

/// Streams of the random generator that instruments draw from, one per tensor from these on: out of
/// the reach of parameters (0, 1, 2, ...) and of data.
namespace instrument_stream {
inline constexpr std::uint64_t start_vector = std::uint64_t{16} << 56;
inline constexpr std::uint64_t new_direction = std::uint64_t{17} << 56;
inline constexpr std::uint64_t singular_vector = std::uint64_t{18} << 56;
inline constexpr std::uint64_t ntk_probe = std::uint64_t{19} << 56;
}  // namespace instrument_stream

}  // namespace gradus
