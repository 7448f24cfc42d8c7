#include "autodiff/ops.h"
#include "autodiff/ops/op.h"

/// Rows picked by number, and rows added up by number: adjoint to each other.
namespace gradus {
namespace {

Shape with_rows(const Tensor& x, std::int64_t rows) {
  std::vector<std::int64_t> dims = x.shape().dims();
  dims.front() = rows;
  return Shape(std::move(dims));
}

void check_indices(const char* op, const std::vector<std::int64_t>& indices, std::int64_t rows) {
  for (std::int64_t index : indices)
    check(0 <= index && index < rows, "[", op, "] row ", index, " of ", rows, " does not exist");
}

}  // namespace

Tensor gather_rows(const Tensor& x, const std::vector<std::int64_t>& indices) {
  check(x.rank() > 0, "[gather_rows] a scalar has no rows");
  check_indices("gather_rows", indices, x.shape()[0]);
  const std::int64_t count = static_cast<std::int64_t>(indices.size());
  Tensor y = empty_like(x, with_rows(x, count));
  backend(x.device())
      .gather_rows(array_of(x), indices.data(), count, x.shape().span(1, x.rank()), array_of(y));
  // Y = G x  =>  x_bar = G^T y_bar: a row picked twice gets both cotangents
  return record("gather_rows", std::move(y), {x}, {[indices](auto& in, auto&, auto& y_bar) {
                  return scatter_rows(y_bar, indices, in[0].shape()[0]);
                }});
}

Tensor scatter_rows(const Tensor& x, const std::vector<std::int64_t>& indices, std::int64_t rows) {
  const std::int64_t count = static_cast<std::int64_t>(indices.size());
  check(x.rank() > 0 && x.shape()[0] == count, "[scatter_rows] ", count, " row numbers for shape ",
        x.shape());
  check(rows >= 0, "[scatter_rows] ", rows, " rows: the number may not be negative");
  check_indices("scatter_rows", indices, rows);
  Tensor y = empty_like(x, with_rows(x, rows));
  backend(x.device())
      .scatter_rows(array_of(x), indices.data(), count, rows, x.shape().span(1, x.rank()),
                    array_of(y));
  // Y = G^T x  =>  x_bar = G y_bar
  return record("scatter_rows", std::move(y), {x},
                {[indices](auto&, auto&, auto& y_bar) { return gather_rows(y_bar, indices); }});
}

}  // namespace gradus
