#pragma once

#include <cstdint>

#include "chapters/ch14_phase_diagram/setup.h"
#include "data/batches.h"
#include "data/load.h"
#include "nn/instruments/early_training.h"
#include "nn/losses.h"

/// What chapter 14 trains.
namespace gradus {

/// Measured on the first `measure` images. With --batch, training goes through all images in
/// batches; with --fresh every other batch goes to a Hessian instead.
inline EarlyTraining training_of(const Setup& setup, const Dataset& images,
                                 const Options& options, std::int64_t width,
                                 std::int64_t depth, std::uint64_t seed) {
  const bool flat = setup.model == "fcn" || setup.model == "linear";
  const auto examples = [=](const Dataset& part) {
    return examples_of(part, flat ? Layout::flat : Layout::nhwc,
                       options.dtype, options.device);
  };
  const Model net = net_of(setup, images, width, depth);
  EarlyTraining training{
      .model = net,
      .loss = setup.loss == "mse" ? mse_half_mean : softmax_cross_entropy,
      .start = init(net, seed, options.dtype, options.device),
      .measuring = examples(first(images, setup.measure)),
      .hvp = {.budget_bytes = std::int64_t{setup.memory} << 30}};
  if (setup.batch == 0) return training;
  const Batches batches(images.size(), setup.batch, seed);
  const auto drawn = [=, &images](int number) {
    Batches order = batches;
    return examples(select(images, order.at(number)));
  };
  const int stride = setup.fresh ? 2 : 1;
  training.batch = [=](int step) { return drawn(stride * step); };
  if (setup.fresh)
    training.fresh = [=](int step) { return drawn(stride * step - 1); };
  return training;
}

}  // namespace gradus
