#pragma once

#include <cstdint>
#include <vector>

#include "autodiff/tensor.h"

namespace gradus {

/// The part that one parameter tensor has in the trace of the neural tangent kernel.
struct NtkShare {
  double share = 0;           ///< tr(J_l D_l J_l^T) / tr(J D J^T); all shares sum to 1, or are NaN
  double standard_error = 0;  ///< of the share; 0 where it is exact
  double trace = 0;           ///< tr(J_l D_l J_l^T), or its estimate
};

struct NtkOptions {
  /// D: the learning-rate factor of each parameter tensor. All 1 where it is empty.
  std::vector<double> factors = {};
  /// 0: exact, with one backward pass per entry of the outputs. Otherwise Hutchinson's estimate
  /// E |J_l^T z|^2 = tr(J_l J_l^T), z ~ N(0, I), from so many backward passes (at least 2).
  int probes = 0;
  std::uint64_t seed = 0;
};

/// Which layers move the function (Jacot et al. 2018): under gradient flow df = -K dL/df with the
/// kernel K = sum_l J_l D_l J_l^T of the Jacobians J_l = d outputs / d params[l]. `outputs` is the
/// recorded output of a net on a batch.
std::vector<NtkShare> ntk_shares(const Tensor& outputs, const std::vector<Tensor>& params,
                                 const NtkOptions& options = {});

}  // namespace gradus
