// Chapter 14, live: ten steps at one point of the diagram.

#include <cmath>

#include "autodiff/grad.h"
#include "chapters/live/live.h"
#include "data/load.h"
#include "nn/instruments/early_training.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"

namespace gradus::live {
namespace {

// The network of this width, and its sharpness before training.
struct Start {
  std::int64_t width = 0;
  EarlyTraining training;
  Sharpness initial;
};

const Start& start_of(std::int64_t width) {
  static Start kept;  // lambda_0 costs more than ten steps
  if (kept.width == width) return kept;
  const Dataset images = first(embedded_fashion_mnist().train, 512);
  const Model net = fcn({.width = width, .depth = 4});
  kept = {width,
          {.model = net,
           .loss = mse_half_mean,
           .start = init(net, 0),
           .measuring = {standardised_images(images, Layout::flat),
                         one_hot(images.labels, images.classes)}},
          {}};
  kept.initial =
      sharpness_at(kept.training, kept.training.start, {.tolerance = 1e-3});
  return kept;
}

}  // namespace

Steps ten_steps(const EarlyTraining& training, const Sharpness& initial,
                double c) {
  return [=, t = std::size_t{0}, loss = std::vector<double>{},
          w = training.start, top = initial.eigenvector]() mutable -> Row {
    if (t == 0) loss = train_early(training, initial, c, {}).loss;
    if (t == 2 * loss.size()) return {};
    const std::size_t step = t++ % loss.size();
    if (t <= loss.size()) return {double(step), loss[step]};
    if (!(loss[step] <= training.limits.divergence))
      return {double(step), loss[step], std::nan("")};
    double lambda = initial.lambda_max;
    if (step > 0) {
      const Sharpness found = sharpness_at(
          training, w, {.tolerance = training.tolerance, .start = top});
      top = found.eigenvector, lambda = found.lambda_max;
    }
    const auto& [x, y] = training.measuring;
    const Tensor L = mse_half_mean(training.model(w, x), y);
    Sgd(training.model, {.lr = c / initial.lambda_max}).step(w, grad(L, w));
    return {double(step), loss[step], lambda / initial.lambda_max};
  };
}

// width, log2 c.
Steps early_training(Controls at) {
  const Start& start = start_of(std::int64_t(at[0]));
  return ten_steps(start.training, start.initial, std::exp2(at[1]));
}

}  // namespace gradus::live
