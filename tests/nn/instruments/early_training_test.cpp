// The first steps of training against hand-made losses, and the search for boundaries against the
// sweep of the whole grid.
#include "nn/instruments/early_training.h"

#include <algorithm>
#include <cmath>

#include "autodiff/ops.h"
#include "autodiff/threads.h"
#include "nn/instruments/landscape.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "tests/catch.h"

namespace gradus {
namespace {

// One weight w with output w x, so that mse_half_mean is a parabola in it.
Model one_weight() {
  ParamList list(abc::sp, 1, 1);
  list.add("w", Role::input, {1, 1}, 1);
  return {"one weight", list.params(),
          [](const std::vector<Tensor>& w, const Tensor& x, std::vector<Layer>*) {
            return matmul(x, w[0]);
          }};
}

// Loss 2 w^2 (x = 2, y = 0), w_0 = 3: lambda = 4, and a step multiplies w by 1 - c.
EarlyTraining parabola() {
  return {.model = one_weight(),
          .loss = mse_half_mean,
          .start = {full({1, 1}, 3.0, DType::f64)},
          .measuring = {full({1, 1}, 2.0, DType::f64), full({1, 1}, 0.0, DType::f64)}};
}

// A small ReLU network on random data.
EarlyTraining network(std::uint64_t seed, std::int64_t width, std::int64_t depth = 3) {
  const Model net = fcn({.in = 12, .width = width, .depth = depth, .out = 3});
  return {.model = net,
          .loss = mse_half_mean,
          .start = init(net, seed),
          .measuring = {random_normal({32, 12}, {seed, 100}), random_normal({32, 3}, {seed, 101})}};
}

TEST_CASE("a parabola: the sharpness stays, and w is multiplied by 1 - c") {
  const EarlyTraining training = parabola();
  const Sharpness initial = sharpness_at(training, training.start, {});
  CHECK(initial.lambda_max == Approx(4).epsilon(1e-12));
  for (const double c : {0.5, 1.0, 1.9, 2.5}) {
    const Trajectory run = train_early(training, initial, c, {.sharpness = true, .barrier = true});
    REQUIRE(run.loss.size() == 11);
    REQUIRE(run.sharpness.size() == 11);
    for (int t = 0; t <= 10; ++t) {
      CHECK(run.loss[static_cast<std::size_t>(t)] ==
            Approx(18 * std::pow(1 - c, 2 * t)).margin(1e-12));
      CHECK(run.sharpness[static_cast<std::size_t>(t)] == Approx(4).epsilon(1e-10));
    }
    CHECK((*run.barrier > 0) == (c > 2));
  }
}

TEST_CASE("a run without a step is refused") {
  EarlyTraining training = parabola();
  const Sharpness initial = sharpness_at(training, training.start, {});
  for (const int steps : {0, -1}) {
    training.steps = steps;
    CHECK_THROWS_WITH(train_early(training, initial, 1, {}), ContainsSubstring("steps is"));
    CHECK_THROWS_WITH(find_boundaries(training, initial), ContainsSubstring("at least one"));
  }
}

TEST_CASE("a run that diverges ends there, and its sharpness is NaN") {
  const EarlyTraining training = parabola();
  const Sharpness initial = sharpness_at(training, training.start, {});
  const Trajectory run = train_early(training, initial, 31, {.sharpness = true, .barrier = true});
  REQUIRE(run.loss.size() == 3);  // 18, then 18 * 30^2, then above 1e5
  CHECK(run.sharpness.size() == 3);
  CHECK(std::isnan(run.sharpness.back()));
  CHECK(std::isinf(*run.barrier));
  // A loss that is NaN at once is a run of one step.
  CHECK(train_early(training, initial, std::nan(""), {}).loss.size() == 2);
}

TEST_CASE("what is trained on may change from step to step, what is measured does not") {
  EarlyTraining training = parabola();
  const Sharpness initial = sharpness_at(training, training.start, {});
  // In even steps nothing is learned: the inputs are 0.
  training.batch = [&training](int step) {
    Examples examples = training.measuring;
    if (step % 2 == 0) examples.x = scale(examples.x, 0);
    return examples;
  };
  const Trajectory run = train_early(training, initial, 0.5, {.sharpness = true});
  for (int t = 0; t <= 10; ++t)
    CHECK(run.loss[static_cast<std::size_t>(t)] ==
          Approx(18 * std::pow(0.25, t / 2)).margin(1e-12));
  CHECK(run.sharpness.back() == Approx(4));
}

TEST_CASE("a tensor's learning-rate factor is part of the sharpness") {
  EarlyTraining training = parabola();
  training.model.params[0].sgd_lr = 0.25;
  const Sharpness initial = sharpness_at(training, training.start, {});
  CHECK(initial.lambda_max == Approx(1).epsilon(1e-12));
  const Trajectory run = train_early(training, initial, 0.5, {});
  CHECK(run.loss[1] == Approx(18 * 0.25));
}

TEST_CASE("the search stops at the first sharpness that is raised") {
  const EarlyTraining training = network(1, 16);
  const Sharpness initial = sharpness_at(training, training.start, {});
  const double c = std::exp2(4.0);
  const Trajectory all = train_early(training, initial, c, {.sharpness = true});
  const Trajectory part =
      train_early(training, initial, c, {.sharpness = true, .until_raised = true});
  REQUIRE(part.sharpness.size() < all.sharpness.size());
  for (std::size_t t = 0; t + 1 < part.sharpness.size(); ++t) {
    CHECK(part.sharpness[t] == all.sharpness[t]);
    CHECK(part.sharpness[t] <= initial.lambda_max);
  }
  // Of the last one it needs to know no more.
  CHECK(part.sharpness.back() > initial.lambda_max);
  CHECK(part.sharpness.back() <= all.sharpness[part.sharpness.size() - 1]);
  CHECK(part.products.back() < all.products[part.sharpness.size() - 1]);
}

TEST_CASE("a run whose sharpness is measured takes the same steps, to the bit") {
  EarlyTraining training = network(2, 16);
  const Sharpness initial = sharpness_at(training, training.start, {});
  for (const double c : {1.0, 4.0}) {
    const Trajectory plain = train_early(training, initial, c, {});
    CHECK(train_early(training, initial, c, {.sharpness = true}).loss == plain.loss);
    EarlyTraining chunked = training;
    chunked.hvp.budget_bytes = 1;
    CHECK(train_early(chunked, initial, c, {.sharpness = true}).loss == plain.loss);
  }
}

TEST_CASE("accuracy, and the products of each sharpness, stand beside the losses") {
  const EarlyTraining training = network(1, 16);
  const Sharpness initial = sharpness_at(training, training.start, {});
  const Trajectory run = train_early(training, initial, 1, {.sharpness = true, .accuracy = true});
  REQUIRE(run.accuracy.size() == run.loss.size());
  CHECK(run.accuracy[0] ==
        accuracy(training.model(training.start, training.measuring.x), training.measuring.y));
  CHECK(run.accuracy.back() > run.accuracy[0]);
  REQUIRE(run.products.size() == run.sharpness.size());
  CHECK(run.products[0] == static_cast<double>(initial.products));
  CHECK(*std::min_element(run.products.begin(), run.products.end()) >= 1);
  CHECK(train_early(training, initial, 1, {}).accuracy.empty());
}

TEST_CASE("a sharpness may also be measured on examples of its own") {
  EarlyTraining training = parabola();
  const Sharpness initial = sharpness_at(training, training.start, {});
  const Trajectory plain = train_early(training, initial, 0.5, {.sharpness = true});
  CHECK(plain.fresh_sharpness.empty());
  // x = 2 (1 + t): the curvature is its square.
  training.fresh = [&training](int step) {
    return Examples{scale(training.measuring.x, 1.0 + step), training.measuring.y};
  };
  const Trajectory run = train_early(training, initial, 0.5, {.sharpness = true});
  CHECK(run.loss == plain.loss);
  REQUIRE(run.fresh_sharpness.size() == 11);
  REQUIRE(run.fresh_power.size() == 11);
  for (std::size_t t = 0; t <= 10; ++t) {
    const double lambda = 4 * std::pow(1 + static_cast<double>(t), 2);
    CHECK(run.sharpness[t] == Approx(4));
    CHECK(run.fresh_sharpness[t] == Approx(lambda));
    CHECK(run.fresh_power[t] == Approx(lambda));
  }
}

TEST_CASE("c_sharp at a margin is that of the whole sweep") {
  set_threads(1);
  for (const std::uint64_t seed : {0, 1}) {
    const EarlyTraining training = network(seed, 32);
    const Sharpness initial = sharpness_at(training, training.start, {});
    const Boundaries found = find_boundaries(training, initial);
    const std::vector<Trajectory> runs = sweep_grid(training, initial);
    CHECK(find_c_sharp(training, initial, found, 0)->c == found.constants.c_sharp->c);
    for (const double margin : {0.05, 0.5}) {
      INFO("seed " << seed << ", margin " << margin);
      const auto swept = critical_constants(runs, {.sharpness_margin = margin}).c_sharp;
      CHECK(find_c_sharp(training, initial, found, margin)->c == swept->c);
    }
  }
  // A parabola's sharpness never rises; where the run diverges it counts as raised.
  const EarlyTraining training = parabola();
  const Sharpness initial = sharpness_at(training, training.start, {});
  const Boundaries found = find_boundaries(training, initial);
  CHECK(find_c_sharp(training, initial, found, 0.05)->c == found.constants.c_max->high);
}

void check_same(const std::optional<CriticalConstant>& searched,
                const std::optional<CriticalConstant>& swept) {
  REQUIRE(searched.has_value() == swept.has_value());
  if (!swept) return;
  CHECK(searched->c == swept->c);
  CHECK(searched->low == swept->low);
  CHECK(searched->high == swept->high);
}

// Whether yes, once it is the answer, stays it.
template <class Yes>
bool monotone(const std::vector<Trajectory>& runs, const Yes& yes) {
  bool seen = false;
  for (const Trajectory& run : runs) {
    if (seen && !yes(run)) return false;
    seen = seen || yes(run);
  }
  return true;
}

bool rises(const std::vector<double>& values) {
  return std::any_of(values.begin(), values.end(), [&](double v) { return !(v <= values[0]); });
}

TEST_CASE("boundaries by search are those of the whole sweep where yes stays yes") {
  int alike = 0, islands = 0;
  set_threads(1);
  for (const std::int64_t width : {8, 32})
    for (std::uint64_t seed = 0; seed < 2; ++seed) {
      INFO("width " << width << ", seed " << seed);
      const EarlyTraining training = network(seed, width);
      const Sharpness initial = sharpness_at(training, training.start, {});
      const CriticalConstants found = find_boundaries(training, initial).constants;
      const CriticalConstants swept = critical_constants(sweep_grid(training, initial));
      // All runs, beyond the first divergence, to see who is right.
      std::vector<Trajectory> runs;
      const CriticalGrid grid;
      for (int i = 0; i == 0 || grid.c(i - 1) < found.c_max->high; ++i)
        runs.push_back(
            train_early(training, initial, grid.c(i), {.sharpness = true, .barrier = true}));
      const auto compare = [&](const auto& yes, auto constant) {
        if (!monotone(runs, yes)) return ++islands;
        check_same(found.*constant, swept.*constant);
        return ++alike;
      };
      compare([](const Trajectory& run) { return rises(run.loss); }, &CriticalConstants::c_loss);
      compare([](const Trajectory& run) { return rises(run.sharpness); },
              &CriticalConstants::c_sharp);
      compare([](const Trajectory& run) { return *run.barrier > 0; },
              &CriticalConstants::c_barrier);
      compare([](const Trajectory& run) { return diverged(run); }, &CriticalConstants::c_max);
    }
  CAPTURE(islands);
  CHECK(alike >= 11);
}

TEST_CASE("a loss or a sharpness that rises after the first step is found, too") {
  set_threads(1);
  EarlyTraining training = network(1, 32);
  // With inputs of 0 nothing is learned in the first step.
  training.batch = [&training](int step) {
    return Examples{scale(training.measuring.x, step > 0), training.measuring.y};
  };
  const Sharpness initial = sharpness_at(training, training.start, {});
  const CriticalConstants found = find_boundaries(training, initial).constants;
  const CriticalConstants swept = critical_constants(sweep_grid(training, initial));
  check_same(found.c_loss, swept.c_loss);
  check_same(found.c_sharp, swept.c_sharp);
  CHECK(found.c_loss->c < found.c_max->c);
  CHECK(found.c_sharp->c < found.c_max->c);
}

TEST_CASE("the search says what it did, a small part of a sweep's work") {
  set_threads(1);
  const EarlyTraining training = network(1, 32);
  const Sharpness initial = sharpness_at(training, training.start, {});
  const SearchCost cost = find_boundaries(training, initial).cost;
  double steps = 0, products = 0;
  const std::vector<Trajectory> runs = sweep_grid(training, initial);
  for (const Trajectory& run : runs) {
    steps += static_cast<double>(run.loss.size()) - 1;
    for (std::size_t t = 1; t < run.products.size(); ++t) products += run.products[t];
  }
  CHECK(cost.steps <= 10 * cost.runs);
  CHECK(cost.steps + cost.sharpness_steps < steps / 2);
  CHECK(cost.sharpness_steps >= cost.sharpness_runs);
  CHECK(cost.products >= cost.sharpness_runs);
  CHECK(cost.products < products / 5);
  // One whole line at least, and the first points of others.
  CHECK(cost.lines >= 1);
  CHECK(cost.line_points > 101);
  CHECK(static_cast<std::size_t>(cost.line_points) < 101 * runs.size() / 5);
}

TEST_CASE("a grid that ends early leaves open what it does not show") {
  const EarlyTraining training = parabola();
  const Sharpness initial = sharpness_at(training, training.start, {});
  const CriticalGrid grid{.last = 9};
  const Boundaries found = find_boundaries(training, initial, grid);
  const CriticalConstants swept = critical_constants(sweep_grid(training, initial, grid));
  CHECK_FALSE(found.constants.c_loss.has_value());
  CHECK_FALSE(swept.c_loss.has_value());
  check_same(found.constants.c_max, swept.c_max);
  check_same(found.constants.c_barrier, swept.c_barrier);
}

}  // namespace
}  // namespace gradus
