#include <cmath>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/norms.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "tests/exercise.h"

using namespace gradus;

double eps_exponent(const Parametrisation& table, Role role);

namespace {

// rms of the gradient of each stored tensor, of a linear loss.
std::vector<double> gradients(const Parametrisation& table,
                              std::int64_t width) {
  const Model net = fcn({.in = 8,
                         .width = width,
                         .depth = 3,
                         .out = 8,
                         .bias = true,
                         .parametrisation = table,
                         .base_width = 64});
  const std::vector<Tensor> w = init(net, 1, DType::f64);
  const Tensor x = random_normal({32, 8}, {1, 100}, 1.0, DType::f64);
  const Tensor c = random_normal({32, 8}, {1, 101}, 1.0, DType::f64);
  std::vector<double> sizes;
  for (const Tensor& g : grad(linear_loss(net(w, x), c), w))
    sizes.push_back(rms(g));
  return sizes;
}

}  // namespace

TEST_CASE("gradients fall as the exponent says") {
  const Parametrisation tables[] = {abc::sp, abc::ntk, abc::mup_table3,
                                    abc::mup_table8, abc::mup_table9};
  const Role roles[] = {Role::input, Role::bias, Role::hidden, Role::bias,
                        Role::output};
  for (const Parametrisation& table : tables) {
    const std::vector<double> narrow = gradients(table, 64),
                              wide = gradients(table, 1024);
    for (std::size_t i = 0; i < std::size(roles); ++i) {
      INFO(table.name << ", " << to_string(roles[i]));
      const double measured = std::log2(wide[i] / narrow[i]) / 4;
      const bool output = roles[i] == Role::output;
      expect_near(
          "power of m, against the measured one",
          eps_exponent(table, roles[i]), measured, 0.15,
          {{output ? "the cotangent of the output is of order 1"
                   : "delta of a hidden layer is as small as the output "
                     "weights; dL/dw = multiplier * dL/dW"}});
    }
  }
}
