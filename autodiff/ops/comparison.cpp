#include <utility>

#include "autodiff/ops.h"
#include "autodiff/ops/op.h"

/// Ops whose output is constant almost everywhere. They are recorded without a rule: a gradient
/// that would pass through one is an error that names it, not a silent zero.
namespace gradus {
namespace {

// op(a, b), or op(b, a) where swapped: a > b is b < a.
Tensor compare(const char* name, Binary op, const Tensor& a, const Tensor& b,
               bool swapped = false) {
  Backend& device = common_backend(name, a, b);
  const Shape shape = broadcast_shape(name, a.shape(), b.shape());
  Tensor left = broadcast_to(a, shape), right = broadcast_to(b, shape);
  if (swapped) std::swap(left, right);
  Tensor y = empty_like(a, shape);
  device.binary(op, array_of(left), array_of(right), array_of(y));
  return record(name, std::move(y), {left, right}, {});
}

}  // namespace

Tensor equal(const Tensor& a, const Tensor& b) { return compare("equal", Binary::equal, a, b); }
Tensor less(const Tensor& a, const Tensor& b) { return compare("less", Binary::less, a, b); }
Tensor less_equal(const Tensor& a, const Tensor& b) {
  return compare("less_equal", Binary::less_equal, a, b);
}
Tensor greater(const Tensor& a, const Tensor& b) {
  return compare("greater", Binary::less, a, b, true);
}
Tensor greater_equal(const Tensor& a, const Tensor& b) {
  return compare("greater_equal", Binary::less_equal, a, b, true);
}

Tensor first_wins(const Tensor& a, const Tensor& b) {
  Tensor mask = empty_like(a, a.shape());
  backend(a.device()).binary(Binary::first_wins, array_of(a), array_of(b), array_of(mask));
  return mask;
}

Tensor sign(const Tensor& x) { return record("sign", of_entries(Unary::sign, x), {x}, {}); }

Tensor argmax(const Tensor& x, int axis) {
  const int at = normalise_axes("argmax", {axis}, x.rank()).front();
  const Shape& shape = x.shape();
  check(shape[at] > 0, "[argmax] axis ", at, " of shape ", shape, " is empty");
  check(shape[at] <= largest_exact_integer(x.dtype()), "[argmax] axis ", at, " of shape ", shape,
        ": positions above 2^24 do not fit f32; use f64");
  std::vector<std::int64_t> dims = shape.dims();
  dims.erase(dims.begin() + at);
  Tensor y = empty_like(x, Shape(std::move(dims)));
  backend(x.device())
      .reduce(Reduce::argmax, array_of(x),
              {shape.span(0, at), shape[at], shape.span(at + 1, shape.rank())}, array_of(y));
  return record("argmax", std::move(y), {x}, {});
}

}  // namespace gradus
