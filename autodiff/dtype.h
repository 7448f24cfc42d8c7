#pragma once

#include <cstdint>
#include <ostream>

namespace gradus {

/// Element type of a tensor, chosen at run time.
enum class DType : std::uint8_t { f32, f64 };

/// Bytes of one element.
constexpr std::int64_t size_of(DType dtype) { return dtype == DType::f32 ? 4 : 8; }

/// Up to this number every integer is exact: a longer axis has positions that round.
constexpr std::int64_t largest_exact_integer(DType dtype) {
  return std::int64_t{1} << (dtype == DType::f32 ? 24 : 53);
}

/// "f32" or "f64", as on the command line.
constexpr const char* to_string(DType dtype) { return dtype == DType::f32 ? "f32" : "f64"; }

inline std::ostream& operator<<(std::ostream& out, DType dtype) { return out << to_string(dtype); }

/// The DType of a C++ type: `dtype_of<float>` is DType::f32.
template <class T>
inline constexpr DType dtype_of = sizeof(T) == 4 ? DType::f32 : DType::f64;

/// Calls `f` with a value of the C++ type that `dtype` names: the one place where the run-time type
/// becomes a template argument.
template <class F>
decltype(auto) dispatch(DType dtype, F&& f) {
  return dtype == DType::f32 ? f(float{}) : f(double{});
}

}  // namespace gradus
