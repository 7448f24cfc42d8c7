#pragma once

#include <memory>
#include <optional>

#include "chapters/live/live.h"
#include "nn/instruments/early_training.h"
#include "nn/models.h"

/// What the figures of chapters 14 and 15 share: ten steps at one point of a diagram.
namespace gradus::live {

/// A network on 512 images, and its sharpness before training, which costs more than ten steps: the
/// figures keep it from one c to the next.
struct Start {
  EarlyTraining training;
  double tolerance;                   ///< of that sharpness
  std::optional<EigenSearch> search;  ///< while it runs
  Spectrum initial;                   ///< what it has found so far
};
std::shared_ptr<Start> start_of(const FcnConfig& network, double tolerance);

/// First 0 and the loss; then lambda_0, alone in its row, from below where it is still searched; then
/// the losses: step, loss; then, since they take longer, the sharpness: step, loss, lambda over
/// lambda_0.
Steps ten_steps(const std::shared_ptr<Start>& start, double c);

}  // namespace gradus::live
