#include "nn/instruments/norms.h"

#include <algorithm>
#include <cmath>

#include "autodiff/check.h"
#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/streams.h"

namespace gradus {
namespace {

double largest_magnitude(const Tensor& x) { return x.size() ? max(abs(x)).item() : 0.0; }

// x over the power of two below its largest entry, whose squares neither overflow nor underflow.
struct Scaled {
  explicit Scaled(const Tensor& x) : largest(largest_magnitude(x)) {
    exponent = largest > 0 && std::isfinite(largest) ? std::ilogb(largest) : 0;
    // In two steps, since 2^-exponent itself overflows where x is denormal.
    const int half = -exponent / 2;
    tensor = scale(scale(x, std::ldexp(1.0, half)), std::ldexp(1.0, -exponent - half));
  }
  double restore(double value) const { return std::ldexp(value, exponent); }

  double largest;
  int exponent;
  Tensor tensor;
};

Tensor as_matrix(const Tensor& x) {
  const std::int64_t columns = x.rank() == 0 ? 1 : x.dim(-1);
  return reshape(x, Shape{x.size() / columns, columns});
}

double error_or_zero(double error, double value) { return error == 0 ? 0 : error / value; }

}  // namespace

double frobenius_norm(const Tensor& x) {
  const NoGrad values_only;
  const Scaled s(x);
  return s.restore(std::sqrt(dot(s.tensor, s.tensor).item()));
}

double rms(const Tensor& x) { return frobenius_norm(x) / std::sqrt(static_cast<double>(x.size())); }

// sigma^2 is the largest eigenvalue of B = A^T A. From |sigma_i^2 - sigma^2| <= r follows
// |sigma_i - sigma| <= r / (sigma_i + sigma) <= r / sigma.
SpectralNorm spectral_norm(const Tensor& x, const EigenOptions& options) {
  const NoGrad values_only;
  const Scaled s(x);
  if (s.largest == 0) return {};
  const Tensor a = as_matrix(s.tensor);
  const std::int64_t rows = a.dim(0), columns = a.dim(1);
  const bool tall = rows >= columns;
  const LinearOperator gram = [&](const std::vector<Tensor>& v) -> std::vector<Tensor> {
    return {matmul(a, matmul(a, v[0], !tall, false), tall, false)};
  };
  const Tensor like = zeros({std::min(rows, columns), 1}, x.dtype(), x.device());
  const Sharpness top = sharpness(gram, {like}, options);
  const double sigma = std::sqrt(top.lambda_max);
  return {s.restore(sigma), s.restore(top.residual / sigma), top.products};
}

double LayerNorms::ratio_error() const {
  return ratio() * (error_or_zero(weight_error, weight) + error_or_zero(gradient_error, gradient));
}

std::vector<LayerNorms> layer_norms(const std::vector<Tensor>& weights,
                                    const std::vector<Tensor>& gradients, Norm norm) {
  check(weights.size() == gradients.size(), "[layer_norms] ", weights.size(), " weights but ",
        gradients.size(), " gradients");
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
  check(before.size() == after.size(), "[relative_updates] ", before.size(), " tensors before but ",
        after.size(), " after");
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
  result.mean = mean(x).item();
  result.deviation = rms(x - result.mean);
  result.largest = largest_magnitude(x);
  result.zero_fraction = mean(equal(x, zeros({}, x.dtype(), x.device()))).item();
  return result;
}

}  // namespace gradus
