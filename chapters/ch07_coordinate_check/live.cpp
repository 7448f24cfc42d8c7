// Chapter 7, live: how far the layers move in some steps, with a planted bug.

#include <array>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/live/live.h"
#include "data/generators.h"
#include "nn/instruments/coordinate_check.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"

namespace gradus::live {
namespace {

// By the reader's choice: sound, or with one of the chapter's three bugs.
constexpr std::array planted_bugs = {
    PlantedBug::none, PlantedBug::hidden_lr_unscaled,
    PlantedBug::output_unscaled, PlantedBug::biases_like_weights};

std::vector<CoordinateRow> check_net(const Model& net, bool adam,
                                     std::int64_t steps) {
  const Samples samples =
      teacher({.examples = 32, .input_size = 8, .target_size = 4});
  const Tensor x = inputs_of(samples), y = targets_of(samples);
  const Tensor x_new = random_normal({32, 8}, {0, 100});
  const LayersOf layers = [&](const std::vector<Tensor>& w) {
    std::vector<Layer> all = net.layers(w, x_new);
    all.insert(all.begin(), {"bias1", w[1], w[1]});
    return all;
  };
  Adam by_adam(net, {.lr = 0.001, .eps = 0});
  Sgd by_sgd(net, {.lr = 0.04});
  const TrainingStep step = [&](std::vector<Tensor> w, std::int64_t) {
    const std::vector<Tensor> g = grad(mse_half_mean(net(w, x), y), w);
    adam ? by_adam.step(w, g) : by_sgd.step(w, g);
    return w;
  };
  return coordinate_check(layers, init(net, 0), step, steps);
}

}  // namespace

// bug, 1 for Adam, steps. Rows, width after width: width, step, the sizes of bias1,
// layer1, layer2 and output, and their changes.
Steps coordinates(Controls at) {
  const PlantedBug bug = planted_bugs.at(std::size_t(at[0]));
  const bool adam = at[1] == 1;
  const auto steps = std::int64_t(at[2]);
  return [=, width = std::int64_t{64}, rows = std::vector<CoordinateRow>{},
          i = std::size_t{0}]() mutable -> Row {
    constexpr std::size_t layers = 4;
    if (i == rows.size()) {
      if (i > 0) width *= 2;
      if (width > 512) return {};
      rows =
          check_net(fcn({.in = 8,
                         .width = width,
                         .depth = 3,
                         .out = 4,
                         .bias = true,
                         .last = {.zero = bug != PlantedBug::output_unscaled},
                         .parametrisation = planted(abc::mup_table3, bug)}),
                    adam, steps);
      i = 0;
    }
    Row row = {double(width), double(rows[i].step)};
    for (std::size_t l = 0; l < layers; ++l) row.push_back(rows[i + l].rms);
    for (std::size_t l = 0; l < layers; ++l)
      row.push_back(rows[i + l].delta_rms);
    i += layers;
    return row;
  };
}

}  // namespace gradus::live
