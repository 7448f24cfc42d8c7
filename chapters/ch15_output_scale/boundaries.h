#pragma once

#include <cmath>
#include <limits>
#include <optional>

#include "chapters/ch15_output_scale/rising.h"

/// The boundaries of chapter 15's networks.
namespace gradus {

// A point of the grid, to the digit.
inline double log2_of(const std::optional<CriticalConstant>& c) {
  return c ? std::round(10 * std::log2(c->c)) / 10
           : std::numeric_limits<double>::quiet_NaN();
}

// With a margin, also the boundary of a sharpness that rises by more than it.
inline void measure(const EarlyTraining& training, SweepRows& rows,
                    double margin = 0) {
  const Sharpness initial = initial_sharpness(training);
  const Boundaries found = find_boundaries(training, initial);
  const CriticalConstants& c = found.constants;
  const Tensor f = training.model(training.start, training.measuring.x);
  rows.add({"loss_0", training.loss(f, training.measuring.y).item()});
  rows.add({"lambda", initial.lambda_max});
  rows.add({"residual", initial.relative_residual()});
  rows.add({"x_loss", log2_of(c.c_loss)});
  rows.add({"x_sharp", log2_of(c.c_sharp)});
  rows.add({"x_barrier", log2_of(c.c_barrier)});
  rows.add({"x_max", log2_of(c.c_max)});
  if (margin > 0)
    rows.add({"x_sharp_margin",
              log2_of(find_c_sharp(training, initial, found, margin))});
}

}  // namespace gradus
