#include <algorithm>
#include <numeric>

#include "autodiff/ops.h"
#include "autodiff/ops/axis_runs.h"
#include "autodiff/ops/op.h"

/// Ops that move entries without changing them. Each is linear, so its rule is its adjoint.
namespace gradus {

Tensor reshape(const Tensor& x, const Shape& shape) {
  check(shape.size() == x.size(), "[reshape] ", x.shape(), " has ", x.size(), " elements, ", shape,
        " has ", shape.size());
  // Y = x  =>  x_bar = Y_bar: the same entries in the same order, each in its own shape
  return record("reshape", view(x, shape), {x},
                {[](auto& in, auto&, auto& y_bar) { return reshape(y_bar, in[0].shape()); }});
}

Tensor reshape(const Tensor& x, const std::vector<std::int64_t>& dims) {
  std::vector<std::int64_t> known = dims;
  const auto open = std::find(known.begin(), known.end(), -1);
  if (open != known.end()) {
    *open = 1;
    const std::int64_t rest = Shape(known).size();
    check(rest > 0 && x.size() % rest == 0, "[reshape] ", x.shape(), " has ", x.size(),
          " elements, which the other dimensions, ", rest, " in all, do not divide");
    *open = x.size() / rest;
  }
  return reshape(x, Shape(std::move(known)));
}

Tensor reshape(const Tensor& x, std::initializer_list<std::int64_t> dims) {
  return reshape(x, std::vector<std::int64_t>(dims));
}

Tensor transpose(const Tensor& x, const Axes& order) {
  const int rank = x.rank();
  Axes to = order;
  if (order.empty())
    for (int axis = rank - 1; axis >= 0; --axis) to.push_back(axis);
  check(static_cast<int>(to.size()) == rank, "[transpose] the order names ", to.size(),
        " axes of a tensor of rank ", rank);
  normalise_axes("transpose", to, rank);  // every axis once

  // Bring the axes to their places from the left; each step exchanges two neighbouring blocks.
  Axes now(static_cast<std::size_t>(rank));
  std::iota(now.begin(), now.end(), 0);
  Tensor y = view(x, x.shape());
  std::vector<std::int64_t> dims = x.shape().dims();
  Axes inverse(now.size());
  for (std::size_t i = 0; i < now.size(); ++i) {
    const int wanted = to[i] < 0 ? to[i] + rank : to[i];
    inverse[static_cast<std::size_t>(wanted)] = static_cast<int>(i);
    const std::size_t at = static_cast<std::size_t>(
        std::find(now.begin() + static_cast<std::ptrdiff_t>(i), now.end(), wanted) - now.begin());
    if (at == i) continue;
    std::size_t end = at + 1;  // the block may bring along axes that belong behind it
    while (end < now.size() && end - at < to.size() - i &&
           now[end] == (to[i + end - at] + rank) % rank)
      ++end;
    const Shape shape(dims);
    const int first = static_cast<int>(i), middle = static_cast<int>(at),
              last = static_cast<int>(end);
    std::rotate(now.begin() + first, now.begin() + middle, now.begin() + last);
    std::rotate(dims.begin() + first, dims.begin() + middle, dims.begin() + last);
    const Tensor before = y;
    y = empty_like(x, Shape(dims));
    backend(x.device())
        .swap_axes(array_of(before), shape.span(0, first), shape.span(first, middle),
                   shape.span(middle, last), shape.span(last, rank), array_of(y));
  }
  // Y = P x  =>  x_bar = P^-1 y_bar; `P` is a permutation of the entries
  return record("transpose", std::move(y), {x}, {[inverse](auto&, auto&, auto& y_bar) {
                  return inverse.empty() ? y_bar : transpose(y_bar, inverse);
                }});
}

Tensor slice(const Tensor& x, int axis, std::int64_t start, std::int64_t stop) {
  const int at = normalise_axes("slice", {axis}, x.rank()).front();
  const std::int64_t n = x.shape()[at];
  check(0 <= start && start <= stop && stop <= n, "[slice] entries ", start, " to ", stop,
        " of an axis of length ", n);
  std::vector<std::int64_t> dims = x.shape().dims();
  dims[static_cast<std::size_t>(at)] = stop - start;
  Tensor y = empty_like(x, Shape(std::move(dims)));
  backend(x.device())
      .slice(array_of(x), view_of(x.shape(), {at, at + 1}), start, stop - start, array_of(y));
  // Y = S x  =>  x_bar = S^T y_bar: zeros where nothing was taken
  return record("slice", std::move(y), {x},
                {[at, start, after = n - stop](auto&, auto&, auto& y_bar) {
                  return pad(y_bar, at, start, after);
                }});
}

Tensor pad(const Tensor& x, int axis, std::int64_t before, std::int64_t after) {
  const int at = normalise_axes("pad", {axis}, x.rank()).front();
  constexpr std::int64_t most = std::int64_t{1} << 60;
  check(before >= 0 && after >= 0 && before <= most && after <= most, "[pad] ", before,
        " zeros before and ", after, " after: both must be between 0 and 2^60");
  const std::int64_t n = x.shape()[at];
  std::vector<std::int64_t> dims = x.shape().dims();
  dims[static_cast<std::size_t>(at)] = before + n + after;
  Tensor y = empty_like(x, Shape(std::move(dims)));
  backend(x.device()).pad(array_of(x), n, before, view_of(y.shape(), {at, at + 1}), array_of(y));
  // Y = S^T x  =>  x_bar = S y_bar: the entries between the zeros
  return record("pad", std::move(y), {x}, {[at, before, n](auto&, auto&, auto& y_bar) {
                  return slice(y_bar, at, before, before + n);
                }});
}

}  // namespace gradus
