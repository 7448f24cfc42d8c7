#include "autodiff/ops/axis_runs.h"

#include <algorithm>

#include "autodiff/ops/op.h"

namespace gradus {

std::vector<AxisRun> axis_runs(const Axes& axes) {
  std::vector<AxisRun> runs;
  for (auto axis = axes.rbegin(); axis != axes.rend(); ++axis) {
    if (!runs.empty() && runs.back().first == *axis + 1)
      runs.back().first = *axis;
    else
      runs.push_back({*axis, *axis + 1});
  }
  return runs;
}

AxisView view_of(const Shape& shape, AxisRun run) {
  return {shape.span(0, run.first), shape.span(run.first, run.last),
          shape.span(run.last, shape.rank())};
}

Shape with_run(const Shape& shape, AxisRun run, const Shape& other) {
  std::vector<std::int64_t> dims = shape.dims();
  std::copy(other.dims().begin() + run.first, other.dims().begin() + run.last,
            dims.begin() + run.first);
  return Shape(std::move(dims));
}

Tensor reduce_runs(Reduce op, const Tensor& x, const Axes& axes) {
  const Shape ones(std::vector<std::int64_t>(static_cast<std::size_t>(x.rank()), 1));
  Tensor y = view(x, x.shape());
  for (const AxisRun& run : axis_runs(axes)) {
    const Tensor before = y;
    y = empty_like(x, with_run(before.shape(), run, ones));
    backend(x.device()).reduce(op, array_of(before), view_of(before.shape(), run), array_of(y));
  }
  return y;
}

}  // namespace gradus
