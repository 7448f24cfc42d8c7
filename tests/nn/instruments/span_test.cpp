// A training seen from the span of its inputs, against the training itself.
#include "nn/instruments/span.h"

#include <algorithm>
#include <utility>

#include "nn/losses.h"
#include "nn/models.h"
#include "tests/catch.h"

namespace gradus {
namespace {

double largest(const Tensor& x) { return max(abs(x)).item(); }

void check_span(const Tensor& x, double tolerance) {
  const Span span = span_of(x);
  const std::int64_t n = x.dim(0), r = std::min(n, x.dim(1));
  REQUIRE(span.coordinates.shape() == Shape{n, r});
  REQUIRE(span.basis.shape() == Shape{r, x.dim(1)});
  CHECK(span.coordinates.dtype() == x.dtype());
  CHECK(largest(matmul(span.coordinates, span.basis) - x) <= tolerance * largest(x));
  const Tensor products = matmul(span.basis, span.basis, false, true);
  for (std::int64_t i = 0; i < r; ++i)
    for (std::int64_t j = 0; j < r; ++j)
      CHECK(products.to_vector()[static_cast<std::size_t>(i * r + j)] ==
            Approx(i == j).margin(tolerance));
}

// Fewer examples than input features.
Examples wide(std::int64_t n, std::int64_t d) {
  return {random_normal({n, d}, {1, 0}, 1, DType::f64),
          random_normal({n, 3}, {1, 1}, 1, DType::f64)};
}

EarlyTraining training_of(const Model& model, const Examples& data) {
  return {.model = model,
          .loss = mse_half_mean,
          .start = init(model, 2, DType::f64),
          .measuring = data,
          .tolerance = 1e-9};
}

TEST_CASE("rows are their coordinates times an orthonormal basis") {
  for (const auto& [n, d] : {std::pair{1, 1}, {1, 7}, {5, 9}, {6, 6}, {9, 4}}) {
    check_span(random_normal({n, d}, {3, 0}, 1, DType::f64), 1e-14);
    check_span(random_normal({n, d}, {3, 0}), 1e-6);
  }
}

TEST_CASE("rows that depend on each other, or are zero, have a span all the same") {
  const Tensor x = random_normal({3, 8}, {4, 0}, 1, DType::f64);
  check_span(matmul(random_normal({6, 3}, {4, 1}, 1, DType::f64), x), 1e-14);
  check_span(x * from_host({1, 0, 1}, {3, 1}, DType::f64), 1e-14);
  check_span(zeros({4, 6}, DType::f64), 1e-14);
}

TEST_CASE("in its inputs' span a training has the losses, sharpness and ridges of the whole") {
  const Examples data = wide(6, 20);
  const Model models[] = {
      fcn({.in = 20, .width = 8, .depth = 3, .out = 3}),
      fcn({.in = 20, .width = 8, .depth = 3, .out = 3, .bias = true, .bias_variance = 1}),
      fcn({.in = 20, .width = 8, .depth = 3, .out = 3, .parametrisation = abc::mup_table9}),
      fcn({.in = 20,
           .width = 8,
           .depth = 2,
           .out = 3,
           .activation = Activation::linear,
           .parametrisation = abc::ntk}),
      residual_mlp({.in = 20, .width = 8, .blocks = 2, .out = 3})};
  for (const Model& model : models) {
    const EarlyTraining whole = training_of(model, data);
    const EarlyTraining seen = in_span(whole, span_of(data.x));
    CHECK(seen.start[0].shape() == Shape{6, 8});
    const EigenOptions well{.tolerance = 1e-9};
    const Sharpness a = sharpness_at(whole, whole.start, well),
                    b = sharpness_at(seen, seen.start, well);
    CHECK(b.lambda_max == Approx(a.lambda_max).epsilon(1e-10));
    for (const double c : {1.0, 3.0}) {
      const Measured all{.sharpness = true, .barrier = true};
      const Trajectory p = train_early(whole, a, c, all), q = train_early(seen, b, c, all);
      REQUIRE(p.loss.size() == q.loss.size());
      for (std::size_t t = 0; t < p.loss.size(); ++t) {
        CHECK(q.loss[t] == Approx(p.loss[t]).epsilon(1e-9));
        CHECK(q.sharpness[t] == Approx(p.sharpness[t]).epsilon(1e-7));
      }
      CHECK(*q.barrier == Approx(*p.barrier).margin(1e-9));
    }
  }
}

TEST_CASE("what a span cannot stand for is refused") {
  const Examples data = wide(6, 20);
  EarlyTraining training = training_of(fcn({.in = 20, .width = 8, .depth = 2, .out = 3}), data);
  CHECK_THROWS_WITH(in_span(training, span_of(wide(5, 20).x)), ContainsSubstring("not those of"));
  training.batch = [&](int) { return data; };
  CHECK_THROWS_WITH(in_span(training, span_of(data.x)), ContainsSubstring("batches"));
  CHECK_THROWS_WITH(span_of(zeros({2, 3, 3, 1})), ContainsSubstring("one row for each example"));
}

}  // namespace
}  // namespace gradus
