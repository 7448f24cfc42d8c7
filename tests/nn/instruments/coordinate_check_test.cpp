// The rows of a coordinate check on a model whose training is known.
#include "nn/instruments/coordinate_check.h"

#include <cmath>

#include "autodiff/ops.h"
#include "nn/vectors.h"
#include "tests/catch.h"
#include "tests/engine/test_support.h"

namespace gradus {
namespace {

using Tensors = std::vector<Tensor>;

// h = w x and f = 3 h with a scalar w; each step adds step + 1 to w.
TEST_CASE("the rows of a coordinate check: steps, layers, sizes and changes") {
  const Tensor x = from_host({3, 4}, {2, 1}, DType::f64);  // rms sqrt(12.5)
  const LayersOf layers = [&](const Tensors& w) -> std::vector<Layer> {
    const Tensor h = x * w[0];
    return {{"layer1", h, h}, {"output", 3.0 * h, 3.0 * h}};
  };
  const TrainingStep step = [](const Tensors& w, std::int64_t t) {
    return Tensors{w[0] + static_cast<double>(t + 1)};
  };
  const std::vector<CoordinateRow> rows =
      coordinate_check(layers, {full({1, 1}, 2.0, DType::f64)}, step, 2);

  const double w[] = {2, 3, 5};
  REQUIRE(rows.size() == 6);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::size_t t = i / 2;
    const bool output = i % 2 == 1;
    const double unit = std::sqrt(12.5) * (output ? 3 : 1);
    CHECK(rows[i].step == static_cast<std::int64_t>(t));
    CHECK(rows[i].layer == (output ? "output" : "layer1"));
    CHECK(rows[i].is_output == output);
    CHECK(rows[i].rms == Approx(w[t] * unit).epsilon(1e-14));
    CHECK(rows[i].delta_rms == Approx((w[t] - 2) * unit).margin(1e-14));
  }
  CHECK(error_of([&] {
          coordinate_check(layers, {ones({1, 1})}, step, -1);
        }) == "[coordinate_check] the number of steps is -1");
  const LayersOf turning = [](const Tensors& p) -> std::vector<Layer> {
    return {{"h", p[0], p[0]}};
  };
  const TrainingStep turn = [](const Tensors& p, std::int64_t) { return Tensors{transpose(p[0])}; };
  CHECK(error_of([&] {
          coordinate_check(turning, {ones({1, 3})}, turn, 1);
        }) ==
        "[coordinate_check] what a layer computes has shape (3,1) for parameter 0 of shape (1,3)");
}

}  // namespace
}  // namespace gradus
