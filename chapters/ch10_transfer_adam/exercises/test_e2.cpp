#include <cmath>

#include "nn/instruments/norms.h"
#include "nn/models.h"
#include "tests/catch.h"

using namespace gradus;

std::vector<Tensor> decayed(const Model& model, std::vector<Tensor> w,
                            double lr, double decay);

namespace {

Model net_of(const Parametrisation& table, std::int64_t width) {
  return fcn({.in = 8,
              .width = width,
              .depth = 3,
              .out = 4,
              .bias = true,
              .bias_variance = 1,
              .parametrisation = table,
              .base_width = 32});
}

}  // namespace

TEST_CASE(
    "after ten steps each weight has kept (1 - decay)^10, in every table and "
    "width") {
  for (const Parametrisation& table :
       {abc::sp, abc::mup_table3, abc::mup_table8, abc::mup_table9})
    for (const std::int64_t width : {32, 512}) {
      const Model net = net_of(table, width);
      const std::vector<Tensor> start = init(net, 1, DType::f64);
      std::vector<Tensor> w = start;
      for (int step = 0; step < 10; ++step) w = decayed(net, w, 0.01, 0.02);
      for (std::size_t i = 0; i < w.size(); i += 2) {
        INFO(table.name << ", width " << width << ", " << net.params[i].name);
        CHECK(std::abs(rms(w[i]) / rms(start[i]) - std::pow(0.98, 10)) <
              1e-12);
      }
    }
}

TEST_CASE("biases stay") {
  const Model net = net_of(abc::mup_table8, 64);
  const std::vector<Tensor> start = init(net, 1, DType::f64);
  const std::vector<Tensor> w = decayed(net, start, 0.01, 0.5);
  CHECK(rms(w[1]) == rms(start[1]));
  CHECK(rms(w[3]) == rms(start[3]));
}
