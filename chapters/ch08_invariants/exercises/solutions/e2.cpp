// Solution of exercise 8.2: a step that needs no table.

#include <cmath>
#include <vector>

#include "autodiff/ops.h"
#include "nn/instruments/norms.h"

using namespace gradus;

/// New values w - t g for each matrix, t >= 0 such that sqrt(fan_in / fan_out) ||t g||_2 = size. A
/// matrix whose gradient is zero stays as it is.
std::vector<Tensor> spectral_step(const std::vector<Tensor>& w,
                                  const std::vector<Tensor>& g, double size) {
  std::vector<Tensor> result;
  for (std::size_t l = 0; l < w.size(); ++l) {
    const double norm = spectral_norm(g[l]).value;
    if (norm == 0) {
      result.push_back(w[l]);
      continue;
    }
    const auto fan_in = static_cast<double>(w[l].dim(0));
    const auto fan_out = static_cast<double>(w[l].dim(1));
    result.push_back(w[l] - size * std::sqrt(fan_out / fan_in) / norm * g[l]);
  }
  return result;
}
