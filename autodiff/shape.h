#pragma once

#include <cstdint>
#include <initializer_list>
#include <ostream>
#include <string>
#include <vector>

namespace gradus {

/// The dimensions of a dense row-major tensor, outermost first. The empty shape () is a scalar; a
/// dimension may be 0.
class Shape {
 public:
  Shape() = default;
  Shape(std::initializer_list<std::int64_t> dims) : Shape(std::vector<std::int64_t>(dims)) {}
  /// Throws when a dimension is negative or the number of elements overflows.
  explicit Shape(std::vector<std::int64_t> dims);

  int rank() const { return static_cast<int>(dims_.size()); }
  /// Number of elements: the product of the dimensions, 1 for a scalar.
  std::int64_t size() const { return size_; }
  /// Dimension of axis `axis`, 0 <= axis < rank().
  std::int64_t operator[](int axis) const { return dims_[static_cast<std::size_t>(axis)]; }
  /// Number of elements spanned by axes first..last-1.
  std::int64_t span(int first, int last) const;
  const std::vector<std::int64_t>& dims() const { return dims_; }

  bool operator==(const Shape& other) const { return dims_ == other.dims_; }

 private:
  std::vector<std::int64_t> dims_;
  std::int64_t size_ = 1;
};

/// "(3,4)"; "()" for a scalar.
std::string to_string(const Shape& shape);
std::ostream& operator<<(std::ostream& out, const Shape& shape);

/// The shape that two operands broadcast to by NumPy's rule: aligned at the last axis, each pair of
/// dimensions equal or one of them 1. `op` names the caller in the error.
Shape broadcast_shape(const char* op, const Shape& a, const Shape& b);

/// Axis numbers of an op. Negative numbers count from the end; an empty list means every axis.
using Axes = std::vector<int>;

/// `axes` made non-negative, sorted and checked against `rank`: every axis where the list is empty.
Axes normalise_axes(const char* op, const Axes& axes, int rank);

}  // namespace gradus
