#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "autodiff/hvp.h"
#include "data/examples.h"
#include "nn/instruments/critical.h"
#include "nn/instruments/sharpness.h"
#include "nn/model.h"

/// The first steps of gradient descent at learning rates c / lambda_0, and the boundaries in c
/// between their phases (Kalra and Barkeshli 2023): the instrument of chapters 14 and 15.
namespace gradus {

/// What is trained, and how.
struct EarlyTraining {
  Model model;
  std::function<Tensor(const Tensor& f, const Tensor& y)> loss;
  std::vector<Tensor> start;  ///< the parameters at initialisation
  Examples measuring;         ///< loss and sharpness are always those of these examples
  /// What step 0, 1, ... trains on; all of `measuring` where it is empty.
  std::function<Examples(int step)> batch = {};
  /// Where it is set, every lambda_t but the first is also measured on examples of its own, as some
  /// published ones are: as `sharpness_at` does it, and by so many power iterations.
  std::function<Examples(int step)> fresh = {};
  int power_products = 20;
  int steps = 10;
  CriticalOptions limits = {};
  /// Of lambda_t's relative residual r. The value's own error is about r^2 over the relative gap to
  /// the next eigenvalue: 1e-3 where the gap is a tenth.
  double tolerance = 1e-2;
  Hvp::Options hvp = {};  ///< memory for the graph that the products of one lambda_t share
};

/// The largest eigenvalue of the Hessian at parameters w, each tensor's learning-rate factor
/// included: with lr = c / lambda_0 the first step is stable, to second order, while c < 2.
Sharpness sharpness_at(const EarlyTraining& training, const std::vector<Tensor>& w,
                       const EigenOptions& options);

/// What is measured of a run besides its losses.
struct Measured {
  bool sharpness = false;  ///< lambda_t at every step
  bool accuracy = false;   ///< at every step; targets are one-hot labels
  bool barrier = false;    ///< of the line from start to end
  /// Stop at the first lambda_t that is found to be above (1 + margin) lambda_0; the last of the
  /// list is then a lower bound of it.
  bool until_raised = false;
};

/// Loss, and sharpness if asked for, before the first step and after every one at learning rate
/// c / lambda_0. A run that diverges ends there, with a sharpness of NaN and an infinite barrier.
/// Each eigenvector is the start of the search for the next; `initial` is that of the first.
Trajectory train_early(const EarlyTraining& training, const Sharpness& initial, double c,
                       const Measured& measured);

/// c = 2^x for x = i / per_octave, i = 0, 1, ..., last.
struct CriticalGrid {
  int per_octave = 10;
  int last = 150;

  double x(int i) const { return static_cast<double>(i) / per_octave; }
  double c(int i) const;
};

/// Every run of the grid with all that can be measured, up to the first that diverges: what
/// `critical_constants` takes. `find_boundaries` finds the same with a small part of the work.
std::vector<Trajectory> sweep_grid(const EarlyTraining& training, const Sharpness& initial,
                                   const CriticalGrid& grid = {});

/// What a search did.
struct SearchCost {
  int runs = 0, steps = 0;  ///< trainings for their losses, and their steps
  /// Trainings for their sharpness, which end where it is raised, their steps, and the Hessian
  /// products for them.
  int sharpness_runs = 0, sharpness_steps = 0;
  double products = 0;
  int lines = 0, line_points = 0;  ///< whole lines, and losses on these and other single ones
};

/// What a search found, and what it cost.
struct Boundaries {
  CriticalConstants constants;
  SearchCost cost;
  /// Answers that do not fit "from one c on, always": where this is not 0, the boundary is a matter
  /// of definition, and a sweep may name an earlier point.
  int contradictions = 0;
};

/// The critical constants by bracketing and bisection: divergence and the loss from below in coarse
/// steps, the sharpness around c_loss, the barrier from c_max down; the last three by the first step or
/// the ends of the line, and then once by the whole. The result is that of
/// `critical_constants(sweep_grid(..))` if what each constant asks for (loss above its start,
/// lambda above its start, barrier, divergence) never stops holding as c grows.
Boundaries find_boundaries(const EarlyTraining& training, const Sharpness& initial,
                           const CriticalGrid& grid = {});

/// c_sharp with another margin than that of `training.limits`, where the boundaries are known
/// already; the search begins at the c_sharp that was found.
std::optional<CriticalConstant> find_c_sharp(const EarlyTraining& training,
                                             const Sharpness& initial, const Boundaries& found,
                                             double margin, const CriticalGrid& grid = {});

}  // namespace gradus
