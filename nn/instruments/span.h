#pragma once

#include "nn/instruments/early_training.h"

/// Fewer numbers for the same training, where there are fewer examples than input features.
namespace gradus {

/// x = coordinates * basis: rows written in an orthonormal basis of a space that holds them all.
struct Span {
  Tensor coordinates;  ///< (n, r) for n rows of d entries, r = min(n, d)
  Tensor basis;        ///< (r, d); its rows are orthonormal
};
/// From a QR decomposition of x's transpose, in f64; x is (n, d).
Span span_of(const Tensor& x);

/// The same training, seen from the span of its inputs. A first layer x W with x = A Q is A (Q W), and
/// its gradient x^T h = Q^T (A^T h) moves W by rows of Q alone. So gradient descent on Q W with inputs
/// A has the same losses, and its Hessian the same eigenvalues, but for as many zeros as W has entries
/// more. For a `model` whose first tensor multiplies x and that has no other use of x (a bias is none),
/// with all of `measuring` in each step; `span` is that of its inputs.
EarlyTraining in_span(EarlyTraining training, const Span& span);

}  // namespace gradus
