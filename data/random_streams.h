#pragma once

#include <cstdint>

namespace gradus {

/// Streams of the random generator that data/ draws from. Parameters use streams 0, 1, 2, ... of
/// the same seed; these lie out of their reach, and at least 2^56 apart.
namespace data_stream {
inline constexpr std::uint64_t spiral = std::uint64_t{1} << 56;
inline constexpr std::uint64_t inputs = std::uint64_t{2} << 56;
inline constexpr std::uint64_t teacher_hidden = std::uint64_t{3} << 56;
inline constexpr std::uint64_t teacher_output = std::uint64_t{4} << 56;
inline constexpr std::uint64_t measuring = std::uint64_t{5} << 56;
inline constexpr std::uint64_t shuffle = std::uint64_t{6} << 56;  // + epoch
}  // namespace data_stream

}  // namespace gradus
