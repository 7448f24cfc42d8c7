#pragma once

#include <vector>

#include "chapters/ch17_super_consistency/experiment.h"
#include "chapters/support/options.h"
#include "data/examples.h"
#include "data/load.h"
#include "nn/models.h"

/// What chapter 17 trains, on what, and when it looks.
namespace gradus {

// Targets of one output say whether the class is odd, 1 or -1; ten are one-hot.
inline Examples task(const Options& options, std::int64_t outputs) {
  const Dataset images = first(embedded_fashion_mnist().train, image_count);
  const Tensor x =
      pooled_images(images, 4, Layout::flat, options.dtype, options.device);
  if (outputs > 1)
    return {x,
            one_hot(images.labels, outputs, options.dtype, options.device)};
  std::vector<double> odd;
  for (const int label : images.labels) odd.push_back(label % 2 ? 1 : -1);
  return {x, from_host(odd, Shape{image_count, 1}, options.dtype,
                       options.device)};
}

inline Model network(const Variant& variant, std::int64_t width,
                     std::int64_t outputs = 1) {
  return fcn({.in = 49,
              .width = width,
              .depth = 3,
              .out = outputs,
              .parametrisation = variant.table,
              .base_width = variant.base_width});
}

inline bool measured(int step) {
  return step <= 2 || step == 5 || step % 10 == 0;
}

}  // namespace gradus
