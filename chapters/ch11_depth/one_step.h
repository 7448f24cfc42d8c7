#pragma once

#include <string>
#include <utility>
#include <vector>

#include "autodiff/grad.h"
#include "chapters/ch11_depth/experiment.h"
#include "nn/instruments/norms.h"
#include "nn/losses.h"
#include "nn/optimisers.h"

/// One step on random data, against the depth.
namespace gradus {

using Params = std::vector<Tensor>;
using Quantities = std::vector<std::pair<std::string, double>>;

constexpr std::int64_t inputs = 32, outputs = 4, width = 128;

inline Tensor gaussian(std::int64_t columns, std::uint64_t seed,
                       std::uint64_t stream, DType dtype) {
  return random_normal({16, columns}, {seed, stream}, 1.0, dtype);
}

// [inside]
// In the middle block of two layers: how far its own inner weights have moved
// what the activation reads, h V, in units of that.
inline double inside(const Model& net, const Params& before,
                     const Params& after, const Tensor& x,
                     std::int64_t blocks) {
  const auto middle = static_cast<std::size_t>(blocks / 2);
  const Tensor h = net.layers(after, x)[2 * middle].h;  // the block's input
  const std::size_t V = 2 + 4 * middle;                 // each with its bias
  return rms(matmul(h, after[V] - before[V])) / rms(matmul(h, before[V]));
}
// [inside]

// [one-step]
// One step of the blocks alone, so small that only its first order shows. In
// f64: it is a small difference.
inline Quantities one_step(const std::string& name, std::int64_t blocks,
                           std::uint64_t seed) {
  const Model net = network(name, {inputs, width, blocks, outputs});
  const Params w = init(net, seed, DType::f64);
  const Tensor x = gaussian(inputs, seed, 5000, DType::f64);
  const Tensor c = gaussian(outputs, seed, 5001, DType::f64);
  const std::vector<Layer> before = net.layers(w, x);
  const Params g = grad(linear_loss(before.back().h, c), w);
  const std::size_t last = before.size() - 2;
  Quantities found = {{"growth", rms(before[last].h) / rms(before[0].h)}};
  const double lr = 1e-7;
  const auto step = [&](const std::string& how, auto optimiser) {
    Params moved = w;
    optimiser.step(moved, g);
    for (std::size_t i : {0, 1}) {  // not the first layer, nor the last
      moved[i] = w[i];
      moved[w.size() - 1 - i] = w[w.size() - 1 - i];
    }
    const std::vector<Layer> after = net.layers(moved, x);
    found.push_back({how + "_h", rms(after[last].h - before[last].h) / lr});
    found.push_back({how + "_f", rms(after.back().h - before.back().h) / lr});
    if (name.starts_with("two"))
      found.push_back(
          {how + "_inner", inside(net, w, moved, x, blocks) / lr});
  };
  step("sgd", Sgd(net, {.lr = lr}));
  step("adam", Adam(net, {.lr = lr, .eps = 0}));
  return found;
}
// [one-step]

}  // namespace gradus
