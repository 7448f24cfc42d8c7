#include <cmath>

#include "nn/instruments/norms.h"
#include "nn/models.h"
#include "tests/exercise.h"

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
        const double factor = net.params[i].adam_lr;
        expect_near("share that is left after ten steps",
                    rms(w[i]) / rms(start[i]), std::pow(0.98, 10), 1e-12,
                    {{"this share knows the learning rate and the factor",
                      std::pow(1 - 0.01 * factor * 0.02, 10)},
                     {"this share knows the learning rate",
                      std::pow(1 - 0.01 * 0.02, 10)},
                     {"this share knows the factor of the layer",
                      std::pow(1 - factor * 0.02, 10)}});
      }
    }
}

TEST_CASE("biases stay") {
  const Model net = net_of(abc::mup_table8, 64);
  std::vector<Tensor> start;
  for (const Tensor& tensor : init(net, 1, DType::f64))
    start.push_back(ones(tensor.shape(), DType::f64));
  const std::vector<Tensor> w = decayed(net, start, 0.01, 0.5);
  for (const std::size_t i : {1, 3, 5})
    expect_near("rms of " + net.params[i].name, rms(w[i]), rms(start[i]), 0,
                {{"there are two roles of biases"}});
}
