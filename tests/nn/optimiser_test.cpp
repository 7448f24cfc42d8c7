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
  CHECK(adam.steps.item() == 30);
}

TEST_CASE("Adam's bias correction keeps its digits in f32") {
  Adam adam(two, {.lr = 1, .eps = 0});
  std::vector<Tensor> w = {zeros({2}), zeros({1})};
  for (int t = 1; t <= 50; ++t) {  // a constant gradient: every step is lr
    adam.step(w, {full({2}, 1e-3), full({1}, 30)});
    CHECK(w[1].item() == Approx(-2.0 * t).epsilon(1e-6));
  }
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
             ContainsSubstring("[sgd] the model has 2 parameters; got 1 gradients"));
  CHECK_THAT(error_of([&] { Adam(two, {}).step(w, {vec({1, 2})}); }), ContainsSubstring("[adam]"));
}

TEST_CASE("optimisers refuse what would only broadcast to the parameters' shapes") {
  const Model row{"row", {{.name = "kernel", .shape = {1, 3}}}, {}};
  const std::vector<Tensor> right = {ones({1, 3})}, turned = {ones({3, 1})}, one = {ones({1})};
  for (const std::vector<Tensor>& wrong : {turned, one}) {
    std::vector<Tensor> w = right, wrong_w = wrong;
    const std::string got = " of shape (1,3), got " + to_string(wrong[0].shape());
    CHECK(error_of([&] { Sgd(row, {}).step(w, wrong); }) ==
          "[sgd] parameter kernel expects gradients" + got);
    CHECK(error_of([&] { Adam(row, {}).step(w, wrong); }) ==
          "[adam] parameter kernel expects gradients" + got);
    CHECK(error_of([&] { Sgd(row, {}).step(wrong_w, right); }) ==
          "[sgd] parameter kernel expects values" + got);
    Sgd sgd(row, {.momentum = 0.9});
    sgd.velocity = wrong;
    CHECK(error_of([&] { sgd.step(w, right); }) ==
          "[sgd] parameter kernel expects velocities" + got);
    Adam adam(row, {});
    adam.first = right;
    adam.second = wrong;
    CHECK(error_of([&] { adam.step(w, right); }) ==
          "[adam] parameter kernel expects second moments" + got);
    CHECK(w[0].shape() == Shape{1, 3});
  }
}

TEST_CASE("weight decay of SGD by hand") {
  // w = (2), g = (1), lr .5, decay .25; the second tensor has the factor 4.
  const auto step = [](Decay decay) {
    Sgd sgd(two, {.lr = 0.5, .weight_decay = 0.25, .decay = decay});
    std::vector<Tensor> w = {vec({2, 0}), vec({2})};
    sgd.step(w, {vec({1, 0}), vec({1})});
    CHECK(w[0].to_vector()[1] == 0);
    return Values{w[0].to_vector()[0], w[1].item()};
  };
  CHECK(step(Decay::proportional) == Values{2 - .5 * (1 + .5), 2 - .5 * 4 * (1 + .5)});
  CHECK(step(Decay::independent) == Values{2 - .5 * (1 + .5), 2 - .5 * 4 * 1 - .5 * .5});
  CHECK(step(Decay::l2) == Values{2 - .5 * (1 + .5), 2 - .5 * 4 * (1 + .5)});
}

TEST_CASE("weight decay of Adam by hand: without a gradient nothing but the decay is left") {
  const auto steps = [](Decay decay, double g, int count) {
    Adam adam(two, {.lr = 0.5, .eps = 0, .weight_decay = 0.5, .decay = decay});
    std::vector<Tensor> w = {vec({16, 16}), vec({16})};
    for (int t = 0; t < count; ++t) adam.step(w, {vec({g, g}), vec({g})});
    return Values{w[0].to_vector()[0], w[1].item()};
  };
  // Rates .5 * .5 and .5 * 2 times .5: of 16 remain 7/8 twice, and 1/2 twice.
  CHECK(steps(Decay::proportional, 0, 2) == Values{16 * 49 / 64., 4});
  CHECK(steps(Decay::independent, 0, 2) == Values{9, 9});  // 3/4 twice
  // The first step of Adam has the sign of g + .5 * 16: 1, times the rates .25 and 1.
  CHECK(steps(Decay::l2, 0, 1) == Values{15.75, 15});
  CHECK(steps(Decay::l2, -9, 1) == Values{16.25, 17});
  CHECK(steps(Decay::proportional, -9, 1) == Values{14.25, 9});
}

TEST_CASE("weight decay is the published loops'") {
  const double lr = 0.02, decay = 0.3, factors[] = {0.5, 2}, sgd_factors[] = {1, 4};
  for (const Decay kind : {Decay::proportional, Decay::independent, Decay::l2}) {
    const auto shrink = [&](double factor) {
      return kind == Decay::l2 ? 0 : lr * decay * (kind == Decay::proportional ? factor : 1);
    };
    const double coupled = kind == Decay::l2 ? decay : 0;
    Adam adam(two, {.lr = lr, .weight_decay = decay, .decay = kind});
    Sgd sgd(two, {.lr = lr, .momentum = 0.9, .weight_decay = decay, .decay = kind});
    std::vector<Tensor> by_adam = {vec({0.3, 0.3}), vec({-1})}, by_sgd = by_adam;
    AlgorithmOne reference[] = {{lr * factors[0], 0.9, 0.999, 1e-8},
                                {lr * factors[1], 0.9, 0.999, 1e-8}};
    double a[] = {0.3, -1}, s[] = {0.3, -1}, v[] = {0, 0};
    for (int t = 0; t < 30; ++t) {
      const double g = std::sin(t) + 0.1;
      adam.step(by_adam, {vec({g, g}), vec({g})});
      sgd.step(by_sgd, {vec({g, g}), vec({g})});
      for (int i = 0; i < 2; ++i) {
        // AdamW as PyTorch writes it: shrink first, then step.
        const double l2 = g + coupled * a[i];
        a[i] = reference[i].step(a[i] * (1 - shrink(factors[i])), l2);
        v[i] = 0.9 * v[i] + g + coupled * s[i];
        s[i] = s[i] * (1 - shrink(sgd_factors[i])) - lr * sgd_factors[i] * v[i];
        CHECK(by_adam[static_cast<std::size_t>(i)].to_vector()[0] == Approx(a[i]).epsilon(1e-12));
        CHECK(by_sgd[static_cast<std::size_t>(i)].to_vector()[0] == Approx(s[i]).epsilon(1e-12));
      }
    }
  }
}

TEST_CASE("in f32 a small rate of decay is that of the loop") {
  // After t steps (1 - 1e-5)^t; 1 - 1e-5 in f32 is 1 - 1.0014e-5.
  const Model many{"many", {{.name = "w", .shape = {1000}}}, {}};
  Sgd sgd(many, {.lr = 0.1, .weight_decay = 1e-4});
  const std::vector<Tensor> none = {zeros({1000})};
  std::vector<Tensor> w = {random_uniform({1000}, {.seed = 1}, 1, 2)};
  const double before = mean(w[0]).item();
  for (int t = 0; t < 1000; ++t) sgd.step(w, none);
  CHECK(1 - mean(w[0]).item() / before == Approx(1 - std::pow(1 - 1e-5, 1000)).epsilon(5e-4));
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
