#include "autodiff/ops.h"
#include "autodiff/ops/axis_runs.h"
#include "autodiff/ops/op.h"

/// The op that repeats along axes, and the one that sums over the repetitions. Each is the adjoint
/// of the other: <broadcast(x), y> = <x, sum(y)>.
namespace gradus {
namespace {

// `small` with ones in front, so that it has the rank of `large`; throws unless it broadcasts there.
Shape aligned(const char* op, const Shape& small, const Shape& large) {
  check(small.rank() <= large.rank() && broadcast_shape(op, small, large) == large, "[", op, "] ",
        small, " does not broadcast to ", large);
  std::vector<std::int64_t> dims(static_cast<std::size_t>(large.rank() - small.rank()), 1);
  dims.insert(dims.end(), small.dims().begin(), small.dims().end());
  return Shape(std::move(dims));
}

Axes differing_axes(const Shape& a, const Shape& b) {
  Axes axes;
  for (int axis = 0; axis < a.rank(); ++axis)
    if (a[axis] != b[axis]) axes.push_back(axis);
  return axes;
}

}  // namespace

Tensor broadcast_to(const Tensor& x, const Shape& shape) {
  if (x.shape() == shape) return x;
  const Shape from = aligned("broadcast_to", x.shape(), shape);
  Tensor y = view(x, from);
  for (const AxisRun& run : axis_runs(differing_axes(from, shape))) {
    const Tensor before = y;
    y = empty_like(x, with_run(before.shape(), run, shape));
    backend(x.device()).broadcast(array_of(before), view_of(y.shape(), run), array_of(y));
  }
  // Y = B x, dY = B dx  =>  x_bar = B^T y_bar: a sum over the repetitions
  return record("broadcast_to", view(y, shape), {x},
                {[](auto& in, auto&, auto& y_bar) { return sum_to(y_bar, in[0].shape()); }});
}

Tensor sum_to(const Tensor& x, const Shape& shape) {
  if (x.shape() == shape) return x;
  const Shape to = aligned("sum_to", shape, x.shape());
  const Tensor y = reduce_runs(Reduce::sum, x, differing_axes(x.shape(), to));
  // Y = B^T x, dY = B^T dx  =>  x_bar = B y_bar
  return record("sum_to", view(y, shape), {x},
                {[](auto& in, auto&, auto& y_bar) { return broadcast_to(y_bar, in[0].shape()); }});
}

}  // namespace gradus
