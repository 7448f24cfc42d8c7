#pragma once

#include "autodiff/tensor.h"

/// f64 points inside an op's domain for its rows, another draw at every call.
namespace gradus::samples {

/// In (-1.5, 1.5).
Tensor any(const Shape& shape);
/// In (0.5, 2).
Tensor positive(const Shape& shape);
/// Magnitude at least 0.5: off the kink of relu and abs, and off the pole of a quotient.
Tensor nonzero(const Shape& shape);
/// A shuffled grid around 0 with steps of 0.1, moved by `offset`: no two entries are close, nor any
/// two of grids with other offsets.
Tensor spread(const Shape& shape, double offset = 0.0);

/// From here on the same draws again.
void start_again();

}  // namespace gradus::samples
