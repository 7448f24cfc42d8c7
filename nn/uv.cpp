#include <cmath>

#include "autodiff/check.h"
#include "autodiff/ops.h"
#include "nn/models.h"

namespace gradus {
namespace {

// n^p: the squared norms are divided by it, and the output by its root.
double scale_of(const UvConfig& config) {
  return std::pow(static_cast<double>(config.width), config.p);
}

}  // namespace

Model uv(const UvConfig& config) {
  check(config.width > 0, "[uv] width ", config.width, " is not positive");
  const std::int64_t n = config.width;
  const double std = std::sqrt(scale_of(config) / static_cast<double>(n));  // so that E lam = 2
  return {"uv",
          {{.name = "u", .role = Role::input, .shape = {1, n}, .init_std = std},
           {.name = "v",
            .role = Role::output,
            .shape = {n, 1},
            .multiplier = 1 / std::sqrt(scale_of(config)),
            .init_std = std}},
          [](const std::vector<Tensor>& weights, const Tensor& x, std::vector<Layer>* layers) {
            const Tensor h = matmul(x, weights[0]), f = matmul(h, weights[1]);
            add_layer(layers, "u", h, h);
            add_layer(layers, "output", f, f);
            return f;
          }};
}

std::vector<Tensor> uv_params(const UvConfig& config, double f0, double lam0, DType dtype,
                              Device device) {
  const double n = static_cast<double>(config.width), scale = scale_of(config);
  // u = a + b s, v = a - b s with signs s of +-1: |u|^2 + |v|^2 = 2 n (a^2 + b^2) and
  // u . v = n (a^2 - b^2), whatever the signs.
  const double sum = scale * lam0 / (2 * n), difference = std::sqrt(scale) * f0 / n;
  check(std::fabs(difference) <= sum, "[uv] no parameters have output ", f0, " and lam ", lam0,
        ": |f0| may be ", std::sqrt(scale) * lam0 / 2, " at most");
  const double a = std::sqrt((sum + difference) / 2), b = std::sqrt((sum - difference) / 2);
  std::vector<double> u, v;
  for (std::int64_t i = 0; i < config.width; ++i) {
    const double sign = i % 2 ? -1 : 1;
    u.push_back(a + sign * b);
    v.push_back(a - sign * b);
  }
  return {from_host(u, {1, config.width}, dtype, device),
          from_host(v, {config.width, 1}, dtype, device)};
}

UvState uv_step(const UvConfig& config, UvState state, double lr, double y) {
  // u' = u - lr d v / sqrt(N), v' = v - lr d u / sqrt(N) with d = f - y and N = n^p; multiplied out
  const double d = state.f - y, scale = scale_of(config);
  const double next_d = d * (1 - lr * state.lam + lr * lr * state.f * d / scale);
  return {next_d + y, state.lam + lr * d / scale * (lr * d * state.lam - 4 * state.f)};
}

UvSpectrum uv_spectrum(const UvConfig& config, UvState state, double y) {
  // With g = (v, u) / sqrt(N) = df/d(u, v) and S the exchange of the two layers,
  // H = g g^T + (d / sqrt(N)) S. The plane of (v, u) and (u, v) maps to itself; outside it
  // g g^T is 0, and S has the eigenvalues +-1.
  const double d = state.f - y, scale = scale_of(config), half = state.lam / 2;
  const double root = std::sqrt(half * half + d * (d + 2 * state.f) / scale);
  return {half + root, half - root, std::fabs(d) / std::sqrt(scale)};
}

}  // namespace gradus
