#include <cmath>
#include <cstdint>
#include <vector>

#include "autodiff/grad.h"
#include "nn/instruments/exponents.h"
#include "nn/instruments/norms.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "tests/exercise.h"

using namespace gradus;

struct RateExponents {
  double sgd, adam;
};
RateExponents rate_exponents(double p);

namespace {

// How far one step of the blocks moves h_L, with SGD or with Adam, in units of
// (1 + beta^2)^L: forwards and backwards the signal grows by its root, which has
// a limit but nears it slowly for p = 3/4.
double moved(double p, std::int64_t blocks, std::uint64_t seed, bool adam) {
  const double L = static_cast<double>(blocks);
  Model net = residual_mlp({.in = 8,
                            .width = 64,
                            .blocks = blocks,
                            .out = 64,
                            .branch_multiplier = std::pow(L, -p)});
  for (Param& param : net.params) {
    const bool block = param.role == Role::hidden;
    param.sgd_lr = block ? std::pow(L, rate_exponents(p).sgd) : 0;
    param.adam_lr = block ? std::pow(L, rate_exponents(p).adam) : 0;
  }
  std::vector<Tensor> w = init(net, seed, DType::f64);
  const Tensor x = random_normal({8, 8}, {seed, 900}, 1.0, DType::f64);
  const Tensor c = random_normal({8, 64}, {seed, 901}, 1.0, DType::f64);
  const std::vector<Layer> before = net.layers(w, x);
  const std::vector<Tensor> g = grad(linear_loss(before.back().h, c), w);
  if (adam)
    Adam(net, {.lr = 1e-6, .eps = 0}).step(w, g);
  else
    Sgd(net, {.lr = 1e-6}).step(w, g);
  const std::size_t last = before.size() - 2;
  return rms(net.layers(w, x)[last].h - before[last].h) /
         std::pow(1 + std::pow(L, -2 * p), L);
}

}  // namespace

TEST_CASE("the two tables of the chapter are among them") {
  expect_near(
      "SGD, p = 1/2", rate_exponents(0.5).sgd, 0, 1e-12,
      {{"beta acts twice: on the gradient and on what is added", -0.5},
       {"the sum over L blocks is missing", 1.0}});
  expect_near(
      "Adam, p = 1/2", rate_exponents(0.5).adam, -0.5, 1e-12,
      {{"Adam forgets the gradient's beta, not that of what is added", 0.0}});
  expect_near("SGD, p = 1", rate_exponents(1).sgd, 1, 1e-12);
  expect_near("Adam, p = 1", rate_exponents(1).adam, 0, 1e-12);
}

TEST_CASE("a step moves h_L by the same amount at every depth") {
  const std::vector<double> depths = {8, 16, 32, 64};
  for (const double p : {0.5, 0.75, 1.0})
    for (const bool adam : {false, true}) {
      std::vector<std::vector<double>> steps;
      for (const double L : depths) {
        steps.emplace_back();
        for (std::uint64_t seed = 0; seed < 8; ++seed)
          steps.back().push_back(
              moved(p, static_cast<std::int64_t>(L), seed, adam));
      }
      INFO("p " << p << (adam ? ", Adam" : ", SGD"));
      expect_near("exponent of the step of h_L",
                  exponent_of_medians(depths, steps).value, 0, 0.15,
                  {{"L blocks add up, each with its beta"}});
    }
}
