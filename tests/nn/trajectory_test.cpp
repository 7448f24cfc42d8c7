// What parametrisations promise about training: whole trajectories, not single numbers.
#include <cmath>

#include "nn/models.h"
#include "nn/optimisers.h"
#include "tests/catch.h"
#include "tests/nn/test_support.h"

namespace gradus {
namespace {

const std::vector<Parametrisation> mup_forms = {abc::mup_table3, abc::mup_table8, abc::mup_table9};

// The losses of the same training under each parametrisation, with SGD and with Adam.
struct Trajectories {
  std::vector<std::vector<double>> sgd, momentum, adam;
};

template <class Config, class Make>
Trajectories run(Config config, const Make& make, const std::vector<Parametrisation>& forms,
                 const Tensor& x, int steps) {
  const Tensor y = gaussian({x.dim(0), config.out}, 1);
  Trajectories all;
  for (const Parametrisation& form : forms) {
    config.parametrisation = form;
    const Model model = make(config);
    const std::vector<Tensor> w = init(model, 3, DType::f64);
    all.sgd.push_back(train(model, w, x, y, Sgd(model, {.lr = 0.1}), steps));
    all.momentum.push_back(train(model, w, x, y, Sgd(model, {.lr = 0.02, .momentum = 0.9}), steps));
    all.adam.push_back(train(model, w, x, y, Adam(model, {.lr = 0.01, .eps = 0}), steps));
  }
  return all;
}

// All trajectories agree with the first, which trains: its loss falls.
void check_one_trajectory(const std::vector<std::vector<double>>& losses, double tolerance) {
  const std::vector<double>& first = losses.front();
  CHECK(first.back() < first.front());
  for (const std::vector<double>& other : losses)
    for (std::size_t t = 0; t < first.size(); ++t) {
      INFO("step " << t);
      CHECK(std::fabs(other[t] - first[t]) <= tolerance * first[t]);
    }
}

TEST_CASE("the three forms of muP are one training") {
  const std::int64_t width_mult = GENERATE(4, 16);
  const Activation activation = GENERATE(Activation::relu, Activation::tanh);
  const FcnConfig config{.in = 6,
                         .width = 8 * width_mult,
                         .depth = 4,
                         .out = 3,
                         .activation = activation,
                         .bias = true,
                         .bias_variance = 0.1,
                         .base_width = 8};
  const Trajectories all = run(config, fcn, mup_forms, gaussian({16, 6}), 20);
  check_one_trajectory(all.sgd, 1e-10);
  check_one_trajectory(all.momentum, 1e-10);
  check_one_trajectory(all.adam, 1e-10);
}

TEST_CASE("independent weight decay keeps the three forms of muP one training, others part them") {
  FcnConfig config{.in = 6, .width = 32, .depth = 4, .out = 3, .base_width = 8};
  const Tensor x = gaussian({16, 6}), y = gaussian({16, 3}, 1);
  for (const Decay decay : {Decay::independent, Decay::proportional, Decay::l2}) {
    std::vector<std::vector<double>> by_adam, by_sgd;
    for (const Parametrisation& form : mup_forms) {
      config.parametrisation = form;
      const Model model = fcn(config);
      const std::vector<Tensor> w = init(model, 3, DType::f64);
      by_adam.push_back(
          train(model, w, x, y,
                Adam(model, {.lr = 0.01, .eps = 0, .weight_decay = 0.5, .decay = decay}), 20));
      by_sgd.push_back(
          train(model, w, x, y, Sgd(model, {.lr = 0.1, .weight_decay = 0.02, .decay = decay}), 20));
    }
    if (decay == Decay::independent) {
      check_one_trajectory(by_adam, 1e-10);
      check_one_trajectory(by_sgd, 1e-10);
    } else {
      CHECK(std::fabs(by_adam[1].back() / by_adam[0].back() - 1) > 1e-3);
      CHECK(std::fabs(by_sgd[1].back() / by_sgd[0].back() - 1) > 1e-3);
    }
  }
}

TEST_CASE("the three forms of muP are one training of a convolutional network") {
  const MyrtleConfig config{.depth = 5, .width = 16, .image_size = 8, .out = 3, .base_width = 4};
  const Trajectories all = run(config, myrtle, mup_forms, gaussian({4, 8, 8, 3}), 10);
  check_one_trajectory(all.sgd, 1e-10);
  check_one_trajectory(all.adam, 1e-10);
}

TEST_CASE("the three forms of muP agree where width_mult is no power of 4, but for rounding") {
  const FcnConfig config{.in = 6, .width = 24, .depth = 3, .out = 3, .base_width = 8};
  const Trajectories all = run(config, fcn, mup_forms, gaussian({16, 6}), 5);
  check_one_trajectory(all.sgd, 1e-10);
}

TEST_CASE("muP trains as SP does at base width, bit for bit") {
  std::vector<Parametrisation> forms = mup_forms;
  forms.insert(forms.begin(), abc::sp);
  const FcnConfig config{
      .in = 6, .width = 24, .depth = 4, .out = 3, .bias = true, .base_width = 24};
  const Trajectories all = run(config, fcn, forms, gaussian({16, 6}), 20);
  check_one_trajectory(all.sgd, 0);
  check_one_trajectory(all.momentum, 0);
  check_one_trajectory(all.adam, 0);

  const Resnet18Config residual{.width = 4, .out = 3, .hidden_variance = 0.5, .base_width = 4};
  check_one_trajectory(run(residual, resnet18, forms, gaussian({4, 8, 8, 3}), 3).adam, 0);
}

TEST_CASE("depth-muP and CompleteP train as SP does at the base network, bit for bit") {
  const std::int64_t layers = GENERATE(1, 2);
  const ResidualConfig config{.in = 6,
                              .width = 24,
                              .blocks = 5,
                              .out = 3,
                              .block_layers = layers,
                              .bias = true,
                              .branch_multiplier = 0.5,
                              .base_width = 24,
                              .base_blocks = 5};
  const Trajectories all =
      run(config, residual_mlp, {abc::sp, abc::depth_mup, abc::complete_p}, gaussian({16, 6}), 20);
  check_one_trajectory(all.sgd, 0);
  check_one_trajectory(all.momentum, 0);
  check_one_trajectory(all.adam, 0);
}

TEST_CASE("at base width SGD sees nothing of depth-muP but its branch multiplier") {
  ResidualConfig config{
      .in = 6, .width = 24, .blocks = 16, .out = 3, .bias = true, .base_width = 24};
  const Trajectories table = run(config, residual_mlp, {abc::depth_mup}, gaussian({16, 6}), 10);
  config.branch_multiplier = 1. / 4;
  const Trajectories by_hand = run(config, residual_mlp, {abc::sp}, gaussian({16, 6}), 10);
  check_one_trajectory({table.sgd[0], by_hand.sgd[0]}, 0);
  CHECK(table.adam[0][1] != by_hand.adam[0][1]);  // whose rate is another
}

TEST_CASE("and differs from it elsewhere") {
  const FcnConfig config{.in = 6, .width = 32, .depth = 3, .out = 3, .base_width = 8};
  const Trajectories all = run(config, fcn, {abc::sp, abc::mup_table3}, gaussian({16, 6}), 1);
  CHECK(all.sgd[0][0] != all.sgd[1][0]);
  CHECK(all.sgd[0][1] != all.sgd[1][1]);
}

// Output of an untrained net.
std::vector<double> output(const Parametrisation& p, std::int64_t depth) {
  const Model net =
      fcn({.in = 6, .width = 64, .depth = depth, .out = 3, .parametrisation = p, .base_width = 16});
  return net(init(net, 5, DType::f64), gaussian({4, 6})).to_vector();
}

TEST_CASE("the naive specifications are what the book says") {
  const std::vector<double> sp = output(abc::sp_gain1, 6), v1 = output(abc::v1, 6),
                            v2 = output(abc::v2, 6), shrunk = output(abc::hidden_shrunk, 6);
  CHECK(output(abc::naive_mup, 6) == sp);  // the same table under another name
  for (std::size_t i = 0; i < sp.size(); ++i) {
    CHECK(v1[i] == sp[i] / 4);                                  // base_width / width
    CHECK(v2[i] * std::sqrt(64.) == sp[i]);                     // the same draws: a tautology
    CHECK(shrunk[i] * std::pow(64., 4 * .5) == Approx(sp[i]));  // depth - 2 hidden layers
  }
}

}  // namespace
}  // namespace gradus
