#pragma once

#include <cstdint>

namespace gradus {

/// Who draws from which streams of a seed. The parameters of a network use 0, 1, 2, ..., one for
/// each tensor; a chapter draws a few tensors by hand from small numbers above its networks'. What
/// the library draws lies out of their reach, and at least 2^56 apart.

/// Chapters 3 and 8: the one input of a network.
inline constexpr std::uint64_t input_stream = 1000;

/// Data.
namespace data_stream {
inline constexpr std::uint64_t spiral = std::uint64_t{1} << 56;
inline constexpr std::uint64_t inputs = std::uint64_t{2} << 56;
inline constexpr std::uint64_t teacher_hidden = std::uint64_t{3} << 56;
inline constexpr std::uint64_t teacher_output = std::uint64_t{4} << 56;
inline constexpr std::uint64_t measuring = std::uint64_t{5} << 56;
inline constexpr std::uint64_t shuffle = std::uint64_t{6} << 56;  // + epoch
}  // namespace data_stream

/// Instruments, one for each tensor from these on.
namespace instrument_stream {
inline constexpr std::uint64_t start_vector = std::uint64_t{16} << 56;
inline constexpr std::uint64_t new_direction = std::uint64_t{17} << 56;
inline constexpr std::uint64_t singular_vector = std::uint64_t{18} << 56;
inline constexpr std::uint64_t ntk_probe = std::uint64_t{19} << 56;
}  // namespace instrument_stream

}  // namespace gradus
