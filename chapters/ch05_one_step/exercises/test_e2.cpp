#include <cmath>
#include <cstdint>
#include <cstdio>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/norms.h"
#include "nn/models.h"
#include "nn/vectors.h"
#include "tests/catch.h"

using namespace gradus;

std::vector<double> layer_rates(std::int64_t inputs, std::int64_t width,
                                std::int64_t depth);

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

TEST_CASE("every layer has the same share of the rise, at every width") {
  for (const std::int64_t inputs : {2, 784})
    for (const std::int64_t width : {64, 128})
      for (const double share : mean_step(inputs, width, 4, 64).shares)
        CHECK(std::abs(4 * share - 1) < 0.25);
}

// Not a test of layer_rates but what the exercise leads to.
TEST_CASE("how far the last hidden layer moves, for you to look at") {
  for (const std::int64_t width : {64, 128, 256, 512}) {
    const double change = mean_step(2, width, 3, 8).last_hidden;
    std::printf("width %3d: rms change of h_2 per unit rate %.4f\n",
                static_cast<int>(width), change);
    CHECK(std::isfinite(change));
  }
}
