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
      sharpness_at(kept.training, kept.training.start, {.tolerance = 1e-2});
  return kept;
}

}  // namespace

Steps ten_steps(const EarlyTraining& training, const Sharpness& initial,
                double c) {
  using Params = std::vector<Tensor>;
  return [=, w = std::vector<Params>{training.start},
          loss = std::vector<double>{}, t = std::size_t{0},
          top = initial.eigenvector]() mutable -> Row {
    const auto& [x, y] = training.measuring;
    if (w.size() > loss.size()) {
      const Tensor L = mse_half_mean(training.model(w.back(), x), y);
      loss.push_back(L.item());
      if (L.item() <= training.limits.divergence &&
          loss.size() <= std::size_t(training.steps)) {
        Params moved = w.back();
        Sgd(training.model, {.lr = c / initial.lambda_max})
            .step(moved, grad(L, moved));
        w.push_back(moved);
      }
      return {double(loss.size() - 1), loss.back()};
    }
    if (t == loss.size()) return {};
    double lambda = initial.lambda_max;
    if (!(loss[t] <= training.limits.divergence)) {
      lambda = std::nan("");
    } else if (t > 0) {
      const Sharpness found = sharpness_at(
          training, w[t], {.tolerance = training.tolerance, .start = top});
      top = found.eigenvector, lambda = found.lambda_max;
    }
    const Row row = {double(t), loss[t], lambda / initial.lambda_max};
    return ++t, row;
  };
}

// width, log2 c.
Steps early_training(Controls at) {
  const Start& start = start_of(std::int64_t(at[0]));
  return ten_steps(start.training, start.initial, std::exp2(at[1]));
}

}  // namespace gradus::live
