#pragma once

#include <cstdint>
#include <optional>

#include "chapters/ch14_phase_diagram/setup.h"
#include "data/batches.h"
#include "data/load.h"
#include "nn/instruments/early_training.h"
#include "nn/instruments/span.h"
#include "nn/losses.h"

/// What chapter 14 trains.
namespace gradus {

/// What the networks of a sweep are measured on, one after another.
struct Measuring {
  Examples examples;
  std::optional<Span> span;  ///< where networks are trained in it
};

inline bool flat(const Setup& setup) {
  return setup.model == "fcn" || setup.model == "linear";
}

inline Examples examples_of(const Setup& setup, const Dataset& part,
                            const Options& options) {
  return examples_of(part, flat(setup) ? Layout::flat : Layout::nhwc,
                     options.dtype, options.device);
}

/// The first `measure` images. Where a network flattens them and trains on no
/// others, their span is all that it sees: 512 numbers an image, not 784.
inline Measuring measuring_of(const Setup& setup, const Dataset& images,
                              const Options& options) {
  const Examples examples =
      examples_of(setup, first(images, setup.measure), options);
  const bool small = setup.measure < images.image_size();
  if (!flat(setup) || setup.batch > 0 || !small) return {examples, {}};
  return {examples, span_of(examples.x)};
}

/// With --batch, training goes through all images in batches; with --fresh every
/// other batch goes to a Hessian instead.
inline EarlyTraining training_of(const Setup& setup, const Dataset& images,
                                 const Measuring& on, const Options& options,
                                 std::int64_t width, std::int64_t depth,
                                 std::uint64_t seed) {
  const Model net = net_of(setup, images, width, depth);
  EarlyTraining training{
      .model = net,
      .loss = setup.loss == "mse" ? mse_half_mean : softmax_cross_entropy,
      .start = init(net, seed, options.dtype, options.device),
      .measuring = on.examples,
      .hvp = {.budget_bytes = std::int64_t{setup.memory} << 30}};
  if (on.span) return in_span(training, *on.span);
  if (setup.batch == 0) return training;
  const Batches batches(images.size(), setup.batch, seed);
  const auto drawn = [=, &images](int number) {
    Batches order = batches;
    return examples_of(setup, select(images, order.at(number)), options);
  };
  const int stride = setup.fresh ? 2 : 1;
  training.batch = [=](int step) { return drawn(stride * step); };
  if (setup.fresh)
    training.fresh = [=](int step) { return drawn(stride * step - 1); };
  return training;
}

}  // namespace gradus
