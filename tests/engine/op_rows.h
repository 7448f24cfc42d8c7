#pragma once

#include <functional>
#include <string>
#include <vector>

#include "autodiff/ops.h"
#include "tests/engine/reference.h"

namespace gradus {

using Tensors = std::vector<Tensor>;
using Arrays = std::vector<reference::HostArray>;

/// One use of one op. The rows drive every generic test: gradients to third order, values against
/// plain loops, f32 against f64, empty handles, mixed dtypes, and that no op lacks a row.
struct OpRow {
  std::string op;       ///< its name in ops.h
  std::string variant;  ///< what sets this row apart from the op's others
  Tensors inputs;       ///< f64 sample points: inside the domain, off kinks and ties
  std::function<Tensor(const Tensors&)> apply;
  std::function<reference::HostArray(const Arrays&)> reference;
  bool elementwise = false;    ///< `apply` accepts any shape, and any value of its inputs
  bool differentiable = true;  ///< false: differentiating is an error that names the op

  std::string name() const { return op + " " + variant; }
};

using Rows = std::vector<OpRow>;

/// Every op of ops.h at least once.
Rows op_rows();

/// Those of op_rows_shapes.cpp, and of op_rows_layers.cpp.
void shape_op_rows(Rows& rows);
void layer_op_rows(Rows& rows);

}  // namespace gradus
