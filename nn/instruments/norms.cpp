#include "nn/instruments/norms.h"

#include <algorithm>
#include <cmath>

#include "autodiff/check.h"
#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "data/random_streams.h"
#include "nn/vectors.h"

namespace gradus {
namespace {

double largest_magnitude(const Tensor& x) { return x.size() ? max(abs(x)).item() : 0.0; }

Tensor as_matrix(const Tensor& x) {
  const std::int64_t columns = x.rank() == 0 ? 1 : x.dim(-1);
  return reshape(x, Shape{x.size() / columns, columns});
}

double error_or_zero(double error, double value) { return error == 0 ? 0 : error / value; }

}  // namespace

double frobenius_norm(const Tensor& x) { return norm({x}); }

double rms(const Tensor& x) { return frobenius_norm(x) / std::sqrt(static_cast<double>(x.size())); }

// sigma^2 is the largest eigenvalue of B = A^T A. From |sigma_i^2 - sigma^2| <= r follows
// |sigma_i - sigma| <= r / (sigma_i + sigma) <= r / sigma.
SpectralNorm spectral_norm(const Tensor& x, const EigenOptions& options) {
  const NoGrad values_only;
  if (largest_magnitude(x) == 0) return {};
  const Scaled s({x});
  const Tensor a = as_matrix(s.mantissa[0]);
  const std::int64_t rows = a.dim(0), columns = a.dim(1);
  const bool tall = rows >= columns;
  const LinearOperator gram = [&](const std::vector<Tensor>& v) -> std::vector<Tensor> {
    return {matmul(a, matmul(a, v[0], !tall, false), tall, false)};
  };
  const Tensor like = zeros({std::min(rows, columns), 1}, x.dtype(), x.device());
  const Sharpness top = sharpness(gram, {like}, options);
  const double sigma = std::sqrt(top.lambda_max);
  return {std::ldexp(sigma, s.exponent), std::ldexp(top.residual / sigma, s.exponent),
          top.products};
}

double LayerNorms::ratio_error() const {
  return ratio() * (error_or_zero(weight_error, weight) + error_or_zero(gradient_error, gradient));
}

std::vector<LayerNorms> layer_norms(const std::vector<Tensor>& weights,
                                    const std::vector<Tensor>& gradients, Norm norm) {
  check_same_shapes("layer_norms", "the gradient", weights, gradients);
  const auto measure = [norm](const Tensor& x) -> SpectralNorm {
    if (norm == Norm::spectral) return spectral_norm(x);
    return {frobenius_norm(x), 0, 0};
  };
  std::vector<LayerNorms> rows;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const SpectralNorm w = measure(weights[i]), g = measure(gradients[i]);
    rows.push_back({w.value, w.residual, g.value, g.residual});
  }
  return rows;
}

std::vector<double> relative_updates(const std::vector<Tensor>& before,
                                     const std::vector<Tensor>& after) {
  check_same_shapes("relative_updates", "`after`", before, after);
  const NoGrad values_only;
  std::vector<double> result;
  for (std::size_t i = 0; i < before.size(); ++i)
    result.push_back(frobenius_norm(after[i] - before[i]) / frobenius_norm(before[i]));
  return result;
}

ActivationStatistics activation_statistics(const Tensor& x) {
  check(x.size() > 0, "[activation_statistics] the activation has shape ", x.shape(),
        " and so no entries");
  const NoGrad values_only;
  ActivationStatistics result;
  result.rms = rms(x);
  result.largest = largest_magnitude(x);
  // About a first mean, which is rounded; what it leaves is small, and so is its mean.
  const Scaled s({x});
  const double first = mean(s.mantissa[0]).item();
  const Tensor rest = s.mantissa[0] - first;
  const double shift = mean(rest).item(), spread = rms(rest);
  result.mean = std::ldexp(first + shift, s.exponent);
  result.deviation =
      std::ldexp(std::sqrt(std::max((spread - shift) * (spread + shift), 0.0)), s.exponent);
  result.zero_fraction = mean(equal(x, zeros({}, x.dtype(), x.device()))).item();
  return result;
}

}  // namespace gradus
