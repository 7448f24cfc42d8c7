#include <cmath>
#include <cstdint>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/fits.h"
#include "nn/instruments/norms.h"
#include "nn/models.h"
#include "nn/vectors.h"
#include "tests/exercise.h"

using namespace gradus;

std::vector<double> layer_rates(std::int64_t inputs, std::int64_t width,
                                std::int64_t depth);
double power_of_last_hidden();

namespace {

// Means over the seeds, per unit of the rate.
struct Step {
  std::vector<double> shares;  // of each layer in the rise of f
  double last_hidden = 0;      // rms change of the last hidden layer
};

Step mean_step(std::int64_t inputs, std::int64_t width, std::int64_t depth,
               int seeds) {
  const Model net =
      fcn({.in = inputs, .width = width, .depth = depth, .out = 1});
  const std::vector<double> rates = layer_rates(inputs, width, depth);
  REQUIRE(rates.size() == static_cast<std::size_t>(depth));
  const Tensor x = ones({1, inputs}, DType::f64);
  const double lr = 1e-5;
  Step mean{.shares = std::vector<double>(rates.size())};
  for (int seed = 0; seed < seeds; ++seed) {
    const std::vector<Tensor> w =
        init(net, static_cast<std::uint64_t>(seed), DType::f64);
    const std::vector<Layer> before = net.layers(w, x);
    const std::vector<Tensor> g = grad(sum(before.back().h), w);
    std::vector<Tensor> moved;
    for (std::size_t l = 0; l < w.size(); ++l) {
      mean.shares[l] += rates[l] * dot(g[l], g[l]).item() / seeds;
      moved.push_back(w[l] + lr * rates[l] * g[l]);
    }
    const std::vector<Layer> after = net.layers(moved, x);
    const std::size_t last = after.size() - 2;
    mean.last_hidden += rms(after[last].h - before[last].h) / lr / seeds;
  }
  return mean;
}

}  // namespace

TEST_CASE("every layer has the same share of the rise") {
  for (const std::int64_t depth : {4, 2, 7})
    for (const std::int64_t inputs : {2, 784})
      for (const std::int64_t width : {64, 128}) {
        const std::vector<double> shares =
            mean_step(inputs, width, depth, 64).shares;
        for (std::size_t l = 0; l < shares.size(); ++l) {
          const double part = shares[l] * double(depth);
          INFO("depth " << depth << ", width " << width << ", " << inputs
                        << " inputs");
          const bool first = l == 0, last = l + 1 == shares.size();
          expect_near(
              "share of layer " + std::to_string(l + 1) + " times the depth",
              part, 1, 0.25,
              {{"a share of 1 / depth, at every depth",
                depth == 4 ? NAN : double(depth) / 4},
               {last ? "the output weights' share has no 1/2"
                     : "half of the units are active: n / 2",
                last ? 2.0 : 0.5},
               {first ? "the input weights' share holds d_in, not n"
                      : "a share of 1 / depth, at every depth"}});
        }
      }
}

TEST_CASE("the power of the width in the last hidden layer's move") {
  const std::vector<double> widths = {64, 128, 256, 512};
  std::vector<double> moves;
  for (const double width : widths)
    moves.push_back(
        mean_step(2, static_cast<std::int64_t>(width), 3, 8).last_hidden);
  const double power = fit_log_log(widths, moves).slope;
  expect("power", std::abs(power_of_last_hidden() - power) < 0.15,
         std::to_string(power_of_last_hidden()), "the one that was measured",
         "f rises by order one: through n output weights of size n^-1/2");
}
