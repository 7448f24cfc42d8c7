#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "autodiff/grad.h"
#include "nn/losses.h"
#include "nn/model.h"
#include "nn/parametrisation.h"

namespace gradus {

/// N(0, 1) entries in f64; a stream of its own per purpose.
inline Tensor gaussian(Shape shape, std::uint64_t stream = 0) {
  return random_normal(std::move(shape), {.seed = 7, .stream = 1000 + stream}, 1.0, DType::f64);
}

/// The losses before each of `steps` steps, and after the last, on one batch.
template <class Optimiser>
std::vector<double> train(const Model& model, std::vector<Tensor> w, const Tensor& x,
                          const Tensor& y, Optimiser optimiser, int steps) {
  std::vector<double> losses;
  for (int step = 0; step <= steps; ++step) {
    const Tensor loss = mse_half_mean(model(w, x), y);
    losses.push_back(loss.item());
    optimiser.step(w, grad(loss, w));
  }
  return losses;
}

/// The parameter of that name.
inline const Param& param_of(const Model& model, const std::string& name) {
  for (const Param& param : model.params)
    if (param.name == name) return param;
  fail("no parameter ", name);
}

}  // namespace gradus
