#pragma once

#include <vector>

#include "nn/instruments/early_training.h"

/// What the runs of early_training.cpp and the search of boundaries.cpp share; of no use outside.
namespace gradus::early {

Tensor loss_on(const EarlyTraining& training, const std::vector<Tensor>& w, const Examples& on);

/// The loss on the measuring batch as a function of the parameters.
inline auto measured_loss(const EarlyTraining& training) {
  return [&training](const std::vector<Tensor>& w) {
    return loss_on(training, w, training.measuring);
  };
}

/// What counts as a raised sharpness lies above this.
double raised(const EarlyTraining& training, const Sharpness& initial);

/// Whether one is above the bound, or not a number.
bool ever_above(const std::vector<double>& values, double bound);

/// Throws unless there is a step to be made, and lambda_0 is positive and finite.
void check_run(const EarlyTraining& training, const Sharpness& initial);

/// A run as far as it has come: what was measured, the parameters that were not measured yet or are
/// the last, and the eigenvector that the next sharpness is searched from.
struct Run {
  Trajectory trajectory;
  std::vector<Tensor> end;
  std::vector<Tensor> direction;
};

/// Goes on with a run to its last step.
void train(Run& run, const EarlyTraining& training, const Sharpness& initial,
           const Measured& measured);

}  // namespace gradus::early
