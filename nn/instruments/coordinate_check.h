#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "nn/model.h"

namespace gradus {

/// The layers of a net on a fixed batch that no training batch shares: the output is the last.
using LayersOf = std::function<std::vector<Layer>(const std::vector<Tensor>& params)>;
/// One training step: from the parameters before step number `step` (from 0) those after it.
using TrainingStep =
    std::function<std::vector<Tensor>(const std::vector<Tensor>& params, std::int64_t step)>;

/// The size of one layer's h (before the nonlinearity; f at the output) after `step` steps, and how
/// far training has moved it. In a maximal update parametrisation neither depends on the width, but
/// for f at step 0, which is of order width^-1/2.
struct CoordinateRow {
  std::int64_t step = 0;
  std::string layer;
  bool is_output = false;
  double rms = 0;        ///< of h(t)'s entries
  double delta_rms = 0;  ///< of h(t) - h(0); 0 at step 0, where nothing can be learned from it
};

/// The coordinate check of Yang et al. 2022 (Tensor Programs V, appendix D.1): rows for steps
/// 0..steps, each with all layers. What to look at is the slope of delta_rms over widths
/// (fit_log_log).
std::vector<CoordinateRow> coordinate_check(const LayersOf& layers, std::vector<Tensor> params,
                                            const TrainingStep& training_step, std::int64_t steps);

}  // namespace gradus
