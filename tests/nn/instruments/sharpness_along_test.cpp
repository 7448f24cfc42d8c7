// The sharpness along a training, against losses whose curvature is known and against dense
// Hessians.
#include "nn/instruments/sharpness_along.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "autodiff/check.h"
#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/sharpness.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "tests/catch.h"
#include "tests/engine/test_support.h"
#include "tests/nn/instruments/operators.h"

namespace gradus {
namespace {

using Params = std::vector<Tensor>;

Tensor number(double value) { return full({1, 1}, value, DType::f64); }

// Loss 2 w^2 (x = 2, y = 0): curvature 4.
TrainingAlong parabola(double start) {
  const Model net = {
      "one weight",
      {{.name = "w", .role = Role::input, .shape = {1, 1}}},
      [](const Params& w, const Tensor& x, std::vector<Layer>*) { return matmul(x, w[0]); }};
  return {.model = net,
          .loss = mse_half_mean,
          .start = {number(start)},
          .measuring = {number(2), number(0)},
          .steps = 10};
}

TrainingAlong network() {
  const Model net = fcn({.in = 6, .width = 5, .depth = 3, .out = 2});
  return {.model = net,
          .loss = mse_half_mean,
          .start = init(net, 3, DType::f64),
          .measuring = {random_normal({16, 6}, {3, 100}, 1, DType::f64),
                        random_normal({16, 2}, {3, 101}, 1, DType::f64)},
          .steps = 12};
}

// Every third step trains on the other half.
Examples half_of(const TrainingAlong& training, int step) {
  return step % 3 == 0 ? training.measuring.part(0, 8) : training.measuring.part(8, 16);
}

Tensor loss_at(const TrainingAlong& training, const Params& w, const Examples& on) {
  return training.loss(training.model(w, on.x), on.y);
}

TEST_CASE("along a parabola the sharpness stays, and a factor of the learning rate is part of it") {
  TrainingAlong training = parabola(3);
  const std::vector<SharpnessRow> rows =
      sharpness_along(training, Sgd(training.model, {.lr = 0.1}));
  REQUIRE(rows.size() == 11);
  for (int t = 0; t <= 10; ++t) {
    const SharpnessRow& row = rows[static_cast<std::size_t>(t)];
    CHECK(row.step == t);
    CHECK(row.loss == Approx(18 * std::pow(0.6, 2 * t)).epsilon(1e-12));
    CHECK(row.sharpness == Approx(4).epsilon(1e-12));
    CHECK(row.residual < 1e-12);
    CHECK(row.products == 1);
    CHECK(row.rises == 0);
  }
  training.model.params[0].sgd_lr = 0.25;
  CHECK(sharpness_along(training, Sgd(training.model, {.lr = 0.1}))[4].sharpness ==
        Approx(1).epsilon(1e-12));
}

TEST_CASE("momentum on a parabola is stable below 2 (1 + m), and rises are counted") {
  for (const double momentum : {0.0, 0.5, 0.9}) {
    TrainingAlong training = parabola(1);
    training.steps = 2000;
    training.measure = [](int step) { return step % 1000 == 0; };
    const double edge = 2 * (1 + momentum) / 4;
    const auto at = [&](double share) {
      return sharpness_along(training,
                             Sgd(training.model, {.lr = share * edge, .momentum = momentum}));
    };
    const std::vector<SharpnessRow> below = at(0.99), above = at(1.01);
    REQUIRE(below.size() == 3);
    CHECK(below[2].loss < 1e-3 * below[0].loss);
    CHECK(above.back().loss > 1e5);
    CHECK(above.back().step < 2000);
    CHECK(above.back().rises > 0.9 * (above.back().step % 1000));
  }
}

TEST_CASE("an eigenvalue that overtakes the first is seen") {
  // L = a^2 / 2 + b^4 / 12 with a = 0: curvatures 1 and b^2, and b falls from 2. From the exact
  // eigenvector of b a search without noise would never leave it.
  const Model net = {"two weights",
                     {{.name = "a", .role = Role::input, .shape = {1, 1}},
                      {.name = "b", .role = Role::input, .shape = {1, 1}}},
                     [](const Params& w, const Tensor&, std::vector<Layer>*) {
                       return 0.5 * square(w[0]) + square(square(w[1])) / 12;
                     }};
  const TrainingAlong training = {.model = net,
                                  .loss = [](const Tensor& f, const Tensor&) { return sum(f); },
                                  .start = {number(0), number(2)},
                                  .measuring = {number(0), number(0)},
                                  .steps = 40,
                                  .tolerance = 1e-4};
  double b = 2;
  for (const SharpnessRow& row : sharpness_along(training, Sgd(net, {.lr = 0.1}))) {
    CHECK(row.sharpness == Approx(std::max(1.0, b * b)).epsilon(1e-3));
    b -= 0.1 * b * b * b / 3;
  }
  CHECK(b * b < 0.5);
}

// The losses of the same training without any measurement.
template <class Optimiser>
std::vector<double> losses_of(const TrainingAlong& training, Optimiser optimiser) {
  std::vector<double> losses;
  Params w = training.start;
  for (int t = 0; t <= training.steps; ++t) {
    losses.push_back(loss_at(training, w, training.measuring).item());
    const Examples on = training.batch ? training.batch(t) : training.measuring;
    optimiser.step(w, grad(loss_at(training, w, on), w));
  }
  return losses;
}

template <class Optimiser>
void check_same_training(TrainingAlong training, const Optimiser& optimiser) {
  const std::vector<double> expected = losses_of(training, optimiser);
  for (const int every : {1, 5, 12}) {
    training.measure = [every](int step) { return step % every == 0; };
    const std::vector<SharpnessRow> rows = sharpness_along(training, optimiser);
    REQUIRE(rows.size() == static_cast<std::size_t>(training.steps / every + 1));
    for (const SharpnessRow& row : rows)
      CHECK(row.loss == expected[static_cast<std::size_t>(row.step)]);  // bit for bit
  }
}

TEST_CASE("measured or not, a training is the same") {
  TrainingAlong training = network();
  const Model& net = training.model;
  check_same_training(training, Sgd(net, {.lr = 0.3}));
  check_same_training(training, Sgd(net, {.lr = 0.1, .momentum = 0.9}));
  check_same_training(training, Adam(net, {.lr = 0.01}));
  training.batch = [&training](int step) { return half_of(training, step); };
  check_same_training(training, Sgd(net, {.lr = 0.3}));
  check_same_training(training, Adam(net, {.lr = 0.01}));
}

// The largest eigenvalue at the parameters before step t, by a dense Hessian whose rows and columns
// carry the roots of D; `d_of` gives D from the gradients at t.
template <class Optimiser, class Diagonal>
double dense_sharpness(const TrainingAlong& training, Optimiser optimiser, int t, Diagonal d_of) {
  Params w = training.start;
  for (int s = 0; s < t; ++s) optimiser.step(w, grad(loss_at(training, w, training.batch(s)), w));
  const Params g = grad(loss_at(training, w, training.batch(t)), w);
  Params roots;
  for (std::size_t i = 0; i < w.size(); ++i) roots.push_back(sqrt(d_of(optimiser, g[i], i)));
  Hvp hvp(loss_at(training, w, training.measuring), w);
  const LinearOperator seen = [&](const Params& v) {
    Params u;
    for (std::size_t i = 0; i < v.size(); ++i) u.push_back(v[i] * roots[i]);
    u = hvp(u);
    for (std::size_t i = 0; i < v.size(); ++i) u[i] = u[i] * roots[i];
    return u;
  };
  return dense_eigenvalues(seen, w).back();
}

TEST_CASE("the sharpness is that of all examples, as the coming step of the optimiser sees it") {
  TrainingAlong training = network();
  training.tolerance = 1e-7;
  training.batch = [&training](int step) { return half_of(training, step); };
  training.model.params[1].adam_lr = 0.5;
  training.model.params[2].sgd_lr = 3;
  const Sgd sgd(training.model, {.lr = 0.1, .momentum = 0.9});
  const Adam adam(training.model, {.lr = 0.01, .beta2 = 0.9, .eps = 1e-3});
  const std::vector<SharpnessRow> by_sgd = sharpness_along(training, sgd),
                                  by_adam = sharpness_along(training, adam);
  for (const int t : {0, 1, 7, 12}) {
    const auto row = static_cast<std::size_t>(t);
    const double factor =
        dense_sharpness(training, sgd, t, [&](const Sgd&, const Tensor& g, std::size_t i) {
          return full_like(g, training.model.params[i].sgd_lr);
        });
    CHECK(by_sgd[row].sharpness == Approx(factor).epsilon(1e-9));
    CHECK(by_sgd[row].residual <= 1e-7);
    const double entries =
        dense_sharpness(training, adam, t, [&](const Adam& before, const Tensor& g, std::size_t i) {
          Tensor moment = (1 - 0.9) * square(g);
          if (t > 0) moment = 0.9 * before.second[i] + moment;
          const Tensor root = sqrt(moment / (1 - std::pow(0.9, t + 1))) + 1e-3;
          return training.model.params[i].adam_lr / root;
        });
    CHECK(by_adam[row].sharpness == Approx(entries).epsilon(1e-9));
  }
}

TEST_CASE("the mean curvature along a step is that of the line between its ends") {
  // L = (w^2 / 2 - 1)^2 / 2 has L'' = 3 w^2 / 2 - 1, whose mean from a to b is
  // (a^2 + a b + b^2) / 2 - 1.
  const Model net = {
      "square",
      {{.name = "w", .role = Role::input, .shape = {1, 1}}},
      [](const Params& w, const Tensor&, std::vector<Layer>*) { return 0.5 * square(w[0]); }};
  TrainingAlong training = {.model = net,
                            .loss = mse_half_mean,
                            .start = {number(1)},
                            .measuring = {number(0), number(1)},
                            .steps = 200};
  double a = std::nan(""), b = 1;
  const double lr = 1.05;
  const std::vector<SharpnessRow> rows = sharpness_along(training, Sgd(net, {.lr = lr}));
  REQUIRE(rows.size() == 201);
  CHECK(std::isnan(rows[0].along_step));
  for (const SharpnessRow& row : rows) {
    CHECK(row.sharpness == Approx(1.5 * b * b - 1).epsilon(1e-9));
    if (row.step > 0)
      CHECK(row.along_step == Approx((a * a + a * b + b * b) / 2 - 1).epsilon(1e-6));
    a = b;
    b -= lr * b * (b * b / 2 - 1);
  }
  // It has come to move between two points: then gradients are opposite, and this is 2 / lr.
  CHECK(std::fabs(b - a) > 0.1);
  CHECK(lr * rows.back().along_step == Approx(2).epsilon(1e-9));
  training.batch = [&training](int) { return training.measuring; };
  CHECK(std::isnan(sharpness_along(training, Sgd(net, {.lr = lr})).back().along_step));
}

TEST_CASE("an entry that Adam leaves where it is adds no curvature") {
  TrainingAlong training = parabola(0);  // no gradient, ever
  training.steps = 1;
  const std::vector<SharpnessRow> rows =
      sharpness_along(training, Adam(training.model, {.lr = 0.1, .eps = 0}));
  REQUIRE(rows.size() == 2);
  CHECK(rows[1].sharpness == 0);
  CHECK(rows[1].residual == 0);
}

TEST_CASE("a training that diverges ends with a row that says so") {
  TrainingAlong training = parabola(3);
  training.measure = [](int step) { return step == 0; };
  const std::vector<SharpnessRow> rows =
      sharpness_along(training, Sgd(training.model, {.lr = 7.75}));
  REQUIRE(rows.size() == 2);  // 18, then 18 * 30^2, then above 1e5
  CHECK(rows[1].step == 2);
  CHECK(rows[1].loss > 1e5);
  CHECK(std::isnan(rows[1].sharpness));
  CHECK(std::isnan(rows[1].residual));
  CHECK(rows[1].rises == 2);
  for (const double lr : {std::nan(""), std::numeric_limits<double>::infinity()}) {
    CHECK(sharpness_along(training, Sgd(training.model, {.lr = lr})).back().step == 1);
    CHECK(sharpness_along(training, Adam(training.model, {.lr = lr})).back().step == 1);
  }
}

TEST_CASE("wrong calls of sharpness_along are one clear sentence") {
  TrainingAlong training = parabola(3);
  const Sgd sgd(training.model, {.lr = 0.1});
  training.steps = -1;
  CHECK(error_of([&] { sharpness_along(training, sgd); }) ==
        "[sharpness_along] -1 steps; it must be 0 or more");
  training.steps = 3;
  training.start.push_back(number(1));
  CHECK(error_of([&] { sharpness_along(training, sgd); }) ==
        "[one weight] has 1 parameters, but 2 values were given");
}

}  // namespace
}  // namespace gradus
