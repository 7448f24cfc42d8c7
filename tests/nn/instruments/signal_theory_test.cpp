// What depth does to signals, in theory and in real nets.
#include "nn/instruments/signal_theory.h"

#include <cmath>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/models.h"
#include "tests/catch.h"

namespace gradus {
namespace {

TEST_CASE("the correlation map from 0, and its approach to 1") {
  double c = 0;
  std::vector<double> correlation = {c};
  for (int l = 1; l <= 1000; ++l) correlation.push_back(c = relu_correlation_map(c));
  CHECK(correlation[1] == Approx(.31831).margin(5e-6));
  CHECK(correlation[2] == Approx(.49373).margin(5e-6));
  CHECK(correlation[4] == Approx(.68095).margin(5e-6));
  CHECK(correlation[8] == Approx(.83442).margin(5e-6));
  CHECK(correlation[16] == Approx(.92946).margin(5e-6));
  CHECK(correlation[32] == Approx(.97472).margin(5e-6));
  const double pi = std::acos(-1.0);
  CHECK(1 - correlation[1000] == Approx(9 * pi * pi / 2e6).epsilon(0.03));
  CHECK(relu_correlation_map(-1) == 0);
  CHECK(relu_correlation_map(1) == 1);
  CHECK(relu_correlation_map(1 + 1e-15) == 1);  // a measured correlation may be rounded up
}

TEST_CASE("a wide net follows the correlation map") {
  const Model model = fcn({.in = 2, .width = 1000, .depth = 6, .out = 1});
  const NoGrad values_only;
  double c = 0;  // of the two unit vectors
  const Tensor x = from_host({1, 0, 0, 1}, {2, 2}, DType::f64);
  for (const Layer& layer : model.layers(init(model, 4, DType::f64), x)) {
    if (layer.name == "output") break;
    const Tensor u = slice(layer.h, 0, 0, 1), v = slice(layer.h, 0, 1, 2);
    const double measured = dot(u, v).item() / std::sqrt(dot(u, u).item() * dot(v, v).item());
    CHECK(measured == Approx(c).margin(0.08));
    c = relu_correlation_map(c);
  }
}

struct Moments {
  double mean = 0, second = 0, mean_error = 0, second_error = 0;
};
// Of R and R^2, with standard errors.
Moments moments(const std::vector<double>& r) {
  const double n = static_cast<double>(r.size());
  double sum[5] = {};
  for (double value : r)
    for (int k = 1; k <= 4; ++k) sum[k] += std::pow(value, k) / n;
  return {sum[1], sum[2], std::sqrt((sum[2] - sum[1] * sum[1]) / n),
          std::sqrt((sum[4] - sum[2] * sum[2]) / n)};
}

TEST_CASE("E R = 1 and E R^2 = (1 + 5/n)^L") {
  CHECK(relu_norm_second_moment(64, 8) == Approx(1.82538).epsilon(1e-5));
  // Given |z|, each layer multiplies |z|^2 by (2/n) sum relu(g)^2 with n new normals.
  const std::int64_t draws = 20000, width = 64;
  Tensor r = ones({draws}, DType::f64);
  for (std::uint64_t layer = 0; layer < 8; ++layer) {
    const NoGrad values_only;
    const Tensor g = random_normal({draws, width}, {.seed = 1, .stream = layer}, 1.0, DType::f64);
    r = r * (2.0 * mean(square(relu(g)), {1}));
  }
  const Moments by_norms = moments(r.to_vector());
  const double exact = relu_norm_second_moment(64, 8);
  CHECK(by_norms.mean == Approx(1).margin(4 * by_norms.mean_error));
  CHECK(by_norms.second == Approx(exact).margin(4 * by_norms.second_error));
  CHECK(by_norms.second == Approx(exact).epsilon(0.1));

  // The same for 200 real nets: z_0 = relu(h) of the first layer, to z_8.
  std::vector<double> real;
  const Model model = fcn({.in = 16, .width = width, .depth = 10, .out = 1});
  const Tensor x = random_normal({1, 16}, {.seed = 9}, 1.0, DType::f64);
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const NoGrad values_only;
    const std::vector<Layer> layers = model.layers(init(model, seed, DType::f64), x);
    const Tensor first = layers[0].z, last = layers[8].z;
    real.push_back(dot(last, last).item() / dot(first, first).item());
  }
  const Moments by_nets = moments(real);
  CHECK(by_nets.mean == Approx(1).margin(4 * by_nets.mean_error));
  CHECK(by_nets.second == Approx(exact).margin(4 * by_nets.second_error));
}

}  // namespace
}  // namespace gradus
