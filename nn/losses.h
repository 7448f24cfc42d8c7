#pragma once

#include "autodiff/ops.h"

/// Losses of a batch: outputs f and targets y are (batch, outputs), the loss is a scalar. The
/// engine's softmax_cross_entropy (autodiff/ops.h) is one more.
namespace gradus {

/// 0.5 * mean over batch and outputs of (f - y)^2. Other codes leave out the 0.5, or sum over the
/// outputs: their learning rates and sharpness differ by that factor.
Tensor mse_half_mean(const Tensor& f, const Tensor& y);

/// Mean over the batch of c . f, for c of f's shape or one row (outputs) for all. Its gradient in f
/// is constant, so that scaling exponents show without the noise of a residual.
Tensor linear_loss(const Tensor& f, const Tensor& c);

/// Share of the rows whose largest output is at the largest target (one-hot labels).
double accuracy(const Tensor& f, const Tensor& y);

}  // namespace gradus
