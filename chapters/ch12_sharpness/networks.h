#pragma once

#include <cstdint>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/ch12_sharpness/lanczos.h"
#include "data/examples.h"
#include "nn/losses.h"
#include "nn/models.h"

/// Chapter 12. Networks, their examples and their loss.
namespace gradus {

constexpr int top_count = 12;  // largest eigenvalues in the part "top"

inline Examples random_examples(std::int64_t count, std::int64_t in,
                                std::int64_t out, Random random) {
  const Random next{random.seed, random.stream + 1};
  return {random_normal({count, in}, random, 1.0, DType::f64),
          random_normal({count, out}, next, 1.0, DType::f64)};
}

inline Model network(const Examples& examples, std::int64_t width,
                     std::int64_t depth) {
  return fcn({.in = examples.x.dim(1),
              .width = width,
              .depth = depth,
              .out = examples.y.dim(1)});
}

inline Tensor loss_of(const Model& net, const Params& w,
                      const Examples& examples) {
  return mse_half_mean(net(w, examples.x), examples.y);
}

}  // namespace gradus
