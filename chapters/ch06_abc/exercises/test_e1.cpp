#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "tests/exercise.h"

using namespace gradus;

Scaling with_one_rate(Scaling row, bool adam);
bool same_training(const Scaling& a, const Scaling& b, bool adam);

namespace {

const Role roles[] = {Role::input, Role::hidden, Role::output, Role::bias};

std::string text(const Scaling& row) {
  return "multiplier " + to_string(row.multiplier) + ", std " +
         to_string(row.init_std) + ", SGD " + to_string(row.sgd_lr) +
         ", Adam " + to_string(row.adam_lr);
}

Parametrisation with_one_rate_everywhere(Parametrisation table, bool adam) {
  table.input = with_one_rate(table.input, adam);
  table.hidden = with_one_rate(*table.hidden, adam);
  table.output = with_one_rate(table.output, adam);
  table.bias = with_one_rate(table.bias, adam);
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

TEST_CASE("every row of every table, with one rate") {
  const auto check = [](const Scaling& row) {
    INFO(text(row));
    const Scaling sgd = with_one_rate(row, false),
                  adam = with_one_rate(row, true);
    expect("SGD's factor", sgd.sgd_lr == Power{}, to_string(sgd.sgd_lr), "1",
           "t^2 must undo the factor, all three powers of it");
    expect("Adam's factor", adam.adam_lr == Power{}, to_string(adam.adam_lr),
           "1", "t must undo Adam's factor, all three powers of it");
  };
  for (const Parametrisation& form :
       {abc::mup_table3, abc::mup_table8, abc::ntk})
    for (const Role role : roles) check(form.at(role));
  check({{}, {.fan_in = -.5}, {.fan_in = 1}, {-1, -1, -.5}});
}

TEST_CASE("table 3 with one rate for SGD is table 9") {
  for (const Role role : roles) {
    INFO(to_string(role));
    const Scaling row = with_one_rate(abc::mup_table3.at(role), false);
    expect("row", row == abc::mup_table9.at(role), text(row),
           text(abc::mup_table9.at(role)),
           "all four columns move in a shift, each by its own power of t");
  }
}

TEST_CASE("the training is the same, bit for bit where m is a power of 4") {
  for (const bool adam : {false, true}) {
    INFO((adam ? "Adam" : "SGD"));
    expect_near("loss after ten steps",
                loss_after_ten_steps(
                    with_one_rate_everywhere(abc::mup_table3, adam), adam),
                loss_after_ten_steps(abc::mup_table3, adam), 0,
                {{"a factor went, and what must move with it did not"}});
  }
}

TEST_CASE("which rows are one training") {
  const auto check = [](const Scaling& a, const Scaling& b, bool adam,
                        bool same, const std::string& cause) {
    INFO(text(a) << "\n" << text(b));
    expect(adam ? "one training with Adam?" : "one training with SGD?",
           same_training(a, b, adam) == same, same ? "no" : "yes",
           same ? "yes" : "no", cause);
  };
  for (const bool adam : {false, true})
    for (const Role role : roles) {
      check(abc::mup_table3.at(role), abc::mup_table9.at(role), adam, true,
            "rows that a shift makes equal are one training");
      if (role != Role::bias)
        check(abc::ntk.at(role), abc::mup_table3.at(role), adam, false,
              "compare the size at the start and the size of an update");
    }
  const Scaling plain = abc::sp.hidden.value();
  const Power m{.width_mult = 1}, m2{.width_mult = 2},
      inverse{.width_mult = -1};
  const Scaling for_sgd = {inverse, {-.5, 1}, m2, {}};
  const Scaling for_adam = {inverse, {-.5, 1}, {}, m};
  check(plain, for_sgd, false, true, "a shift by m makes them equal");
  check(plain, for_sgd, true, false, "Adam's factor should be m, and is 1");
  check(plain, for_adam, true, true, "SGD's factor does not matter to Adam");
  check(plain, for_adam, false, false, "SGD's factor should be m^2");
  check(plain, {{}, {-.5, 1}, {}, {}}, false, false,
        "the sizes at the start differ");
  for (const bool adam : {false, true})
    check(plain, {inverse, {-.5}, {}, {}}, adam, false,
          "the sizes of an update differ, by the multiplier");
}
