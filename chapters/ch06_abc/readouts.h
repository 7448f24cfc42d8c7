#pragma once

#include <cstdint>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/ch06_abc/experiment.h"
#include "chapters/support/sweep.h"
#include "nn/instruments/norms.h"
#include "nn/losses.h"
#include "nn/optimisers.h"

/// Chapter 6, readouts.csv: steps of a linear loss, where output weights may
/// start smaller than in muP; what the first step allows, and the second does
/// not. A sweep of its own, which shares task and network with the single steps
/// of abc.csv.
namespace gradus {

using Params = std::vector<Tensor>;

constexpr int seeds = 8;  // but for the mixed tables

// Eight inputs and the weights c of a linear loss. Always in f64: Delta h is a
// small difference.
struct Linear {
  Tensor x, c;
};

inline Linear linear_task(std::uint64_t seed, Device device) {
  return {random_normal({8, 16}, {seed, 100}, 1.0, DType::f64, device),
          random_normal({8, 1}, {seed, 101}, 1.0, DType::f64, device)};
}

// The network that gets it.
inline Model linear_net(const Parametrisation& table, std::int64_t width,
                        std::int64_t base_width) {
  return fcn({.in = 16,
              .width = width,
              .depth = 3,
              .out = 1,
              .parametrisation = table,
              .base_width = base_width});
}

// How far each layer has moved from its start after each step.
inline void some_steps(const Model& net, Sgd sgd, std::uint64_t seed,
                       Device device, SweepRows& rows) {
  Params w = init(net, seed, DType::f64, device);
  const auto [x, c] = linear_task(seed, device);
  const std::vector<Layer> before = net.layers(w, x);
  for (int step = 1; step <= 2; ++step) {
    sgd.step(w, grad(linear_loss(net(w, x), c), w));
    const std::vector<Layer> after = net.layers(w, x);
    for (std::size_t l = 0; l < after.size(); ++l)
      rows.add({step, after[l].name, rms(after[l].h - before[l].h)});
  }
}

// The tables of readouts(), some steps of a linear loss.
inline void measure_readouts(const Options& options) {
  Sweep sweep(options, "readouts", {"table", "width", "seed"},
              {"step", "quantity", "value"});
  for (const Parametrisation& table : readouts())
    for (const std::int64_t width : {16, 32, 64, 128, 256})
      for (int k = 0; k < seeds; ++k) {
        const Model net = linear_net(table, width, 16);
        sweep.cell({table.name, width, k}, [=, seed = options.network_seed(k),
                                            device = options.device](
                                               SweepRows& rows) {
          some_steps(net, Sgd(net, {.lr = 0.5}), seed, device, rows);
        });
      }
  sweep.run();
}

}  // namespace gradus
