#include "nn/losses.h"

#include <cmath>

#include "autodiff/grad.h"
#include "tests/catch.h"
#include "tests/engine/test_support.h"

namespace gradus {
namespace {

Tensor matrix(const std::vector<double>& values, std::int64_t rows) {
  return from_host(values, {rows, static_cast<std::int64_t>(values.size()) / rows}, DType::f64);
}

TEST_CASE("mse_half_mean is half the mean square over batch and outputs") {
  const Tensor f = matrix({1, 2, 3, 4, 5, 6}, 2), y = matrix({1, 0, 3, 5, 5, 9}, 2);
  const Tensor loss = mse_half_mean(f, y);
  CHECK(loss.item() == Approx(0.5 * (4 + 1 + 9) / 6));
  CHECK(grad(loss, f).to_vector() == std::vector<double>{0, 2. / 6, 0, -1. / 6, 0, -3. / 6});
  CHECK_THAT(error_of([&] {
               mse_half_mean(f, matrix({1, 2}, 2));
             }),
             ContainsSubstring("[mse_half_mean] outputs (2,3) and targets (2,1)"));
}

TEST_CASE("linear_loss is the batch mean of c . f") {
  const Tensor f = matrix({1, 2, 3, 4}, 2);
  const Tensor row = from_host(std::vector<double>{10, 1}, {2}, DType::f64);
  const Tensor loss = linear_loss(f, row);
  CHECK(loss.item() == (12. + 34) / 2);
  CHECK(grad(loss, f).to_vector() == std::vector<double>{5, .5, 5, .5});
  CHECK(linear_loss(f, matrix({1, 0, 0, -1}, 2)).item() == (1. - 4) / 2);
  CHECK_THAT(error_of([&] {
               linear_loss(f, matrix({1, 2, 3, 4, 5, 6}, 3));
             }),
             ContainsSubstring("linear_loss"));
  for (const Shape& shape : {Shape{2, 1}, Shape{1, 2}, Shape{1}, Shape{}})  // these broadcast only
    CHECK_THAT(error_of([&] { linear_loss(f, ones(shape, DType::f64)); }),
               ContainsSubstring("[linear_loss]"));
  CHECK_THAT(error_of([&] {
               linear_loss(matrix({1, 2}, 1), matrix({1, 2, 3, 4}, 2));
             }),
             ContainsSubstring("[linear_loss]"));
}

TEST_CASE("softmax cross-entropy of equal logits is log of the classes") {
  const Tensor y = matrix({0, 1, 0, 1, 0, 0}, 2);
  CHECK(softmax_cross_entropy(zeros({2, 3}, DType::f64), y).item() == Approx(std::log(3.)));
}

TEST_CASE("accuracy compares positions of maxima") {
  const Tensor y = matrix({0, 1, 1, 0, 1, 0, 0, 1}, 4);
  CHECK(accuracy(matrix({-1, 3, 2, 1, 0, 5, 1, 2}, 4), y) == 0.75);
  CHECK_THAT(error_of([&] { accuracy(matrix({1, 2}, 1), y); }), ContainsSubstring("[accuracy]"));
}

}  // namespace
}  // namespace gradus
