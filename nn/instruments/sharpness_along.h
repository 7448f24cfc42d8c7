#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "autodiff/hvp.h"
#include "data/examples.h"
#include "nn/model.h"
#include "nn/optimisers.h"

/// The sharpness along a training of any length, as chapters 16 and 17 follow it to the edge of
/// stability (Cohen et al. 2021).
namespace gradus {

/// What is trained, how long, and when it is measured.
struct TrainingAlong {
  Model model;
  std::function<Tensor(const Tensor& f, const Tensor& y)> loss;
  std::vector<Tensor> start;  ///< the parameters at initialisation
  Examples measuring;         ///< loss and sharpness are always those of these examples
  /// What step 0, 1, ... trains on; all of `measuring` where it is empty.
  std::function<Examples(int step)> batch = {};
  int steps = 1000;
  /// Whether there is to be a row before step 0, 1, ..., and after the last: always where it is
  /// empty. To measure costs time, and changes nothing of the training.
  std::function<bool(int step)> measure = {};
  double divergence = 1e5;  ///< the training ends as soon as its loss is not <= this
  /// Of the sharpness: its relative residual. One that has overtaken the last by less than about ten
  /// times this may be seen a few rows late.
  double tolerance = 1e-2;
  std::int64_t max_products = 100;
  Hvp::Options hvp = {};  ///< memory for the graph that the products of one row share
};

/// What was measured before a step.
struct SharpnessRow {
  int step = 0;
  double loss = 0;
  /// NaN where the training has diverged.
  double sharpness = std::numeric_limits<double>::quiet_NaN();
  double residual = std::numeric_limits<double>::quiet_NaN();  ///< relative to the sharpness
  std::int64_t products = 0;                                   ///< with the Hessian
  /// Steps since the row before on which the loss rose that was trained on: that of a batch, where
  /// there are batches.
  int rises = 0;
  /// The mean curvature along the last step, by two gradients: <d, g - g'> / <d, d> with d that
  /// step, g' the gradient before it and g the one after. It is at most the largest curvature on the
  /// line. NaN before the first step, and where there are batches.
  double along_step = std::numeric_limits<double>::quiet_NaN();
};

/// Trains, and measures when asked: the largest eigenvalue of D^1/2 H D^1/2, with D the step that
/// the optimiser takes for one unit of its learning rate along a unit of gradient. On a parabola
/// gradient descent is stable while lr times this is below 2, with momentum m below 2 (1 + m).
/// Each search starts from the last eigenvector and noise: without it, an eigenvalue that overtakes
/// the first would not be seen. A training that diverges ends with a row that says so.
///
/// For Sgd, D holds the learning-rate factor of each parameter.
std::vector<SharpnessRow> sharpness_along(const TrainingAlong& training, Sgd optimiser);
/// For Adam, D is the factor over the root of the second moment, plus eps, entry by entry, as the
/// coming step uses it; 0 for an entry that takes none. While these change slowly, that step is
/// stable below 2 (1 + beta1) / (1 - beta1) (Cohen et al. 2022).
std::vector<SharpnessRow> sharpness_along(const TrainingAlong& training, Adam optimiser);

}  // namespace gradus
