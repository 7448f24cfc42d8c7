#include <cmath>
#include <string>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/coordinate_check.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "tests/exercise.h"

using namespace gradus;

using Names = std::vector<std::string>;
using Rows = std::vector<std::vector<CoordinateRow>>;

Names suspicious(const std::vector<double>& widths, const Rows& rows,
                 std::int64_t step, double tolerance);

namespace {

const std::vector<double> widths = {16, 32, 64, 128};

// Rows of one layer that has changed by n^power after step 1, and by 1 after step 2.
Rows made_up(double power, double scale = 1) {
  Rows rows;
  for (const double n : widths)
    rows.push_back({{0, "h", false, 1, 0},
                    {1, "h", false, 1, scale * std::pow(n, power)},
                    {2, "h", false, 1, 1}});
  return rows;
}

Names found(const Parametrisation& table, std::int64_t steps) {
  Rows rows;
  for (const double n : widths) {
    const Model net = fcn({.in = 8,
                           .width = static_cast<std::int64_t>(n),
                           .depth = 3,
                           .out = 4,
                           .last = {.zero = true},
                           .parametrisation = table,
                           .base_width = 16});
    const Tensor x = random_normal({32, 8}, {1, 100}, 1.0, DType::f64);
    const Tensor y = random_normal({32, 4}, {1, 101}, 1.0, DType::f64);
    Adam adam(net, {.lr = 0.002, .eps = 0});
    rows.push_back(coordinate_check(
        [&](const std::vector<Tensor>& w) { return net.layers(w, x); },
        init(net, 1, DType::f64),
        [&](std::vector<Tensor> w, std::int64_t) {
          adam.step(w, grad(mse_half_mean(net(w, x), y), w));
          return w;
        },
        steps));
  }
  return suspicious(widths, rows, steps, 0.3);
}

}  // namespace

TEST_CASE(
    "slopes within the tolerance pass, others do not, whatever their sign") {
  const auto check = [](double power, std::int64_t step,
                        const Names& expected, const std::string& cause) {
    INFO("a change that goes as n^" << power << ", after step " << step);
    expect_equal("suspicious at the tolerance 0.15",
                 suspicious(widths, made_up(power), step, 0.15), expected,
                 {{cause}});
  };
  check(0.1, 1, {}, "0.1 is within the tolerance");
  check(0.5, 1, {"h"}, "the slope is that of log change against log n");
  check(-0.5, 1, {"h"}, "a change that shrinks is suspicious too");
  check(0.5, 2, {}, "only the rows of the step that is asked for count");
}

TEST_CASE("what stands still or is not a number does not pass") {
  expect_equal("a layer that does not move",
               suspicious(widths, made_up(0, 0), 1, 0.15), Names{"h"},
               {{"a layer that stands still is no sign of health"}});
  expect_equal(
      "a change of NaN", suspicious(widths, made_up(0, NAN), 1, 0.15),
      Names{"h"},
      {{"no comparison with NaN is true: ask whether it is within"}});
}

TEST_CASE("muP passes, and a planted bug is found") {
  expect_equal("layers of muP", found(abc::mup_table3, 5), Names{});
  const Names bug =
      found(planted(abc::mup_table3, PlantedBug::hidden_lr_unscaled), 5);
  REQUIRE(!bug.empty());
  expect_equal("the first suspicious layer", bug[0], std::string("layer2"),
               {{"the names come in the order of the layers"}});
}
