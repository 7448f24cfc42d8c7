#pragma once

#include <vector>

#include "autodiff/ops.h"
#include "nn/instruments/early_training.h"

/// Chapter 15. What a network with a zero last layer has before it trains: its
/// features, and what a linear model on them can see of the labels.
namespace gradus {

using Params = std::vector<Tensor>;

// [frozen]
// The last layer alone, on the features that the others have at the start.
inline EarlyTraining frozen_features(const EarlyTraining& whole) {
  const std::vector<Layer> layers =
      whole.model.layers(whole.start, whole.measuring.x);
  const Tensor z = stop_gradient(layers[layers.size() - 2].z);
  const Param& last = whole.model.params.back();
  const auto forward = [](const Params& w, const Tensor& features,
                          std::vector<Layer>*) {
    return matmul(features, w[0]);
  };
  const Model model{"last layer", {last}, forward};
  return {model, whole.loss, {whole.start.back()}, {z, whole.measuring.y}};
}
// [frozen]

// The share of the labels in the mode that these features see best.
inline double label_share(const EarlyTraining& frozen) {
  const auto& [z, y] = frozen.measuring;
  const auto gram = [&z = z](const Params& v) {
    return Params{matmul(z, matmul(z, v[0], true))};
  };
  const Tensor e = sharpness(gram, {slice(y, 1, 0, 1)}).eigenvector[0];
  return sum(square(matmul(e, y, true))).item() / sum(square(y)).item();
}

}  // namespace gradus
