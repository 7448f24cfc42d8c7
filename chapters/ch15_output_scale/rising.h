#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "chapters/ch15_output_scale/experiment.h"
#include "chapters/support/csv.h"
#include "chapters/support/sweep.h"
#include "nn/instruments/early_training.h"
#include "nn/losses.h"

/// What chapter 15 trains, and whether its loss and its sharpness rise.
namespace gradus {

inline EarlyTraining training_of(const Variant& v, std::int64_t width,
                                 std::uint64_t seed, const Examples& data,
                                 std::int64_t depth = 4) {
  const Model net = fcn({.in = data.x.dim(1),
                         .width = width,
                         .depth = depth,
                         .last = v.last,
                         .parametrisation = v.table,
                         .base_width = 64});
  return {net, mse_half_mean,
          init(net, seed, data.x.dtype(), data.x.device()), data};
}

inline Sharpness initial_sharpness(const EarlyTraining& training) {
  return sharpness_at(training, training.start, {.tolerance = 1e-3});
}

inline bool rises(const EarlyTraining& training, const Sharpness& initial,
                  double x) {
  const std::vector<double> loss =
      train_early(training, initial, std::exp2(x), {}).loss;
  return std::any_of(loss.begin(), loss.end(),
                     [&](double L) { return !(L <= loss[0]); });
}

// Whether the loss rises at these c.
inline void rising(const EarlyTraining& training, SweepRows& rows) {
  const Sharpness initial = initial_sharpness(training);
  for (const double x : {0.9, 1.3, 2.0})
    rows.add({"rises at " + format_number(x), rises(training, initial, x)});
}

// How far the sharpness rises in ten steps, as a share of lambda_0.
inline void sharpness_rises(EarlyTraining training, SweepRows& rows) {
  training.tolerance = 1e-3;
  const Sharpness initial = initial_sharpness(training);
  for (const double x : {0.0, 1.2}) {
    const std::vector<double> lambda =
        train_early(training, initial, std::exp2(x), {.sharpness = true})
            .sharpness;
    rows.add({"rise at " + format_number(x),
              *std::max_element(lambda.begin(), lambda.end()) /
                      initial.lambda_max -
                  1});
  }
}

}  // namespace gradus
