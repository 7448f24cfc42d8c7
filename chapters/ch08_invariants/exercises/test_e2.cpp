#include <cmath>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/norms.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "tests/exercise.h"

using namespace gradus;

std::vector<Tensor> spectral_step(const std::vector<Tensor>& w,
                                  const std::vector<Tensor>& g, double size);

TEST_CASE(
    "the change has the size that was asked for, in the gradient's "
    "direction") {
  const std::vector<Tensor> w = {
      random_normal({20, 80}, {1, 0}, 1.0, DType::f64),
      random_normal({80, 5}, {1, 1}, 1.0, DType::f64)};
  const std::vector<Tensor> g = {
      random_normal({20, 80}, {1, 2}, 1e-5, DType::f64),
      random_normal({80, 5}, {1, 3}, 1e3, DType::f64)};
  const std::vector<Tensor> moved = spectral_step(w, g, 0.25);
  REQUIRE(moved.size() == 2);
  for (std::size_t l = 0; l < 2; ++l) {
    const Tensor change = moved[l] - w[l];
    const double shape = std::sqrt(static_cast<double>(w[l].dim(0)) /
                                   static_cast<double>(w[l].dim(1)));
    const double inverted = 0.25 / (shape * shape);
    const double frobenius =
        0.25 * spectral_norm(g[l]).value / frobenius_norm(g[l]);
    INFO("matrix " << w[l].dim(0) << " by " << w[l].dim(1));
    expect_near("sqrt(fan_in / fan_out) ||change||_2",
                shape * spectral_norm(change).value, 0.25, 0.25e-3,
                {{"fan_in and fan_out are exchanged", shape * shape * 0.25},
                 {"fan_in and fan_out are exchanged", inverted},
                 {"the factor of the shape is missing", shape * 0.25},
                 {"the Frobenius norm, where the spectral one is asked for",
                  frobenius}});
    expect_near("cosine between change and gradient",
                dot(change, g[l]).item() /
                    (frobenius_norm(change) * frobenius_norm(g[l])),
                -1, 1e-9, {{"a step goes against the gradient", 1.0}});
  }
}

TEST_CASE("a zero gradient moves nothing") {
  const Tensor w = random_normal({6, 6}, {2, 0}, 1.0, DType::f64);
  const std::vector<Tensor> moved =
      spectral_step({w}, {zeros({6, 6}, DType::f64)}, 0.1);
  REQUIRE(moved.size() == 1);
  expect_near("distance moved", frobenius_norm(moved[0] - w), 0, 0,
              {{"0 / 0: a norm of zero has no direction"}});
}

TEST_CASE(
    "hidden features move equally at widths 64 and 1024, without a learning "
    "rate per layer") {
  const auto feature_change = [](std::int64_t width) {
    const Model net = fcn({.in = 32,
                           .width = width,
                           .depth = 4,
                           .out = 1,
                           .parametrisation = abc::sp});
    const Tensor x = random_normal({1, 32}, {3, 100}, 1.0, DType::f64);
    const std::vector<Tensor> w = init(net, 3, DType::f64);
    const std::vector<Tensor> g =
        grad(linear_loss(net(w, x), full({1}, 1.0, DType::f64)), w);
    const std::vector<Tensor> moved = spectral_step(w, g, 0.02);
    return rms(net.layers(moved, x)[2].h - net.layers(w, x)[2].h);
  };
  expect_near("log2 of how much farther features move at 16 times the width",
              std::log2(feature_change(1024) / feature_change(64)), 0,
              std::log2(1.5));
}
