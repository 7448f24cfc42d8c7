#include <limits>

#include "autodiff/ops.h"
#include "autodiff/ops/axis_runs.h"
#include "autodiff/ops/op.h"
#include "autodiff/recording.h"

namespace gradus {
namespace {

// The shape of x without the given sorted axes, or with them as ones.
Shape reduced_shape(const Shape& x, const Axes& axes, bool keep) {
  std::vector<std::int64_t> dims;
  auto next = axes.begin();
  for (int axis = 0; axis < x.rank(); ++axis) {
    const bool reduced = next != axes.end() && *next == axis;
    if (reduced) ++next;
    if (!reduced)
      dims.push_back(x[axis]);
    else if (keep)
      dims.push_back(1);
  }
  return Shape(std::move(dims));
}

// A reduced tensor, or its cotangent, repeated over the axes that were reduced in x.
Tensor expand(const Tensor& y, const Tensor& x, const Axes& axes) {
  return broadcast_to(reshape(y, reduced_shape(x.shape(), axes, true)), x.shape());
}

// 1 at the first largest entry of each of the (outer, n, inner) entries along n, 0 elsewhere. Where
// the dtype cannot count to n, one half decides before the other.
Tensor first_max(const Tensor& x) {
  const std::int64_t outer = x.dim(0), n = x.dim(1), inner = x.dim(2), half = n / 2;
  if (n <= largest_exact_integer(x.dtype())) {
    const Tensor position = reshape(arange(n, x.dtype(), x.device()), Shape{1, n, 1});
    return equal(reshape(argmax(x, 1), Shape{outer, 1, inner}), position);
  }
  const Tensor left = slice(x, 1, 0, half), right = slice(x, 1, half, n);
  const Tensor left_wins = first_wins(max(left, {1}, true), max(right, {1}, true));
  return pad(first_max(left) * left_wins, 1, 0, n - half) +
         pad(first_max(right) * (1.0 - left_wins), 1, half, 0);
}

// The same over `axes` in row-major order. The last run of axes is searched first: what is left of
// the others then compares whole runs, so the first one wins.
Tensor first_max(const Tensor& x, const Axes& axes) {
  Tensor mask = full_like(x, 1.0), remaining = x;
  for (const AxisRun& run : axis_runs(axes)) {
    const AxisView v = view_of(remaining.shape(), run);
    const Tensor flat = reshape(remaining, Shape{v.outer, v.n, v.inner});
    mask = mask * broadcast_to(reshape(first_max(flat), remaining.shape()), x.shape());
    const Shape ones(std::vector<std::int64_t>(static_cast<std::size_t>(x.rank()), 1));
    remaining = reshape(max(flat, {1}), with_run(remaining.shape(), run, ones));
  }
  return mask;
}

}  // namespace

Tensor sum(const Tensor& x, const Axes& axes, bool keep) {
  const Axes over = normalise_axes("sum", axes, x.rank());
  Tensor y = view(reduce_runs(Reduce::sum, x, over), reduced_shape(x.shape(), over, keep));
  // y = sum_i x_i, dy = sum_i dx_i  =>  x_bar_i = y_bar; the same for every `i`
  return record("sum", std::move(y), {x},
                {[over](auto& in, auto&, auto& y_bar) { return expand(y_bar, in[0], over); }});
}

Tensor mean(const Tensor& x, const Axes& axes, bool keep) {
  const Tensor total = sum(x, normalise_axes("mean", axes, x.rank()), keep);
  const double count = static_cast<double>(x.size()) / static_cast<double>(total.size());
  return total / count;
}

Tensor max(const Tensor& x, const Axes& axes, bool keep) {
  const Axes over = normalise_axes("max", axes, x.rank());
  const Shape shape = reduced_shape(x.shape(), over, keep);
  check(x.size() > 0 || shape.size() == 0, "[max] no entries to compare in shape ", x.shape());
  Tensor y = view(reduce_runs(Reduce::max, x, over), shape);
  // y = x_m, dy = dx_m  =>  x_bar_i = [i = m] y_bar; `m` is the first largest
  return record("max", std::move(y), {x}, {[over](auto& in, auto&, auto& y_bar) {
                  const Tensor mask = stop_gradient(first_max(in[0], over));
                  return where_positive(expand(y_bar, in[0], over), mask);
                }});
}

Tensor logsumexp(const Tensor& x, const Axes& axes, bool keep) {
  const Axes over = normalise_axes("logsumexp", axes, x.rank());
  Tensor s = view(reduce_runs(Reduce::logsumexp, x, over), reduced_shape(x.shape(), over, keep));
  // y = log sum_i e^(x_i), dy = sum_i e^(x_i - y) dx_i  =>  x_bar_i = e^(x_i - y) y_bar
  return record("logsumexp", std::move(s), {x}, {[over](auto& in, auto& y, auto& y_bar) {
                  return expand(y_bar, in[0], over) * exp(in[0] - expand(y, in[0], over));
                }});
}

Tensor dot(const Tensor& a, const Tensor& b) {
  check(a.shape() == b.shape(), "[dot] ", a.shape(), " and ", b.shape(), ": shapes differ");
  common_backend("dot", a, b);
  return sum(a * b);
}

}  // namespace gradus
