// The uv model against its closed form.
#include <algorithm>
#include <cmath>

#include "autodiff/hvp.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "tests/catch.h"
#include "tests/engine/test_support.h"
#include "tests/nn/instruments/operators.h"
#include "tests/nn/test_support.h"

namespace gradus {
namespace {

double squares(const Tensor& x) { return dot(x, x).item(); }

UvState state_of(const UvConfig& config, const Model& model, const std::vector<Tensor>& w) {
  const double scale = std::pow(static_cast<double>(config.width), config.p);
  return {model(w, ones({1, 1}, DType::f64)).item(), (squares(w[0]) + squares(w[1])) / scale};
}

void check_close(const UvState& found, const UvState& expected) {
  const double size = std::max({1.0, std::fabs(expected.f), std::fabs(expected.lam)});
  CHECK(std::fabs(found.f - expected.f) < 1e-9 * size);
  CHECK(std::fabs(found.lam - expected.lam) < 1e-9 * size);
}

// Gradient descent through the engine, step by step beside the closed form.
void check_training(const UvConfig& config, double f0, double lam0, double lr, double y) {
  INFO("n " << config.width << ", p " << config.p << ", lr * lam0 " << lr * lam0 << ", y " << y);
  const Model model = uv(config);
  const Tensor x = ones({1, 1}, DType::f64), target = full({1, 1}, y, DType::f64);
  std::vector<Tensor> w = uv_params(config, f0, lam0);
  UvState expected{f0, lam0};
  Sgd sgd(model, {.lr = lr});
  for (int step = 0; step < 10 && std::fabs(expected.f) < 1e6; ++step) {
    check_close(state_of(config, model, w), expected);
    sgd.step(w, grad(mse_half_mean(model(w, x), target), w));
    expected = uv_step(config, expected, lr, y);
  }
}

TEST_CASE("trajectories of the uv model obey the closed form") {
  for (const std::int64_t n : {16, 101, 1000})
    for (const double c : {1.0, 1.9, 2.5, 3.0, 3.5, 3.9, 4.1})
      for (const double y : {0.0, 0.5}) check_training({.width = n}, 1.0, 2.0, c / 2.0, y);
  for (const double p : {0.0, 0.5}) check_training({.width = 64, .p = p}, -0.3, 2.0, 0.4, 1.0);
}

// One step of (f, lam) at y = 0, p = 1, lam0 = 2, f0 = 1, lr = c / 2, computed elsewhere.
TEST_CASE("the closed form has known trajectories") {
  struct Known {
    std::int64_t n;
    double c;
    int step;
    UvState state;
  };
  const Known rows[] = {
      {16, 2.5, 1, {-1.40234375, 1.8828125}},
      {16, 2.5, 2, {1.6287773477379233, 1.6298497286625206}},
      {16, 2.5, 10, {1.6501583108110785e-07, 0.8624967114745842}},
      {16, 4.1, 5, {-17.895282715430405, 12.613933813438768}},
      {100, 3.9, 3, {-5.792572622017181, 1.836205047288895}},
      {100, 3.9, 10, {1.8664647949193563e-05, 0.444546864681298}},
      {1000, 1.9, 10, {0.3271361510052138, 1.9909702235936328}},
  };
  for (const Known& row : rows) {
    UvState state{1.0, 2.0};
    for (int step = 0; step < row.step; ++step) state = uv_step({.width = row.n}, state, row.c / 2);
    check_close(state, row.state);
  }
}

TEST_CASE("below c = 4 the uv model stays bounded, above it diverges") {
  const UvConfig config{.width = 100};
  UvState below{1.0, 2.0}, above = below;
  double largest = 0;
  for (int step = 0; step < 200; ++step) {
    below = uv_step(config, below, 3.99 / 2);
    above = uv_step(config, above, 4.01 / 2);
    largest = std::max(largest, std::fabs(below.f));
  }
  CHECK(largest <= std::sqrt(100.) * 2.0 / 2);
  CHECK(!(std::fabs(above.f) < 1e5));
}

TEST_CASE("the spectrum of the uv model's Hessian") {
  const double p = GENERATE(1.0, 0.0), y = GENERATE(0.0, 1.5);
  const std::int64_t n = 6;
  const UvConfig config{.width = n, .p = p};
  const Model model = uv(config);
  const std::vector<Tensor> w = init(model, 4, DType::f64);
  const Tensor x = ones({1, 1}, DType::f64), target = full({1, 1}, y, DType::f64);
  Hvp hvp(mse_half_mean(model(w, x), target), w);
  const std::vector<double> found = dense_eigenvalues(std::ref(hvp), w);

  const UvSpectrum spectrum = uv_spectrum(config, state_of(config, model, w), y);
  std::vector<double> expected = {spectrum.largest, spectrum.smallest};
  for (std::int64_t i = 0; i < n - 1; ++i) {
    expected.push_back(spectrum.bulk);
    expected.push_back(-spectrum.bulk);
  }
  std::sort(expected.begin(), expected.end());
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i)
    CHECK(found[i] == Approx(expected[i]).margin(1e-9).epsilon(1e-9));
}

TEST_CASE("uv parameters at initialisation") {
  for (const double p : {0.0, 1.0}) {
    const UvConfig config{.width = 10000, .p = p};
    const Model model = uv(config);
    CHECK(state_of(config, model, init(model, 1, DType::f64)).lam == Approx(2).epsilon(0.05));
  }
  const UvConfig config{.width = 25};
  CHECK_THAT(error_of([&] { uv_params(config, 5.1, 2.0); }),
             ContainsSubstring("|f0| may be 5 at most"));
  CHECK(state_of(config, uv(config), uv_params(config, -5.0, 2.0)).f == Approx(-5));
}

}  // namespace
}  // namespace gradus
