#pragma once

#include <functional>
#include <string>
#include <vector>

#include "autodiff/ops.h"
#include "tests/engine/reference.h"

namespace gradus {

/// One use of one op. The rows drive every generic test: gradients to third order, values against
/// plain loops, f32 against f64, empty handles, mixed dtypes, and that no op lacks a row.
struct OpRow {
  std::string op;              ///< its name in ops.h
  std::string variant;         ///< what sets this row apart from the op's others
  std::vector<Tensor> inputs;  ///< f64 sample points: inside the domain, off kinks and ties
  std::function<Tensor(const std::vector<Tensor>&)> apply;
  std::function<reference::HostArray(const std::vector<reference::HostArray>&)> reference;
  bool elementwise = false;    ///< `apply` accepts any shape, and any value of its inputs
  bool differentiable = true;  ///< false: differentiating is an error that names the op

  std::string name() const { return op + " " + variant; }
};

/// Every op of ops.h at least once.
std::vector<OpRow> op_rows();

/// Those of op_rows_shapes.cpp, and of op_rows_layers.cpp.
void shape_op_rows(std::vector<OpRow>& rows);
void layer_op_rows(std::vector<OpRow>& rows);

}  // namespace gradus
