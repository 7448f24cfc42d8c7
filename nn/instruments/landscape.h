#pragma once

#include <functional>
#include <vector>

#include "autodiff/tensor.h"

namespace gradus {

/// The loss at points from + t (to - from), t from 0 to 1.
struct LossLine {
  std::vector<double> t;
  std::vector<double> loss;

  /// How far the line rises above the loss at its start; 0 where it never does. A NaN or infinite
  /// loss on the way gives infinity. The true barrier may be higher between two of the points.
  double barrier() const;
  /// The t of the highest of the points; the first where several are.
  double barrier_at() const;
};

/// Walks the straight line in parameter space between two settings of the parameters, at
/// equidistant points (Goodfellow et al. 2015; 101 points as in Kalra and Barkeshli 2023). Both
/// ends are exact.
LossLine loss_along_line(const std::function<Tensor(const std::vector<Tensor>& params)>& loss,
                         const std::vector<Tensor>& from, const std::vector<Tensor>& to,
                         int points = 101);

/// Whether the barrier of the same points is above 0. Coarse points come first, and the first that
/// lies above the start ends the walk.
bool line_has_barrier(const std::function<Tensor(const std::vector<Tensor>& params)>& loss,
                      const std::vector<Tensor>& from, const std::vector<Tensor>& to,
                      int points = 101);

}  // namespace gradus
