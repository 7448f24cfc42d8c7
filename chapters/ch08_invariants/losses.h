#pragma once

#include <cstdint>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/ch08_invariants/experiment.h"
#include "chapters/support/options.h"
#include "chapters/support/sweep.h"
#include "data/batches.h"
#include "data/examples.h"
#include "nn/losses.h"
#include "nn/optimisers.h"

/// The loss along the trainings whose weights chapter 8 measures.
namespace gradus {

// Of each batch, before it makes its step.
inline void loss_along(const Model& net, const Examples& images,
                       std::uint64_t seed, SweepRows& rows) {
  std::vector<Tensor> w = init(net, seed, images.x.dtype());
  Sgd sgd(net, {.lr = training_rate});
  Batches batches(images.x.dim(0), training_batch, seed);
  for (std::int64_t step = 0; step <= moments.back(); ++step) {
    const auto batch = batches.at(step);
    const Tensor f = net(w, gather_rows(images.x, batch));
    const Tensor L = softmax_cross_entropy(f, gather_rows(images.y, batch));
    rows.add({step, L.item()});
    sgd.step(w, grad(L, w));
  }
}

/// Of SP, the first of compared(), the first four seeds of each width.
inline void measure_losses(const Examples& images, const Options& options) {
  Sweep sweep(options, "losses", {"width", "seed"}, {"step", "loss"});
  for (std::int64_t width : {64, 128, 256, 512, 1024, 2048})
    for (std::int64_t k = 0; k < 4; ++k)
      sweep.cell(
          {width, k},
          [=, seed = own_seed(options.seed, 0, width, k)](SweepRows& rows) {
            loss_along(network(compared()[0], width, images.x.dim(1)), images,
                       seed, rows);
          },
          double(width * width));
  sweep.run();
}

}  // namespace gradus
