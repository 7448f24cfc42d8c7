#pragma once

#include <functional>
#include <string>
#include <vector>

#include "autodiff/tensor.h"

namespace gradus {

/// One use of one op, to be computed on two devices.
struct CudaCase {
  std::string name;
  std::vector<Tensor> inputs;  ///< f64, on the CPU
  std::function<Tensor(const std::vector<Tensor>&)> apply;
  bool differentiable = true;
};

/// Every row of the gradient checks (tests/engine/op_rows.h), and each family of kernels at the
/// sizes where they go wrong: nothing, one, around a warp, around a tile, more than a grid.
/// GRADUS_CUDA_CASES leaves only those whose names contain it.
std::vector<CudaCase> cuda_cases();

/// The same values, of that dtype and on that device, as new leaves.
std::vector<Tensor> moved_to(const std::vector<Tensor>& x, DType dtype, Device device);

/// The case's result on its inputs, and, if it can be differentiated, the cotangents of the inputs
/// for a random cotangent of the result.
std::vector<Tensor> results(const CudaCase& c, DType dtype, Device device);

}  // namespace gradus
