// Sharpness of real losses: the uv model's spectrum in closed form, dense Hessians of small nets.
#include <algorithm>
#include <cmath>

#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/vectors.h"
#include "tests/catch.h"
#include "tests/nn/instruments/operators.h"

namespace gradus {
namespace {

using Tensors = std::vector<Tensor>;

TEST_CASE("the whole Hessian spectrum of the uv model is the closed form") {
  for (const std::int64_t n : {4, 16, 50}) {
    for (const double y : {0.0, 0.7, -1.3}) {
      const Tensors uv = random_vector({zeros({n}, DType::f64), zeros({n}, DType::f64)},
                                       {.seed = static_cast<std::uint64_t>(n)});
      const double width = static_cast<double>(n);
      const Tensor f = dot(uv[0], uv[1]) / std::sqrt(width);
      Hvp hvp(square(f - y) / 2.0, uv);
      const Spectrum all = top_eigenvalues(std::ref(hvp), uv, 2 * n, {.tolerance = 1e-12});

      const double d = f.item() - y, lam = inner_product(uv, uv) / width;
      const double root = std::sqrt(lam * lam / 4 + d * (d + 2 * f.item()) / width);
      std::vector<double> expected = {lam / 2 + root, lam / 2 - root};
      for (std::int64_t i = 1; i < n; ++i)
        for (const double sign : {1.0, -1.0}) expected.push_back(sign * d / std::sqrt(width));
      std::sort(expected.rbegin(), expected.rend());

      INFO("n = " << n << ", y = " << y);
      REQUIRE(all.eigenvalues.size() == expected.size());
      for (std::size_t i = 0; i < expected.size(); ++i)
        CHECK(std::fabs(all.eigenvalues[i] - expected[i]) < 1e-9);

      const Sharpness top = sharpness(std::ref(hvp), uv, {.tolerance = 1e-10});
      CHECK(std::fabs(top.lambda_max - expected[0]) < 1e-9);
      CHECK(top.products <= 5);  // there are only four different eigenvalues
    }
  }
}

struct SmallNet {
  Model model;
  Tensor x = random_normal({12, 5}, {.seed = 1, .stream = 100}, 1.0, DType::f64);
  Tensor y = random_normal({12, 3}, {.seed = 1, .stream = 101}, 1.0, DType::f64);
  Tensors w = init(model, 5, DType::f64);

  Tensor loss(const Tensors& params) const { return mse_half_mean(model(params, x), y); }
};

TEST_CASE("Lanczos agrees with the dense Hessian of small nets") {
  for (const Activation activation : {Activation::relu, Activation::tanh, Activation::linear}) {
    const SmallNet net{
        fcn({.in = 5, .width = 6, .depth = 3, .out = 3, .activation = activation, .bias = true})};
    Hvp hvp(net.loss(net.w), net.w);
    const std::vector<double> dense = dense_eigenvalues(std::ref(hvp), net.w);
    const std::size_t n = dense.size();
    REQUIRE(n == static_cast<std::size_t>(parameter_count(net.model)));

    const Sharpness top = sharpness(std::ref(hvp), net.w, {.tolerance = 1e-7});
    CHECK(std::fabs(top.lambda_max - dense[n - 1]) < 1e-6);
    CHECK(std::fabs(residual_of(std::ref(hvp), top.lambda_max, top.eigenvector) - top.residual) <
          1e-10);

    const Spectrum five = top_eigenvalues(std::ref(hvp), net.w, 5, {.tolerance = 1e-7});
    for (std::size_t i = 0; i < 5; ++i)
      CHECK(std::fabs(five.eigenvalues[i] - dense[n - 1 - i]) < 1e-6);

    const Sharpness power =
        power_iteration(std::ref(hvp), net.w, {.tolerance = 0, .max_products = 20});
    CHECK(power.lambda_max <= top.lambda_max + 1e-12);

    std::vector<double> factors;
    for (std::size_t i = 0; i < net.w.size(); ++i) factors.push_back(static_cast<double>(i + 1));
    const LinearOperator scaled_hessian = preconditioned(std::ref(hvp), factors);
    const std::vector<double> scaled_dense = dense_eigenvalues(scaled_hessian, net.w);
    CHECK(std::fabs(sharpness(scaled_hessian, net.w, {.tolerance = 1e-7}).lambda_max -
                    scaled_dense[n - 1]) < 1e-6);
  }
}

TEST_CASE("the sharpness of a loss in chunks is that of the whole") {
  const SmallNet net{fcn({.in = 5, .width = 6, .depth = 3, .out = 3})};
  Hvp whole(net.loss(net.w), net.w);
  REQUIRE(whole.graph_kept());
  const Hvp::Loss four_times = [&net](const Tensors& w, std::int64_t begin, std::int64_t end) {
    std::vector<std::int64_t> rows;
    for (std::int64_t i = begin; i < end; ++i) rows.push_back(i % 12);
    return mse_half_mean(net.model(w, gather_rows(net.x, rows)), gather_rows(net.y, rows));
  };
  Hvp chunked(four_times, net.w, 48, {.budget_bytes = 1});
  REQUIRE_FALSE(chunked.graph_kept());

  const EigenOptions options{.tolerance = 1e-8};
  const Sharpness a = sharpness(std::ref(whole), net.w, options);
  const Sharpness b = sharpness(std::ref(chunked), net.w, options);
  CHECK(b.lambda_max == Approx(a.lambda_max).epsilon(1e-12));
  CHECK(b.products == chunked.products());
}

TEST_CASE("the sharpness on all examples is at most the mean of that on its parts") {
  const SmallNet net{fcn({.in = 5, .width = 6, .depth = 3, .out = 3})};
  const auto on = [&net](std::int64_t begin, std::int64_t end) {
    std::vector<std::int64_t> rows;
    for (std::int64_t i = begin; i < end; ++i) rows.push_back(i);
    Hvp hvp(mse_half_mean(net.model(net.w, gather_rows(net.x, rows)), gather_rows(net.y, rows)),
            net.w);
    return sharpness(std::ref(hvp), net.w, {.tolerance = 1e-8}).lambda_max;
  };
  CHECK(on(0, 12) < (on(0, 6) + on(6, 12)) / 2);
  CHECK(on(0, 6) < (on(0, 3) + on(3, 6)) / 2);
}

TEST_CASE("warm starts along training need one to three products a step") {
  const SmallNet net{fcn({.in = 5, .width = 32, .depth = 3, .out = 3})};
  Tensors w = net.w, start;
  std::int64_t warm = 0, cold = 0;
  for (int step = 0; step < 10; ++step) {
    Hvp hvp(net.loss(w), w);
    const Sharpness from_before = sharpness(std::ref(hvp), w, {.start = start});
    const Sharpness from_random = sharpness(std::ref(hvp), w);
    CHECK(from_before.lambda_max == Approx(from_random.lambda_max).epsilon(1e-3));
    if (step > 0) warm += from_before.products;
    if (step > 0) cold += from_random.products;
    start = from_before.eigenvector;
    w = add_scaled(w, -0.01 / from_before.lambda_max, hvp.gradient());
  }
  INFO(warm << " products warm, " << cold << " cold");
  CHECK(warm <= 27);
  CHECK(2 * warm < cold);
}

}  // namespace
}  // namespace gradus
