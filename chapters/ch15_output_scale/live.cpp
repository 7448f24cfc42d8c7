// Chapter 15, live: ten steps of a network whose output is multiplied by alpha.

#include <cmath>

#include "chapters/live/live.h"
#include "data/load.h"
#include "nn/instruments/early_training.h"
#include "nn/losses.h"
#include "nn/models.h"

namespace gradus::live {
namespace {

// The network with this factor on its output, and its sharpness.
struct Scaled {
  double alpha = 0;
  EarlyTraining training;
  Sharpness initial;
};

const Scaled& times(double alpha) {
  static Scaled kept;  // lambda_0 costs more than ten steps
  if (kept.alpha == alpha) return kept;
  const Dataset images = first(embedded_fashion_mnist().train, 512);
  const Model net = fcn({.width = 64, .depth = 4, .last = {.alpha = alpha}});
  kept = {alpha,
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

// log2 alpha, log2 c. First lambda_0, alone in its row; then as ten_steps.
Steps alpha(Controls at) {
  const Scaled& scaled = times(std::exp2(at[0]));
  return
      [first = true, lambda = scaled.initial.lambda_max,
       rest = ten_steps(scaled.training, scaled.initial,
                        std::exp2(at[1]))]() mutable -> std::optional<Row> {
        if (!first) return rest();
        first = false;
        return Row{lambda};
      };
}

}  // namespace gradus::live
