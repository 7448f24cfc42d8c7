// Generated data and the order in which examples are visited.
#include "data/generators.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <set>

#include "autodiff/check.h"
#include "autodiff/random.h"
#include "data/batches.h"
#include "data/random_streams.h"
#include "tests/catch.h"

using namespace gradus;

namespace {

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double std_of(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(values.size()));
}

}  // namespace

TEST_CASE("A spiral without noise lies where its formula says") {
  Spiral options;
  options.noise = 0;
  options.standardise = false;
  options.turns = 0.75;
  const Samples s = spiral(options);
  REQUIRE(s.size() == 999);
  CHECK(s.input_size == 2);
  CHECK(s.target_size == 3);
  for (const std::size_t k : {0, 1, 2})
    for (const std::size_t i : {0, 1, 166, 332}) {
      const double t = static_cast<double>(i) / 332, radius = 0.1 + 0.9 * t;
      const double angle = 2 * std::numbers::pi * (static_cast<double>(k) / 3 + 0.75 * t);
      const std::size_t row = 333 * k + i;
      CHECK(s.inputs[2 * row] == Approx(radius * std::cos(angle)).margin(1e-14));
      CHECK(s.inputs[2 * row + 1] == Approx(radius * std::sin(angle)).margin(1e-14));
      CHECK(s.labels[row] == static_cast<int>(k));
      for (const std::size_t c : {0, 1, 2}) CHECK(s.targets[3 * row + c] == (c == k));
    }
  CHECK(inputs_of(s).shape() == Shape{999, 2});
  CHECK(targets_of(s, DType::f64).shape() == Shape{999, 3});
  const auto [x, y] = examples_of(s, DType::f64);
  CHECK(x.to_vector() == s.inputs);
  CHECK(y.to_vector() == s.targets);
}

TEST_CASE("The spiral's noise has its size, and its inputs standard deviation 1") {
  Spiral clean, noisy;
  clean.standardise = noisy.standardise = false;
  clean.noise = 0;
  const Samples a = spiral(clean), b = spiral(noisy);
  std::vector<double> noise;
  for (std::size_t i = 0; i < a.inputs.size(); ++i) noise.push_back(b.inputs[i] - a.inputs[i]);
  // 1998 draws: the standard errors are 0.00045 and 0.00032.
  CHECK(mean_of(noise) == Approx(0).margin(0.002));
  CHECK(std_of(noise) == Approx(0.02).margin(0.0013));

  const Samples standard = spiral();
  CHECK(std_of(standard.inputs) == Approx(1).epsilon(1e-12));
  const double scale = std_of(b.inputs);
  for (const std::size_t i : {0, 1000, 1997})
    CHECK(standard.inputs[i] == Approx(b.inputs[i] / scale).epsilon(1e-12));

  CHECK(spiral().inputs == spiral().inputs);
  Spiral other;
  other.seed = 1;
  CHECK(spiral(other).inputs != spiral().inputs);
}

TEST_CASE("A spiral that cannot be made is an error") {
  Spiral options;
  options.examples = 1000;
  CHECK_THROWS_WITH(spiral(options), "[spiral] 1000 examples do not make 3 classes of equal size");
  options.classes = 0;
  CHECK_THROWS_AS(spiral(options), Error);
  options = {};
  options.examples = 3;
  options.first_radius = options.noise = 0;
  CHECK_THROWS_WITH(spiral(options), ContainsSubstring("all coordinates are equal"));
}

TEST_CASE("The Chebyshev polynomial satisfies T_5(cos t) = cos 5t") {
  const Samples s = chebyshev_t5();
  REQUIRE(s.size() == 20);
  CHECK(s.inputs.front() == -1);
  CHECK(s.inputs.back() == 1);
  CHECK(s.inputs[1] - s.inputs[0] == Approx(2.0 / 19));
  for (std::size_t i = 0; i < 20; ++i)
    CHECK(s.targets[i] == Approx(std::cos(5 * std::acos(s.inputs[i]))).margin(1e-13));
  CHECK(targets_of(s).shape() == Shape{20, 1});
  CHECK_THROWS_AS(chebyshev_t5(0), Error);
}

TEST_CASE("Gaussian inputs are standard normal numbers of their seed") {
  const Samples s = gaussian_inputs(500, 40, 3);
  REQUIRE(s.size() == 500);
  CHECK(mean_of(s.inputs) == Approx(0).margin(0.04));  // standard error 0.007
  CHECK(std_of(s.inputs) == Approx(1).margin(0.03));
  CHECK(s.inputs == gaussian_inputs(500, 40, 3).inputs);
  CHECK(s.inputs != gaussian_inputs(500, 40, 4).inputs);
  CHECK_THROWS_AS(gaussian_inputs(0, 3), Error);
  CHECK_THROWS_AS(gaussian_inputs(3, 0), Error);
}

TEST_CASE("A teacher labels inputs by its network") {
  Teacher options;
  options.examples = 50;
  options.input_size = 3;
  options.width = 4;
  options.target_size = 2;
  options.seed = 9;
  const Samples s = teacher(options);
  REQUIRE(s.size() == 50);
  const Philox hidden(9, data_stream::teacher_hidden), output(9, data_stream::teacher_output);
  for (std::size_t n : {0, 49})
    for (std::size_t k : {0, 1}) {
      double expected = 0;
      for (std::size_t j = 0; j < 4; ++j) {
        double h = 0;
        for (std::size_t i = 0; i < 3; ++i)
          h += s.inputs[3 * n + i] * std::sqrt(2.0 / 3) * hidden.normal(4 * i + j);
        expected += std::max(h, 0.0) * 0.5 * output.normal(2 * j + k);
      }
      CHECK(s.targets[2 * n + k] == Approx(expected).margin(1e-13));
    }
  CHECK(s.labels.empty());

  options.classify = true;
  const Samples c = teacher(options);
  CHECK(c.inputs == s.inputs);
  REQUIRE(c.labels.size() == 50);
  for (std::size_t n = 0; n < 50; ++n) {
    const int larger = s.targets[2 * n + 1] > s.targets[2 * n];
    CHECK(c.labels[n] == larger);
    CHECK(c.targets[2 * n + 1] == larger);
    CHECK(c.targets[2 * n] == 1 - larger);
  }
  options.width = 0;
  CHECK_THROWS_AS(teacher(options), Error);
}

TEST_CASE("An epoch's order is a permutation, each as likely as any other") {
  std::vector<std::int64_t> order = epoch_order(1000, 5, 7);
  CHECK(order == epoch_order(1000, 5, 7));
  CHECK(order != epoch_order(1000, 5, 8));
  CHECK(order != epoch_order(1000, 6, 7));
  CHECK_FALSE(std::is_sorted(order.begin(), order.end()));
  std::sort(order.begin(), order.end());
  for (std::int64_t i = 0; i < 1000; ++i) CHECK(order[static_cast<std::size_t>(i)] == i);
  CHECK(epoch_order(0, 0, 0).empty());
  CHECK_THROWS_AS(epoch_order(-1, 0, 0), Error);
  CHECK_THROWS_AS(epoch_order(1, 0, -1), Error);

  // Chi-square over the 24 orders of 4 examples: 23 degrees of freedom, above 50 in 1 of 1000.
  std::map<std::vector<std::int64_t>, int> counts;
  const int epochs = 24000;
  for (int epoch = 0; epoch < epochs; ++epoch) ++counts[epoch_order(4, 1, epoch)];
  CHECK(counts.size() == 24);
  double chi_square = 0;
  for (const auto& [key, count] : counts) chi_square += (count - 1000.0) * (count - 1000.0) / 1000;
  CHECK(chi_square < 50);
}

TEST_CASE("Batches visit each example once an epoch, in an order that is theirs alone") {
  Batches batches(103, 10, 2);
  CHECK(batches.per_epoch() == 10);
  std::vector<std::vector<std::int64_t>> steps;
  for (int step = 0; step < 30; ++step) steps.push_back(batches.at(step));
  for (std::size_t epoch = 0; epoch < 3; ++epoch) {
    std::set<std::int64_t> seen;
    for (std::size_t step = 0; step < 10; ++step) {
      CHECK(steps[10 * epoch + step].size() == 10);
      seen.insert(steps[10 * epoch + step].begin(), steps[10 * epoch + step].end());
    }
    CHECK(seen.size() == 100);
    CHECK(*seen.begin() >= 0);
    CHECK(*seen.rbegin() < 103);
  }
  CHECK(steps[0] != steps[10]);
  Batches again(103, 10, 2);
  for (const std::size_t step : {25, 3, 29, 0, 14})
    CHECK(again.at(static_cast<std::int64_t>(step)) == steps[step]);
  CHECK(Batches(103, 10, 3).at(0) != steps[0]);

  CHECK_THROWS_AS(batches.at(-1), Error);
  CHECK_THROWS_AS(Batches(9, 10), Error);
  CHECK_THROWS_AS(Batches(9, 0), Error);
  CHECK_THROWS_AS(Batches(-1, 1), Error);
  CHECK_THROWS_WITH(Batches(9, 10), "[batches] a batch of 10 cannot be drawn from 9 examples");
}

TEST_CASE("The measuring batch shares no example with any training batch") {
  const HoldOut split = hold_out(100, 30, 4);
  CHECK(split.measuring.size() == 30);
  CHECK(split.training.size() == 70);
  std::set<std::int64_t> all(split.measuring.begin(), split.measuring.end());
  all.insert(split.training.begin(), split.training.end());
  CHECK(all.size() == 100);
  CHECK(std::is_sorted(split.measuring.begin(), split.measuring.end()));
  CHECK(split.measuring == hold_out(100, 30, 4).measuring);
  CHECK(split.measuring != hold_out(100, 30, 5).measuring);

  Batches batches(split.training, 7, 4);
  const std::set<std::int64_t> measuring(split.measuring.begin(), split.measuring.end());
  std::set<std::int64_t> trained;
  for (int step = 0; step < 10; ++step)
    for (const std::int64_t i : batches.at(step)) {
      CHECK(measuring.count(i) == 0);
      trained.insert(i);
    }
  CHECK(trained.size() == 70);

  CHECK(hold_out(5, 0).training.size() == 5);
  CHECK_THROWS_AS(hold_out(5, 5), Error);
  CHECK_THROWS_AS(hold_out(5, -1), Error);
}
