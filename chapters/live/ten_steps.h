#pragma once

#include "chapters/live/live.h"
#include "nn/instruments/early_training.h"
#include "nn/models.h"

/// What the figures of chapters 14 and 15 share: ten steps at one point of a diagram.
namespace gradus::live {

/// A network on 512 images, and its sharpness before training.
struct Start {
  EarlyTraining training;
  Sharpness initial;
};
/// `tolerance` is that of the sharpness, which costs more than ten steps.
Start start_of(const FcnConfig& network, double tolerance);

/// First the losses: step, loss; then, since they take longer, the sharpness: step, loss, lambda
/// over lambda_0.
Steps ten_steps(const Start& start, double c);

}  // namespace gradus::live
