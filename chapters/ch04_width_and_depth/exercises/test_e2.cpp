#include <cmath>
#include <functional>
#include <limits>
#include <set>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "data/generators.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "tests/exercise.h"

using namespace gradus;

double largest_stable(const std::function<bool(double)>& stable, double start,
                      double precision);

namespace {

// Whether the loss on all points stays below its start for ten steps.
bool falls(std::int64_t width, double lr) {
  const Samples samples = spiral();
  const Tensor x = inputs_of(samples), t = targets_of(samples);
  const Model net =
      fcn({.in = 2, .width = width, .depth = 3, .out = 3, .bias = true});
  std::vector<Tensor> w = init(net, 0);
  Sgd sgd(net, {.lr = lr});
  double start = 0;
  for (int step = 0; step < 10; ++step) {
    const Tensor loss = softmax_cross_entropy(net(w, x), t);
    if (step == 0) start = loss.item();
    if (!(loss.item() <= start)) return false;
    sgd.step(w, grad(loss, w));
  }
  return true;
}

}  // namespace

TEST_CASE("on a parabola the edge is 2 over the curvature") {
  const auto stable = [](double lr) { return std::abs(1 - 8 * lr) < 1; };
  for (const double start : {0.001, 0.2, 0.3, 50.0}) {
    const double edge = largest_stable(stable, start, 1.0001);
    INFO("from the rate " << start);
    expect_near("edge", edge, 0.25, 0.25 * 1e-4,
                {{"that is where it started", start}});
    expect("the rate that is returned", stable(edge), "one that diverges",
           "one that was found stable", "the interval's upper end");
  }
}

TEST_CASE("no try is wasted") {
  for (const double start : {1.0, 0.01, 700.0}) {
    std::set<double> asked;
    int tries = 0, again = 0;
    const auto stable = [&](double lr) {
      again += !asked.insert(lr).second;
      return ++tries, lr < 3;
    };
    largest_stable(stable, start, 1.05);
    INFO("from the rate " << start);
    expect_equal("rates that were tried twice", again, 0);
    // To the first rate of the other kind, then from a factor of 2 to 1.05: four halvings.
    const int needed =
        1 + static_cast<int>(std::ceil(std::abs(std::log2(start / 3)))) + 4;
    expect("tries", tries <= needed, std::to_string(tries),
           std::to_string(needed) + " at most",
           "the interval is not halved in the logarithm");
  }
}

TEST_CASE("an edge out of reach") {
  const double infinity = std::numeric_limits<double>::infinity();
  const auto never = [](double) { return false; };
  const auto always = [](double) { return true; };
  const auto distant = [](double lr) { return lr < 1e12; };
  expect_equal("nothing is stable", largest_stable(never, 1, 1.1), 0.0);
  expect_equal("all is stable", largest_stable(always, 1, 1.1), infinity);
  expect_near("an edge at 10^12, 2^39.9 from the start",
              largest_stable(distant, 1, 1.1), 1e12, 1e11,
              {{"given up too early", infinity}});
}

TEST_CASE("four times the width, a quarter of the rate") {
  const auto edge = [](std::int64_t width) {
    return largest_stable([=](double lr) { return falls(width, lr); }, 1,
                          1.05);
  };
  expect_near("edge at width 64 over edge at width 256",
              std::log2(edge(64) / edge(256)), 2, 1);
}
