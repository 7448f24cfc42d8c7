#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "nn/vectors.h"
#include "tests/exercise.h"

using namespace gradus;

double final_sharpness(double lam0, double f0, double y, std::int64_t n,
                       double p);

namespace {

// The kernel after training by the engine with small steps.
double trained(const UvConfig& config, double lam0, double f0, double y) {
  const Model net = uv(config);
  const Tensor x = ones({1, 1}, DType::f64),
               target = full({1, 1}, y, DType::f64);
  std::vector<Tensor> w = uv_params(config, f0, lam0);
  Sgd sgd(net, {.lr = 0.002 / lam0});
  for (int step = 0; step < 6000; ++step)
    sgd.step(w, grad(mse_half_mean(net(w, x), target), w));
  return inner_product(w, w) /
         std::pow(static_cast<double>(config.width), config.p);
}

void check_end(std::int64_t n, double p, double lam0, double f0, double y) {
  INFO("n " << n << ", p " << p << ", lam0 " << lam0 << ", f0 " << f0
            << ", y " << y);
  const double end = trained({.width = n, .p = p}, lam0, f0, y);
  const double N = std::pow(static_cast<double>(n), p);
  expect_near(
      "kernel at the end", final_sharpness(lam0, f0, y, n, p), end,
      0.005 * end,
      {{"this is the kernel at the start", lam0},
       {"f begins at f0, which takes its part away",
        std::sqrt(lam0 * lam0 + 4 * y * y / N)},
       {"kappa and phi carry eta: with N, not the square root of N",
        std::sqrt(lam0 * lam0 + 4 * (y * y - f0 * f0) / std::sqrt(N))}});
}

}  // namespace

TEST_CASE("muP sharpens by the same at every width") {
  for (const std::int64_t n : {4, 64}) check_end(n, 0, 1, 0, 1);
  expect_near("kernel at the end", final_sharpness(1, 0, 1, 4, 0),
              std::sqrt(5.0), 1e-9);
}

TEST_CASE("in the NTK form a wide network hardly sharpens") {
  for (const std::int64_t n : {1, 4, 100}) check_end(n, 1, 1, 0, 1);
}

TEST_CASE("an output that begins above the target is flattened") {
  check_end(9, 0, 3, 1.4, 0.5);
  check_end(9, 0.5, 3, -1.4, 0.5);
}
