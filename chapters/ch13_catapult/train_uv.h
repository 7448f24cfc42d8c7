#pragma once

#include <cmath>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "chapters/ch13_catapult/map.h"
#include "nn/instruments/sharpness.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "nn/vectors.h"

/// Chapter 13. The training of the uv model by the engine, in f64.
namespace gradus {

// [uv]
// The same by the engine, from u and v themselves. `curvature` takes the
// largest eigenvalue of the Hessian at each step, in units of 1 / eta.
inline Orbit train_uv(const UvConfig& config, State start, double psi,
                      int steps, std::vector<double>* curvature = nullptr) {
  const double lam = 2, lr = start.kappa / lam;
  const double root = std::pow(double(config.width), config.p / 2);
  const Model net = uv(config);
  const Tensor x = ones({1, 1}, DType::f64);
  const Tensor y = full({1, 1}, psi * root / lr, DType::f64);
  std::vector<Tensor> w = uv_params(config, start.phi * root / lr, lam);
  Sgd sgd(net, {.lr = lr});
  Orbit states;
  for (int t = 0; t <= steps; ++t) {
    const Tensor f = net(w, x), L = mse_half_mean(f, y);
    states.push_back(
        {lr * f.item() / root, lr * inner_product(w, w) / (root * root)});
    if (curvature != nullptr) {
      Hvp H(L, w);
      const Sharpness top = sharpness(std::ref(H), w, {.tolerance = 1e-11});
      curvature->push_back(lr * top.lambda_max);
    }
    sgd.step(w, grad(L, w));
  }
  return states;
}
// [uv]

}  // namespace gradus
