// Lanczos and power iteration against operators whose spectrum is known.
#include "nn/instruments/sharpness.h"

#include <cmath>
#include <limits>

#include "autodiff/ops.h"
#include "nn/vectors.h"
#include "tests/catch.h"
#include "tests/engine/test_support.h"
#include "tests/nn/instruments/operators.h"

namespace gradus {
namespace {

using Tensors = std::vector<Tensor>;

// 20 eigenvalues crowd between .9 and 1; the others fill 0 to .5.
std::vector<double> clustered_spectrum() {
  std::vector<double> eigenvalues;
  for (int i = 0; i < 20; ++i) eigenvalues.push_back(1 - 0.1 * i / 19);
  for (int i = 0; i < 280; ++i) eigenvalues.push_back(0.5 * i / 279);
  return eigenvalues;
}

TEST_CASE("a diagonal operator on several tensors: all of its eigenpairs") {
  const Tensor a = from_host({5, -7, 1, 0, 2, 3}, {2, 3}, DType::f64);
  const Tensor b = from_host({4, -1}, {2}, DType::f64);
  const LinearOperator h = [&](const Tensors& v) { return Tensors{a * v[0], b * v[1]}; };

  const Spectrum all = top_eigenvalues(h, {a, b}, 8, {.tolerance = 1e-12});
  const std::vector<double> expected = {5, 4, 3, 2, 1, 0, -1, -7};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(std::fabs(all.eigenvalues[i] - expected[i]) < 1e-12);
    CHECK(std::fabs(residual_of(h, expected[i], all.eigenvectors[i])) < 1e-11);
  }
  CHECK(all.products == 8);

  // The largest algebraic one, and the largest in magnitude.
  const Sharpness top = sharpness(h, {a, b}, {.tolerance = 1e-9});
  CHECK(top.lambda_max == Approx(5).epsilon(1e-12));
  CHECK(std::fabs(top.eigenvector[0].to_vector()[0]) == Approx(1).epsilon(1e-8));
  const Sharpness dominant = power_iteration(h, {a, b}, {.tolerance = 1e-9});
  CHECK(dominant.lambda_max == Approx(-7).epsilon(1e-12));
}

TEST_CASE("the residual is that of the returned eigenvector, and bounds the error") {
  const std::vector<double> eigenvalues = clustered_spectrum();
  const LinearOperator h = planted(eigenvalues);
  for (const double tolerance : {1e-1, 1e-3, 1e-8}) {
    const EigenOptions options{.tolerance = tolerance, .max_products = 3000};
    for (const Sharpness& found :
         {sharpness(h, vector_of(300), options), power_iteration(h, vector_of(300), options)}) {
      CHECK(found.relative_residual() <= tolerance);
      CHECK(norm(found.eigenvector) == Approx(1).epsilon(1e-12));
      CHECK(std::fabs(residual_of(h, found.lambda_max, found.eigenvector) - found.residual) <
            1e-12);
      CHECK(found.lambda_max <= 1 + 1e-12);
      double nearest = std::numeric_limits<double>::infinity();
      for (double lambda : eigenvalues)
        nearest = std::fmin(nearest, std::fabs(lambda - found.lambda_max));
      CHECK(nearest <= found.residual + 1e-12);
    }
  }
}

TEST_CASE("20 power iterations underestimate clustered eigenvalues, and their residual says so") {
  const LinearOperator h = planted(clustered_spectrum());
  const Sharpness power = power_iteration(h, vector_of(300), {.tolerance = 0, .max_products = 20});
  CHECK(power.products == 20);
  CHECK(power.lambda_max < 0.98);
  CHECK(power.relative_residual() > 0.01);
  const Sharpness lanczos = sharpness(h, vector_of(300), {.tolerance = 0, .max_products = 24});
  CHECK(lanczos.products == 24);
  CHECK(lanczos.lambda_max > 0.999);
}

TEST_CASE("after any number of products Lanczos is not behind power iteration") {
  const LinearOperator h = planted(clustered_spectrum());
  for (const std::int64_t k : {1, 2, 3, 5, 8, 13, 21, 34}) {
    const EigenOptions options{.tolerance = 0, .max_products = k};
    const double power = power_iteration(h, vector_of(300), options).lambda_max;
    const double lanczos = sharpness(h, vector_of(300), options).lambda_max;
    INFO(k << " products: " << power << ", " << lanczos);
    CHECK(lanczos >= power - 1e-12);
    CHECK(power <= 1);
  }
}

TEST_CASE("a search that is looked at between products finds the same, from below") {
  const LinearOperator h = planted(clustered_spectrum());
  const EigenOptions options{.tolerance = 1e-6};
  const Sharpness at_once = sharpness(h, vector_of(300), options);
  EigenSearch search(h, vector_of(300), 1, options);
  double below = -1;
  for (bool more = true; more;) {
    more = search.step();
    const Spectrum found = search.found();
    CHECK(found.eigenvalues[0] >= below - 1e-12);
    CHECK(found.eigenvalues[0] <= 1 + 1e-12);
    CHECK(residual_of(h, found.eigenvalues[0], found.eigenvectors[0]) ==
          Approx(found.residuals[0]).margin(1e-9));
    below = found.eigenvalues[0];
  }
  const Spectrum found = search.found();
  CHECK(found.products == at_once.products);
  CHECK(found.eigenvalues[0] == at_once.lambda_max);
  CHECK(found.residuals[0] == at_once.residual);
  CHECK(found.eigenvectors[0][0].to_vector() == at_once.eigenvector[0].to_vector());
}

TEST_CASE("a search that is looked at too early says so, and after its end it rests") {
  EigenSearch search(planted({3, 2, 1}), vector_of(3), 2);
  CHECK_THROWS_WITH(search.found(), ContainsSubstring("call step() first"));
  search.step();
  CHECK_THROWS_WITH(search.found(), ContainsSubstring("2 eigenvalues are known from"));
  while (search.step()) continue;
  const Spectrum found = search.found();
  CHECK_FALSE(search.step());
  CHECK(search.found().products == found.products);
  CHECK(search.found().eigenvalues == found.eigenvalues);
}

TEST_CASE("Lanczos needs a fraction of the products of power iteration") {
  std::int64_t lanczos_products = 0, power_products = 0;
  const EigenOptions options{.tolerance = 1e-3, .max_products = 10000};
  const LinearOperator h = planted(clustered_spectrum());
  const Sharpness lanczos = sharpness(counted(h, lanczos_products), vector_of(300), options);
  const Sharpness power = power_iteration(counted(h, power_products), vector_of(300), options);
  INFO(lanczos_products << " products against " << power_products);
  CHECK(lanczos.products == lanczos_products);
  CHECK(power.products == power_products);
  CHECK(std::fabs(lanczos.lambda_max - 1) < 1e-3);
  CHECK(5 * lanczos_products < power_products);
}

TEST_CASE("whoever asks whether the largest eigenvalue is above a bound pays for no more") {
  const LinearOperator h = planted(clustered_spectrum());
  const EigenOptions whole{.tolerance = 1e-8, .max_products = 3000};
  EigenOptions above = whole, below = whole;
  above.enough = 0.9;
  below.enough = 1.1;
  const Sharpness exact = sharpness(h, vector_of(300), whole);
  const Sharpness early = sharpness(h, vector_of(300), above);
  CHECK(early.lambda_max > 0.9);
  CHECK(early.lambda_max <= 1);
  CHECK(2 * early.products < exact.products);
  const Sharpness never = sharpness(h, vector_of(300), below);
  CHECK(never.lambda_max == exact.lambda_max);
  CHECK(never.products == exact.products);
}

TEST_CASE("a warm start saves most products") {
  std::vector<double> eigenvalues(200);
  for (std::size_t i = 0; i < eigenvalues.size(); ++i)
    eigenvalues[i] = std::pow(0.8, static_cast<double>(i));
  const LinearOperator h = planted(eigenvalues);
  const Sharpness cold = sharpness(h, vector_of(200));
  const Tensors noise = random_vector(cold.eigenvector, {.seed = 3, .stream = 1});
  const Tensors near = add_scaled(cold.eigenvector, 0.01 / norm(noise), noise);
  const Sharpness warm = sharpness(h, vector_of(200), {.start = near});
  const Sharpness quiet = sharpness(h, vector_of(200), {.start = near, .start_noise = 0});
  CHECK(cold.products >= 8);
  CHECK(quiet.products <= 3);
  CHECK(warm.products <= 4);
  CHECK(warm.lambda_max == Approx(1).epsilon(1e-5));
}

TEST_CASE("f32 finds the eigenvalue to f32's precision") {
  const LinearOperator h = planted(clustered_spectrum(), DType::f32);
  const Sharpness top =
      sharpness(h, vector_of(300, DType::f32), {.tolerance = 1e-5, .max_products = 200});
  CHECK(top.products < 100);
  CHECK(std::fabs(top.lambda_max - 1) < 1e-5);
}

TEST_CASE("a warm start near another eigenvector: noise finds the top") {
  for (const DType dtype : {DType::f32, DType::f64}) {
    const LinearOperator h = diagonal({5, 2, 1}, dtype);
    const Tensors near = {from_host({1e-3, 1, 0}, {3}, dtype)};
    const EigenOptions warm{.tolerance = 1e-2, .start = near};
    CHECK(sharpness(h, vector_of(3, dtype), warm).lambda_max == Approx(5).epsilon(1e-4));
    CHECK(power_iteration(h, vector_of(3, dtype), warm).lambda_max == Approx(5).epsilon(1e-3));
    EigenOptions quiet = warm;
    quiet.start_noise = 0;
    CHECK(sharpness(h, vector_of(3, dtype), quiet).lambda_max == Approx(2).epsilon(1e-4));
  }
}

TEST_CASE("preconditioning by factors is D^1/2 H D^1/2") {
  const Tensor a = from_host({1, 2}, {2}, DType::f64), b = from_host({3}, {1}, DType::f64);
  const LinearOperator h = [&](const Tensors& v) { return Tensors{a * v[0], b * v[1]}; };
  const Spectrum all = top_eigenvalues(preconditioned(h, {10, 0.5}), {a, b}, 3);
  CHECK(all.eigenvalues[0] == Approx(20));
  CHECK(all.eigenvalues[1] == Approx(10));
  CHECK(all.eigenvalues[2] == Approx(1.5));
}

TEST_CASE("wrong calls of the eigenvalue instruments are one clear sentence") {
  const LinearOperator h = [](const Tensors& v) { return v; };
  CHECK(error_of([&] { sharpness(h, {}); }) == "[sharpness] there are no parameters");
  CHECK(error_of([&] { sharpness(h, vector_of(3), {.max_products = 0}); }) ==
        "[sharpness] max_products is 0; at least one product is needed");
  CHECK(error_of([&] {
          sharpness(h, vector_of(3), {.start = {ones({3}), ones({3})}});
        }) == "[sharpness] the start vector has 2 tensors for 1 parameters");
  CHECK(error_of([&] {
          sharpness(h, {ones({1, 3})}, {.start = {ones({3, 1})}});
        }) == "[sharpness] the start vector has shape (3,1) for parameter 0 of shape (1,3)");
  const LinearOperator turned = [](const Tensors& v) { return Tensors{transpose(v[0])}; };
  CHECK(error_of([&] {
          sharpness(turned, {ones({1, 3})});
        }) == "[sharpness] H v has shape (3,1) for parameter 0 of shape (1,3)");
  CHECK(error_of([&] {
          power_iteration(turned, {ones({1, 3})});
        }) == "[sharpness] H v has shape (3,1) for parameter 0 of shape (1,3)");
  CHECK(error_of([&] {
          preconditioned(turned, {1})({ones({1, 3})});
        }) == "[sharpness] H v has shape (3,1) for parameter 0 of shape (1,3)");
  CHECK(error_of([&] { sharpness(h, vector_of(3), {.start = vector_of(3)}); }) ==
        "[sharpness] the start vector has norm 0; it must be positive and finite");
  CHECK(error_of([&] { top_eigenvalues(h, vector_of(3), 4); }) ==
        "[sharpness] 4 eigenvalues are asked for, but the operator has 3");
  CHECK(error_of([&] { top_eigenvalues(h, vector_of(9), 4, {.max_products = 3}); }) ==
        "[sharpness] 4 eigenvalues need at least as many products; max_products is 3");
  CHECK(error_of([&] {
          preconditioned(h, {1, -1});
        }) == "[sharpness] a learning-rate factor is -1; it must not be negative");
  CHECK(error_of([&] {
          preconditioned(h, {1, 1})(vector_of(3));
        }) == "[sharpness] 2 factors for 1 parameters");
}

}  // namespace
}  // namespace gradus
