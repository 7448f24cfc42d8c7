#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/ch08_invariants/experiment.h"
#include "chapters/support/csv.h"
#include "data/random_streams.h"
#include "nn/instruments/norms.h"
#include "nn/losses.h"
#include "nn/optimisers.h"

/// Chapter 8, readout.csv: the gain of the output weights, and how much of it is
/// used. A measurement that shares its network alone with the others.
namespace gradus {

using Params = std::vector<Tensor>;

// By what factor rms(x W) stays below the bound that W's gain sets it, if W
// are muP's output weights: for x = z at the start, and for z's change in one
// step of all layers.
inline void readout(std::int64_t width, std::uint64_t seed, Csv& rows) {
  const Model net = network(abc::mup_table3, width);
  const Tensor draw =
      random_normal({1, inputs}, {seed, input_stream}, 1.0, DType::f64);
  const Tensor x = draw / rms(draw);
  const Tensor c = full({outputs}, 1 / std::sqrt(outputs), DType::f64);
  const Params w = init(net, seed, DType::f64);
  Params moved = w;
  Sgd(net, {.lr = 0.1}).step(moved, grad(linear_loss(net(w, x), c), w));
  const Tensor z = net.layers(w, x)[depth - 2].z;
  const Tensor change = net.layers(moved, x)[depth - 2].z - z;
  const double gain = std::sqrt(double(width) / double(outputs)) *
                      spectral_norm(w.back()).value;
  const auto below_bound = [&](const Tensor& to) {
    return gain * rms(to) / rms(matmul(to, w.back()));
  };
  rows.row({width, below_bound(z), below_bound(change)});
}

}  // namespace gradus
