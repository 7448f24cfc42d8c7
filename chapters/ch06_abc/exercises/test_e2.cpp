#include <cmath>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/norms.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "tests/exercise.h"

using namespace gradus;

Parametrisation turned_up(Parametrisation table, double r);

namespace {

// Exponents of n of what no shift can change: the size at the start, and that of an SGD update.
struct Real {
  double start, sgd;
};
Real real(const Parametrisation& table, Role role) {
  const auto exponent = [&](const Power& power) {
    return power.width_mult +
           (role == Role::hidden || role == Role::output ? power.fan_in : 0);
  };
  const Scaling row = table.at(role);
  return {-exponent(row.multiplier) - exponent(row.init_std),
          -2 * exponent(row.multiplier) - exponent(row.sgd_lr)};
}

// f - f_0 after ten steps that lead it to y.
Tensor change(const Parametrisation& table, const Tensor& x,
              const Tensor& y) {
  const Model net = fcn({.in = 5,
                         .width = 64,
                         .depth = 3,
                         .out = 1,
                         .parametrisation = table,
                         .base_width = 16});
  std::vector<Tensor> w = init(net, 1, DType::f64);
  const Tensor f_0 = stop_gradient(net(w, x));
  Sgd sgd(net, {.lr = 0.02});
  for (int step = 0; step < 10; ++step)
    sgd.step(w, grad(mse_half_mean(net(w, x) - f_0, y), w));
  return net(w, x) - f_0;
}

}  // namespace

TEST_CASE("muP turned up by the square root of m has NTK's real freedoms") {
  const Parametrisation table = turned_up(abc::mup_table3, 0.5);
  for (const Role role :
       {Role::input, Role::hidden, Role::output, Role::bias}) {
    INFO(to_string(role));
    const Real got = real(table, role), plain = real(abc::mup_table3, role);
    expect_near("exponent of the size at the start", got.start,
                real(abc::ntk, role).start, 0,
                {{"only the output's multiplier changes: m^r", plain.start}});
    expect_near(
        "exponent of an SGD update", got.sgd, real(abc::ntk, role).sgd, 0,
        {{"its rate must fall by m^-2r, in this row too", plain.sgd},
         {"all rates fall by m^-2r, the output's included", plain.sgd - 1.0},
         {"m^-2r, not m^-r", plain.sgd + 0.5}});
  }
}

TEST_CASE("half way, beta is 3/4") {
  const Parametrisation table = turned_up(abc::mup_table3, 0.25);
  expect_near("output: size at the start", real(table, Role::output).start,
              0.75, 0, {{"r is not 1/2 here", 0.5}});
  expect_near("hidden: SGD update", real(table, Role::hidden).sgd, 0.5, 0);
  expect_near("input: SGD update", real(table, Role::input).sgd, -0.5, 0);
}

TEST_CASE(
    "turned up by alpha it learns y as muP learns y / alpha, alpha times as "
    "loud") {
  const Tensor x = random_normal({16, 5}, {1, 100}, 1.0, DType::f64);
  const Tensor y = random_normal({16, 1}, {1, 101}, 1.0, DType::f64);
  const double alpha = std::sqrt(64.0 / 16);
  const Tensor loud = change(turned_up(abc::mup_table3, 0.5), x, y);
  const Tensor quiet = change(abc::mup_table3, x, y / alpha);
  expect_near("f - f_0", loud.to_vector(), (alpha * quiet).to_vector(),
              1e-12 * frobenius_norm(loud),
              {{"the output is louder, and some rate does not know it"}});
}
