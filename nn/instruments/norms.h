#pragma once

#include <vector>

#include "nn/instruments/sharpness.h"

/// Sizes of weights, gradients, updates and activations.
namespace gradus {

/// sqrt(mean of x^2): the typical size of an entry. Neither this nor the next overflows or
/// underflows in its squares.
double rms(const Tensor& x);
/// sqrt(sum of x^2).
double frobenius_norm(const Tensor& x);

/// The largest singular value of a matrix; `residual` bounds the distance to the singular value it
/// belongs to.
struct SpectralNorm {
  double value = 0;
  double residual = 0;
  std::int64_t products = 0;  ///< with A^T A or A A^T
};
/// By Lanczos on the smaller of A^T A and A A^T. A convolution kernel (height, width, channels,
/// filters) counts as the matrix (height * width * channels, filters), a vector as one row.
SpectralNorm spectral_norm(const Tensor& x, const EigenOptions& options = {});

enum class Norm { frobenius, spectral };

/// Norms of one weight tensor and of its gradient, each with an error bound (0 for Frobenius).
struct LayerNorms {
  double weight = 0, weight_error = 0;
  double gradient = 0, gradient_error = 0;

  /// ||dL/dW|| / ||W||; times the learning rate it is the relative update of an SGD step.
  double ratio() const { return gradient / weight; }
  double ratio_error() const;
};
/// One row per weight tensor.
std::vector<LayerNorms> layer_norms(const std::vector<Tensor>& weights,
                                    const std::vector<Tensor>& gradients,
                                    Norm norm = Norm::frobenius);

/// ||after - before||_F / ||before||_F per tensor: the relative update of any optimiser.
std::vector<double> relative_updates(const std::vector<Tensor>& before,
                                     const std::vector<Tensor>& after);

/// What the entries of an activation look like.
struct ActivationStatistics {
  double rms = 0;
  double mean = 0;
  double deviation = 0;      ///< standard deviation about the mean
  double largest = 0;        ///< of |x|
  double zero_fraction = 0;  ///< entries that are exactly 0: after a ReLU, the inactive ones
};
ActivationStatistics activation_statistics(const Tensor& x);

}  // namespace gradus
