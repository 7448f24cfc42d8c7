#include <cmath>
#include <cstdint>
#include <vector>

#include "autodiff/ops.h"
#include "nn/instruments/statistics.h"
#include "nn/models.h"
#include "tests/exercise.h"

using namespace gradus;

std::int64_t seeds_needed(std::int64_t width, std::int64_t depth,
                          double error);

namespace {

// log ||z|| of the last hidden layer: the output layer's ratio, up to the norm of its weights,
// which hardly varies.
double log_ratio(std::int64_t width, std::int64_t depth, std::uint64_t seed) {
  const Model net = fcn({.in = 16, .width = width, .depth = depth, .out = 1});
  const Tensor x = random_normal({1, 16}, {0, 1000}, 1.0, DType::f64);
  const std::vector<Layer> layers =
      net.layers(init(net, seed, DType::f64), x);
  const Tensor& z = layers[layers.size() - 2].z;
  return 0.5 * std::log(dot(z, z).item());
}

}  // namespace

TEST_CASE("numbers of seeds, from the variance by hand") {
  // 5 * 3 / (4 * 60) = 1/16
  const auto check = [](std::int64_t width, std::int64_t depth, double error,
                        std::int64_t expected) {
    const double v = 5.0 * double(depth - 1) / (4.0 * double(width));
    const auto gives = [](double seeds) {
      return static_cast<std::int64_t>(std::ceil(seeds));
    };
    INFO("width " << width << ", depth " << depth << ", error " << error);
    expect_equal(
        "seeds", seeds_needed(width, depth, error), expected,
        {{"the error falls as one over the root of the seeds",
          gives(v / error)},
         {"depth - 1 layers are random, not depth",
          gives(v / (error * error) * double(depth) / double(depth - 1))},
         {"4 times: the ratio is a norm, the variance that of its square",
          gives(4 * v / (error * error))},
         {"round up: fewer seeds are not sufficient", expected - 1}});
  };
  check(64, 32, 0.1, 61);
  check(64, 32, 0.05, 243);
  check(32, 32, 0.1, 122);
  check(60, 4, 0.25, 1);
  check(60, 4, 0.24, 2);
}

TEST_CASE("as many seeds give real networks the promised error") {
  const std::int64_t width = 64, depth = 8, groups = 40;
  const double error = 0.1;
  const std::int64_t seeds = seeds_needed(width, depth, error);
  std::vector<double> means;
  for (std::int64_t group = 0; group < groups; ++group) {
    std::vector<double> logs;
    for (std::int64_t k = 0; k < seeds; ++k)
      logs.push_back(log_ratio(
          width, depth, static_cast<std::uint64_t>(group * seeds + k)));
    means.push_back(statistics(logs).mean);
  }
  const double measured = statistics(means).deviation;
  INFO(seeds << " seeds give " << measured);
  expect_near("deviation of the mean over so many seeds", measured, error,
              0.3 * error);
}
