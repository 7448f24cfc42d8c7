#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "tests/catch.h"

using namespace gradus;

Scaling with_one_rate(Scaling row);

namespace {

Parametrisation with_one_rate_everywhere(Parametrisation table) {
  table.input = with_one_rate(table.input);
  table.hidden = with_one_rate(*table.hidden);
  table.output = with_one_rate(table.output);
  table.bias = with_one_rate(table.bias);
  return table;
}

double loss_after_ten_steps(const Parametrisation& table, bool adam) {
  const Model net = fcn({.in = 5,
                         .width = 64,
                         .depth = 3,
                         .out = 2,
                         .bias = true,
                         .parametrisation = table,
                         .base_width = 16});
  std::vector<Tensor> w = init(net, 1, DType::f64);
  const Tensor x = random_normal({16, 5}, {1, 100}, 1.0, DType::f64);
  const Tensor y = random_normal({16, 2}, {1, 101}, 1.0, DType::f64);
  const auto loss = [&] { return mse_half_mean(net(w, x), y); };
  Sgd sgd(net, {.lr = 0.02});
  Adam with_adam(net, {.lr = 0.01, .eps = 0});
  for (int step = 0; step < 10; ++step) {
    const std::vector<Tensor> gradients = grad(loss(), w);
    adam ? with_adam.step(w, gradients) : sgd.step(w, gradients);
  }
  return loss().item();
}

}  // namespace

TEST_CASE("tables 3 and 8 with one rate are table 9") {
  for (const Parametrisation& form : {abc::mup_table3, abc::mup_table8}) {
    INFO(form.name);
    const Parametrisation table = with_one_rate_everywhere(form);
    CHECK(table.input == abc::mup_table9.input);
    CHECK(*table.hidden == *abc::mup_table9.hidden);
    CHECK(table.output == abc::mup_table9.output);
    CHECK(table.bias == abc::mup_table9.bias);
  }
}

TEST_CASE("a table that has one rate stays as it is") {
  CHECK(with_one_rate(abc::sp.hidden.value()) == abc::sp.hidden.value());
  CHECK(with_one_rate(abc::mup_table9.output) == abc::mup_table9.output);
}

TEST_CASE("the training is the same, bit for bit where m is a power of 4") {
  const Parametrisation table = with_one_rate_everywhere(abc::mup_table3);
  CHECK(table.input.sgd_lr == Power{});
  CHECK(table.output.sgd_lr == Power{});
  for (const bool adam : {false, true})
    CHECK(loss_after_ten_steps(table, adam) ==
          loss_after_ten_steps(abc::mup_table3, adam));
}
