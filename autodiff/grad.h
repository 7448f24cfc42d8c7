#pragma once

#include <vector>

#include "autodiff/recording.h"
#include "autodiff/tensor.h"

/// Reverse mode: derivatives of what ops computed, as values. For f(x) = sum of x^3,
///
///     const Tensor x = from_host({1, 2}, {2});
///     const Tensor g = grad(sum(pow(x, 3)), x, {.record = true});  // 3 x^2: (3, 12)
///     const Tensor h = grad(sum(g), x);                            // 6 x: (6, 12)
///
/// There is nothing to reset: a gradient belongs to its call.
namespace gradus {

struct GradOptions {
  bool record = false;  ///< make the gradients differentiable themselves
  bool zeros = false;   ///< an input that y does not reach gets zeros instead of an error
};

/// The cotangents dL/dxs that belong to the cotangents y_bars = dL/dys: the transposed Jacobian of
/// ys with respect to xs, times y_bars. Each y_bar has the shape of its y. Throws where a y does not
/// depend on an x, and where a path leads through an op without a gradient.
std::vector<Tensor> vjp(const std::vector<Tensor>& ys, const std::vector<Tensor>& y_bars,
                        const std::vector<Tensor>& xs, GradOptions options = {});
Tensor vjp(const Tensor& y, const Tensor& y_bar, const Tensor& x, GradOptions options = {});

/// The gradient dy/dxs of a scalar y: `vjp` with the cotangent 1.
std::vector<Tensor> grad(const Tensor& y, const std::vector<Tensor>& xs, GradOptions options = {});
Tensor grad(const Tensor& y, const Tensor& x, GradOptions options = {});

}  // namespace gradus
