// Steps by hand, against the published update rules.
#include "nn/optimisers.h"

#include <cmath>
#include <limits>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "tests/catch.h"
#include "tests/engine/test_support.h"
#include "tests/nn/test_support.h"

namespace gradus {
namespace {

using Values = std::vector<double>;

Tensor vec(const Values& values) {
  return from_host(values, {static_cast<std::int64_t>(values.size())}, DType::f64);
}

// A model of two tensors with learning rate factors of their own; only its parameters matter.
const Model two{"two",
                {{.name = "a", .shape = {2}, .sgd_lr = 1, .adam_lr = 0.5},
                 {.name = "b", .shape = {1}, .sgd_lr = 4, .adam_lr = 2}},
                {}};

TEST_CASE("a step of SGD") {
  Sgd sgd(two, {.lr = 0.5});
  std::vector<Tensor> w = {vec({1, 2}), vec({3})};
  sgd.step(w, {vec({1, -2}), vec({0.25})});
  CHECK(w[0].to_vector() == Values{0.5, 3});
  CHECK(w[1].to_vector() == Values{2.5});  // 4 times the rate
  CHECK(sgd.velocity.empty());
  sgd.options.lr = 1;
  sgd.step(w, {vec({0, 1}), vec({0})});
  CHECK(w[0].to_vector() == Values{0.5, 2});
}

TEST_CASE("momentum adds up past gradients, and the learning rate acts on the sum") {
  Sgd sgd(two, {.lr = 1, .momentum = 0.5});
  std::vector<Tensor> w = {vec({0, 0}), vec({0})};
  // v = 1, then 0.5 + 2, then 1.25 - 1
  const double velocities[] = {1, 2.5, 0.25}, gradients[] = {1, 2, -1};
  double expected = 0;
  for (int t = 0; t < 3; ++t) {
    sgd.step(w, {vec({gradients[t], 0}), vec({gradients[t]})});
    expected -= velocities[t];
    CHECK(sgd.velocity[0].to_vector() == Values{velocities[t], 0});
    CHECK(w[0].to_vector() == Values{expected, 0});
    CHECK(w[1].to_vector() == Values{4 * expected});
  }
}

TEST_CASE("Adam's step under a constant gradient is lr * g / (|g| + eps), from the first on") {
  const double eps = GENERATE(1e-8, 0.1, 0.0), g = GENERATE(3.0, -0.01);
  Adam adam(two, {.lr = 0.1, .eps = eps});
  std::vector<Tensor> w = {vec({10, 10}), vec({10})};
  for (int t = 1; t <= 20; ++t) {
    adam.step(w, {vec({g, g}), vec({g})});
    const double step = t * 0.1 * g / (std::fabs(g) + eps);
    CHECK(w[0].to_vector()[0] == Approx(10 - 0.5 * step).epsilon(1e-12));
    CHECK(w[1].to_vector()[0] == Approx(10 - 2 * step).epsilon(1e-12));
  }
}

// Kingma and Ba 2015, algorithm 1, for one number.
struct AlgorithmOne {
  double alpha, beta1, beta2, epsilon;
  double m = 0, v = 0, beta1_to_t = 1, beta2_to_t = 1;
  double step(double theta, double g) {
    m = beta1 * m + (1 - beta1) * g;
    v = beta2 * v + (1 - beta2) * g * g;
    beta1_to_t *= beta1;
    beta2_to_t *= beta2;
    const double m_hat = m / (1 - beta1_to_t), v_hat = v / (1 - beta2_to_t);
    return theta - alpha * m_hat / (std::sqrt(v_hat) + epsilon);
  }
};

TEST_CASE("Adam is algorithm 1") {
  Adam adam(two, {.lr = 0.02, .beta1 = 0.8, .beta2 = 0.95, .eps = 1e-3});
  AlgorithmOne a{0.01, 0.8, 0.95, 1e-3}, b{0.04, 0.8, 0.95, 1e-3};
  std::vector<Tensor> w = {vec({0.3, 0.3}), vec({-1})};
  double theta_a = 0.3, theta_b = -1;
  for (int t = 0; t < 30; ++t) {
    const double g = std::sin(t) + 0.1, other = 1e-3 * std::cos(3 * t);
    adam.step(w, {vec({g, g}), vec({other})});
    theta_a = a.step(theta_a, g);
    theta_b = b.step(theta_b, other);
    CHECK(w[0].to_vector()[0] == Approx(theta_a).epsilon(1e-12));
    CHECK(w[1].to_vector()[0] == Approx(theta_b).epsilon(1e-12));
  }
  CHECK(adam.steps == 30);
}

TEST_CASE("with eps = 0 an entry that never had a gradient takes no step") {
  Adam adam(two, {.lr = 1, .eps = 0});
  std::vector<Tensor> w = {vec({5, 5}), vec({5})};
  adam.step(w, {vec({0, 1e-30}), vec({0})});
  CHECK(w[0].to_vector() == Values{5, 4.5});
  CHECK(w[1].to_vector() == Values{5});
  adam.step(w, {vec({2, 0}), vec({std::numeric_limits<double>::quiet_NaN()})});
  CHECK(w[0].to_vector()[0] < 5);
  CHECK(std::isnan(w[1].to_vector()[0]));  // a diverged run stays visible
}

TEST_CASE("optimisers refuse gradients of another model") {
  std::vector<Tensor> w = {vec({1, 2}), vec({3})};
  CHECK_THAT(error_of([&] {
               Sgd(two, {}).step(w, {vec({1, 2})});
             }),
             ContainsSubstring("[sgd] the model has 2 parameters; got 2 values and 1 gradients"));
  CHECK_THAT(error_of([&] { Adam(two, {}).step(w, {vec({1, 2})}); }), ContainsSubstring("[adam]"));
}

TEST_CASE("a training loop keeps no graph and in steady state asks the system for no memory") {
  const Model model = fcn({.in = 4, .width = 16, .depth = 3, .out = 2, .bias = true});
  std::vector<Tensor> w = init(model, 1);
  const Tensor x = random_normal({8, 4}, {.stream = 100}), y = zeros({8, 2});
  Sgd sgd(model, {.lr = 0.01, .momentum = 0.9});
  Adam adam(model, {});
  std::int64_t after_warm_up = 0;
  for (int t = 0; t < 30; ++t) {
    if (t == 5) after_warm_up = memory_stats().system_allocations;
    sgd.step(w, grad(mse_half_mean(model(w, x), y), w));
    adam.step(w, grad(mse_half_mean(model(w, x), y), w));
  }
  CHECK(memory_stats().system_allocations == after_warm_up);
  for (const Tensor& value : w) CHECK(value.node()->inputs.empty());
  CHECK(recording());
}

}  // namespace
}  // namespace gradus
