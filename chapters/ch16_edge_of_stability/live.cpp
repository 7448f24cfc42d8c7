// Chapter 16, live: where the kernel of the uv model comes to rest.

#include "chapters/live/live.h"
#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/ch16_edge_of_stability/long_runs.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "nn/vectors.h"

namespace gradus::live {

// psi, 1 for the start with parallel layers. Rows: step and kernel, in units of
// 1 / eta, of 60 steps by the engine; then a row of 24 kernels after 20,000
// steps of the map, of none if it diverged.
Steps doubling(Controls at) {
  const double psi = at[0];
  const Start start = at[1] == 1 ? parallel : unequal;
  const UvConfig config{.width = 16};
  const double root = 4;  // of N, so that y / sqrt(N) = 1
  const Model net = uv(config);
  const Tensor x = ones({1, 1}, DType::f64),
               y = full({1, 1}, root, DType::f64);
  std::vector<Tensor> w = uv_params(config, start.f * root, start.lam);
  return [=, t = 0]() mutable -> Row {
    constexpr int steps = 60;
    if (t > steps + 1) return {};
    const double kappa = psi * inner_product(w, w) / (root * root);
    if (t > steps || !(kappa < 10)) {
      t = steps + 2;
      Row kernels = {-1};
      Lengths s = after(20000, start.at(psi), psi);
      for (int k = 0; k < 24 && s.kappa() < 10; ++k, s = next(s, psi))
        kernels.push_back(s.kappa());
      return kernels;
    }
    Sgd(net, {.lr = psi}).step(w, grad(mse_half_mean(net(w, x), y), w));
    return {double(t++), kappa};
  };
}

}  // namespace gradus::live
