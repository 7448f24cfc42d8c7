#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "autodiff/program/program.h"
#include "chapters/support/options.h"
#include "data/batches.h"
#include "data/examples.h"
#include "data/load.h"
#include "nn/losses.h"
#include "nn/optimisers.h"

/// What chapter 10 trains, and how.
namespace gradus {

using Params = std::vector<Tensor>;

// 2048 images of Fashion-MNIST; in quick mode means over 2 x 2 pixels, so
// that there are 196 inputs.
inline Examples load(const Options& options) {
  const Dataset images = embedded_fashion_mnist().train;
  return {
      pooled_images(images, options.full ? 1 : 2, Layout::flat, options.dtype,
                    options.device),
      one_hot(images.labels, images.classes, options.dtype, options.device)};
}

inline Params start_of(const Model& net, const Examples& images,
                       std::uint64_t seed) {
  return init(net, seed, images.x.dtype(), images.x.device());
}

// [train]
// Trains w, and gives the loss after 200 steps: the mean over the last 32
// batches, an epoch.
inline double train(const Model& net, Params& w, const Adam::Options& options,
                    const Examples& images, std::uint64_t seed) {
  Adam adam(net, options);
  Program next(
      [&](const Params& batch) -> Params {
        const Tensor L = softmax_cross_entropy(net(w, batch[0]), batch[1]);
        adam.step(w, grad(L, w));
        return {L};
      },
      {&w, &adam.first, &adam.second, &adam.steps}, {.onto = false});
  Batches batches(images.x.dim(0), 64, seed);
  double sum = 0;
  for (int step = 0; step < 200; ++step) {
    const std::vector<std::int64_t> picked = batches.at(step);
    const Tensor L = next(
        {gather_rows(images.x, picked), gather_rows(images.y, picked)})[0];
    if (!(L.item() <= 1e5)) return std::numeric_limits<double>::quiet_NaN();
    if (step >= 168) sum += L.item();
  }
  return sum / 32;
}
// [train]

}  // namespace gradus
