#include "autodiff/shape.h"

#include <algorithm>
#include <numeric>

#include "autodiff/check.h"

namespace gradus {

Shape::Shape(std::vector<std::int64_t> dims) : dims_(std::move(dims)) {
  bool overflow = false;
  for (std::int64_t dim : dims_) {
    check(dim >= 0, "[shape] ", *this, ": a dimension is negative");
    overflow |= __builtin_mul_overflow(size_, dim, &size_);
  }
  const bool empty = std::find(dims_.begin(), dims_.end(), 0) != dims_.end();
  if (empty) size_ = 0;
  // 2^60 elements are 2^63 bytes in f64: byte counts stay within int64.
  check(empty || (!overflow && size_ < (std::int64_t{1} << 60)), "[shape] ", *this,
        ": too many elements to address");
}

std::int64_t Shape::span(int first, int last) const {
  return std::accumulate(dims_.begin() + first, dims_.begin() + last, std::int64_t{1},
                         std::multiplies<>());
}

std::string to_string(const Shape& shape) {
  std::string text = "(";
  for (int axis = 0; axis < shape.rank(); ++axis) {
    if (axis > 0) text += ',';
    text += std::to_string(shape[axis]);
  }
  return text += ')';
}

std::ostream& operator<<(std::ostream& out, const Shape& shape) { return out << to_string(shape); }

Shape broadcast_shape(const char* op, const Shape& a, const Shape& b) {
  if (a == b) return a;
  const int rank = std::max(a.rank(), b.rank());
  std::vector<std::int64_t> dims(static_cast<std::size_t>(rank));
  for (int i = 1; i <= rank; ++i) {  // i counts axes from the end
    const std::int64_t da = i <= a.rank() ? a[a.rank() - i] : 1;
    const std::int64_t db = i <= b.rank() ? b[b.rank() - i] : 1;
    check(da == db || da == 1 || db == 1, "[", op, "] ", a, " and ", b,
          ": shapes do not broadcast, ", da, " and ", db, " differ");
    dims[static_cast<std::size_t>(rank - i)] = da == 1 ? db : da;
  }
  return Shape(std::move(dims));
}

Axes normalise_axes(const char* op, const Axes& axes, int rank) {
  Axes result = axes;
  if (axes.empty()) {
    result.resize(static_cast<std::size_t>(rank));
    std::iota(result.begin(), result.end(), 0);
    return result;
  }
  for (int& axis : result) {
    check(-rank <= axis && axis < rank, "[", op, "] axis ", axis, " of a tensor of rank ", rank,
          " does not exist");
    if (axis < 0) axis += rank;
  }
  std::sort(result.begin(), result.end());
  const auto twice = std::adjacent_find(result.begin(), result.end());
  check(twice == result.end(), "[", op, "] an axis is named twice");
  return result;
}

}  // namespace gradus
