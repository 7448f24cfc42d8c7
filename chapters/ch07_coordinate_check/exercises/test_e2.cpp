#include <cmath>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/coordinate_check.h"
#include "nn/instruments/fits.h"
#include "nn/losses.h"
#include "nn/optimisers.h"
#include "tests/exercise.h"

using namespace gradus;

double logit_scale(double n);

namespace {

// All logits between 16 examples of 8 numbers. W_q and W_k are input weights: muP leaves their Adam
// rate as it is.
Model logits_net(std::int64_t n) {
  const double std = 1 / std::sqrt(8.0);
  return {.name = "logits",
          .params = {{.name = "W_q",
                      .role = Role::input,
                      .shape = {8, n},
                      .init_std = std},
                     {.name = "W_k",
                      .role = Role::input,
                      .shape = {8, n},
                      .init_std = std}},
          .forward = [n](const std::vector<Tensor>& w, const Tensor& x,
                         std::vector<Layer>* layers) {
            const Tensor q = matmul(x, w[0]), k = matmul(x, w[1]);
            const Tensor f = logit_scale(static_cast<double>(n)) *
                             matmul(q, k, false, true);
            add_layer(layers, "query", q, q);
            add_layer(layers, "key", k, k);
            add_layer(layers, "logits", f, f);
            return f;
          }};
}

double change_of_logits(std::int64_t n, std::uint64_t seed) {
  const Model net = logits_net(n);
  const Tensor x = random_normal({16, 8}, {seed, 100}, 1.0, DType::f64);
  const Tensor c = random_normal({16, 16}, {seed, 101}, 1.0, DType::f64);
  Adam adam(net, {.lr = 0.003, .eps = 0});
  const std::vector<CoordinateRow> rows = coordinate_check(
      [&](const std::vector<Tensor>& w) { return net.layers(w, x); },
      init(net, seed, DType::f64),
      [&](std::vector<Tensor> w, std::int64_t) {
        adam.step(w, grad(linear_loss(net(w, x), c), w));
        return w;
      },
      5);
  return rows.back().delta_rms;
}

}  // namespace

TEST_CASE("the change of the logits does not depend on the width") {
  const std::vector<double> widths = {64, 256, 1024, 4096};
  std::vector<double> changes;
  for (const double n : widths) {
    double sum = 0;
    for (std::uint64_t seed = 0; seed < 4; ++seed)
      sum += change_of_logits(static_cast<std::int64_t>(n), seed);
    changes.push_back(sum / 4);
  }
  expect_near("slope of the change of the logits against n",
              fit_log_log(widths, changes).slope, 0, 0.1,
              {{"n^-1/2 is for random terms: training aligns k with q", 0.5},
               {"how many terms does the sum have, and of which sign?"}});
}

TEST_CASE("at n = 64 nothing has changed") {
  expect_near(
      "scale at n = 64", logit_scale(64), 0.125, 1e-12,
      {{"the power is right, the factor is that of n = 1", 1 / 64.0}});
}
