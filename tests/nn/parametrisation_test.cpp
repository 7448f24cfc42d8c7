// The tables: what they say, and that models follow them.
#include "nn/parametrisation.h"

#include <cmath>

#include "autodiff/check.h"
#include "nn/models.h"
#include "tests/catch.h"
#include "tests/engine/test_support.h"
#include "tests/nn/test_support.h"

namespace gradus {
namespace {

// Exponents of the width n in the notation of Yang and Hu 2021: W_eff = n^-a w, w ~ N(0, n^-2b),
// lr = n^-c.
struct Abc {
  double a, b, c_sgd, c_adam;
};

// Read off two networks, one 4 times as wide as the other.
Abc measured(const Param& narrow, const Param& wide) {
  const auto exponent = [](double at_n, double at_4n) {
    return -std::log(at_4n / at_n) / std::log(4.0);
  };
  return {exponent(narrow.multiplier, wide.multiplier), exponent(narrow.init_std, wide.init_std),
          exponent(narrow.sgd_lr, wide.sgd_lr), exponent(narrow.adam_lr, wide.adam_lr)};
}

bool scales_branches(const Parametrisation& p) { return p.branch != BranchScaling{}; }

void check_exponents(const Parametrisation& p, const std::string& name, const Abc& expected) {
  const auto net = [&](std::int64_t width) {
    if (scales_branches(p))
      return residual_mlp(
          {.in = 5, .width = width, .blocks = 3, .out = 2, .parametrisation = p, .base_width = 16});
    const std::int64_t depth = p.hidden ? 3 : 2;
    return fcn({.in = 5,
                .width = width,
                .depth = depth,
                .out = 2,
                .bias = true,
                .bias_variance = 0.1,
                .parametrisation = p,
                .base_width = 16});
  };
  const Abc found = measured(param_of(net(48), name), param_of(net(192), name));
  INFO(p.name << ' ' << name);
  CHECK(found.a == Approx(expected.a).margin(1e-12));
  CHECK(found.b == Approx(expected.b).margin(1e-12));
  CHECK(found.c_sgd == Approx(expected.c_sgd).margin(1e-12));
  CHECK(found.c_adam == Approx(expected.c_adam).margin(1e-12));
}

TEST_CASE("exponents are those of the papers") {
  struct Row {
    Parametrisation p;
    Abc input_and_bias, hidden, output;
  };
  const Row rows[] = {
      {abc::sp, {0, 0, 0, 0}, {0, .5, 0, 0}, {0, .5, 0, 0}},
      {abc::ntk, {0, 0, 0, 0}, {.5, 0, 0, .5}, {.5, 0, 0, .5}},
      {abc::mean_field, {0, 0, -1, 0}, {}, {1, 0, -1, 0}},
      {abc::mup_table3, {0, 0, -1, 0}, {0, .5, 0, 1}, {0, 1, 1, 1}},
      {abc::mup_table8, {0, 0, -1, 0}, {0, .5, 0, 1}, {1, 0, -1, 0}},
      {abc::mup_table9, {-.5, .5, 0, .5}, {0, .5, 0, 1}, {.5, .5, 0, .5}},
      {abc::depth_mup, {0, 0, -1, 0}, {0, .5, 0, 1}, {0, 1, 1, 1}},
      {abc::complete_p, {0, 0, -1, 0}, {0, .5, 0, 1}, {0, 1, 1, 1}},
      {abc::sp_gain1, {0, 0, 0, 0}, {0, .5, 0, 0}, {0, .5, 0, 0}},
      {abc::naive_mup, {0, 0, 0, 0}, {0, .5, 0, 0}, {0, .5, 0, 0}},
      {abc::v1, {0, 0, 0, 0}, {0, .5, 0, 0}, {1, .5, 0, 0}},
      {abc::v2, {0, 0, 0, 0}, {0, .5, 0, 0}, {.5, .5, 0, 0}},
      {abc::hidden_shrunk, {0, 0, 0, 0}, {.5, .5, 0, 0}, {0, .5, 0, 0}},
  };
  CHECK(std::size(rows) == parametrisations().size());
  for (const Row& row : rows) {
    if (scales_branches(row.p)) {  // on top of muP; with the depth, below
      check_exponents(row.p, "input", row.input_and_bias);
      check_exponents(row.p, "block2", row.hidden);
      check_exponents(row.p, "output", row.output);
      continue;
    }
    check_exponents(row.p, "layer1", row.input_and_bias);
    check_exponents(row.p, "layer1.bias", row.input_and_bias);
    if (row.p.hidden) check_exponents(row.p, "layer2", row.hidden);
    check_exponents(row.p, "output", row.output);
    const Model net = fcn({.width = 64, .depth = 2, .bias = true, .parametrisation = row.p});
    CHECK(param_of(net, "output.bias").multiplier == 1);
    CHECK(param_of(net, "output.bias").sgd_lr == 1);
    CHECK(param_of(net, "output.bias").adam_lr == 1);
  }
}

TEST_CASE("depth-muP and CompleteP scale residual branches on top of muP") {
  struct Row {
    Parametrisation p;
    double multiplier, sgd_lr, adam_lr;  // at 16 times the base's depth
  };
  const std::int64_t layers = GENERATE(1, 2);
  for (const Row& row :
       {Row{abc::depth_mup, 1. / 4, 1, 1. / 4}, Row{abc::complete_p, 1. / 16, 16, 1}}) {
    const auto net = [&](const Parametrisation& p) {
      return residual_mlp({.in = 3,
                           .width = 32,
                           .blocks = 48,
                           .block_layers = layers,
                           .bias = true,
                           .parametrisation = p,
                           .base_width = 8,
                           .base_blocks = 3});
    };
    const Model deep = net(row.p), plain = net(abc::mup_table3);
    REQUIRE(deep.params.size() == plain.params.size());
    for (std::size_t i = 0; i < deep.params.size(); ++i) {
      const Param &found = deep.params[i], &base = plain.params[i];
      INFO(row.p.name << ' ' << found.name);
      const bool branch = found.name.starts_with("block");
      const bool inner = found.name.find("inner") != std::string::npos;
      CHECK(found.multiplier == base.multiplier * (branch && !inner ? row.multiplier : 1));
      CHECK(found.init_std == base.init_std);
      CHECK(found.sgd_lr == base.sgd_lr * (branch ? row.sgd_lr : 1));
      CHECK(found.adam_lr == base.adam_lr * (branch ? row.adam_lr : 1));
    }
    CHECK_THAT(error_of([&] { fcn({.parametrisation = row.p}); }),
               ContainsSubstring("this network has none; use a residual network"));
  }
}

TEST_CASE("muP is SP at base width, parameter by parameter") {
  for (const Parametrisation& p : {abc::mup_table3, abc::mup_table8, abc::mup_table9}) {
    const auto net = [](const Parametrisation& which) {
      return fcn({.in = 7,
                  .width = 48,
                  .depth = 4,
                  .bias = true,
                  .bias_variance = 0.3,
                  .parametrisation = which,
                  .base_width = 48});
    };
    const Model mup = net(p), standard = net(abc::sp);
    for (std::size_t i = 0; i < mup.params.size(); ++i) {
      CHECK(mup.params[i].multiplier == standard.params[i].multiplier);
      CHECK(mup.params[i].init_std == standard.params[i].init_std);
      CHECK(mup.params[i].sgd_lr == standard.params[i].sgd_lr);
      CHECK(mup.params[i].adam_lr == standard.params[i].adam_lr);
    }
  }
}

TEST_CASE("the initial network is the same in SP, NTK and at the base width of mean field") {
  for (const Parametrisation& p : {abc::ntk, abc::mean_field}) {
    const Model net = fcn({.in = 7, .width = 48, .depth = 2, .parametrisation = p});
    const Model standard = fcn({.in = 7, .width = 48, .depth = 2});
    const double shrunk = p.hidden ? 1 : 1 / std::sqrt(48.0);  // mean field's output is n^-1/2
    const Param &in = net.params[0], &out = net.params[1];
    CHECK(in.multiplier * in.init_std == Approx(standard.params[0].init_std));
    CHECK(out.multiplier * out.init_std == Approx(shrunk * standard.params[1].init_std));
  }
}

TEST_CASE("unit gain replaces the variances of weights") {
  const FcnConfig config{.in = 16,
                         .width = 64,
                         .depth = 3,
                         .bias = true,
                         .bias_variance = 0.25,
                         .last = {.variance = 3},
                         .parametrisation = abc::sp_gain1};
  const Model net = fcn(config);
  CHECK(param_of(net, "layer1").init_std == 1. / 4);
  CHECK(param_of(net, "layer2").init_std == 1. / 8);
  CHECK(param_of(net, "output").init_std == 1. / 8);
  CHECK(param_of(net, "layer1.bias").init_std == 0.5);
}

TEST_CASE("each planted bug changes the row that it names, and nothing else") {
  const Parametrisation& good = abc::mup_table3;
  for (const PlantedBug bug : {PlantedBug::none, PlantedBug::hidden_lr_unscaled,
                               PlantedBug::output_unscaled, PlantedBug::biases_like_weights}) {
    const Parametrisation bad = planted(good, bug);
    CHECK(bad.bug == bug);
    CHECK(bad.input == good.input);
    CHECK((bad.hidden == good.hidden) == (bug != PlantedBug::hidden_lr_unscaled));
    CHECK((bad.output == good.output) == (bug != PlantedBug::output_unscaled));
    CHECK((bad.bias == good.bias) == (bug != PlantedBug::biases_like_weights));
  }
  CHECK(planted(good, PlantedBug::hidden_lr_unscaled).hidden->adam_lr == Power{});
  CHECK(planted(good, PlantedBug::output_unscaled).output == abc::sp.output);
  CHECK(planted(good, PlantedBug::biases_like_weights).bias.sgd_lr == Power{});
}

TEST_CASE("a table prints its rows") {
  CHECK(to_string(abc::mup_table9) ==
        "mup_table9 (maximal update: Yang et al. 2022, table 9)\n"
        "        multiplier     initial std / s       lr, SGD   lr, Adam\n"
        "input   m^1/2          fan_in^-1/2 m^-1/2    1         m^-1/2\n"
        "hidden  1              fan_in^-1/2           1         m^-1\n"
        "output  m^-1/2         fan_in^-1/2           1         m^-1/2\n"
        "bias    m^1/2          m^-1/2                1         m^-1/2\n"
        "m = width / base width, s^2 = variance that the model asks for\n");
  CHECK_THAT(to_string(abc::mean_field), !ContainsSubstring("hidden  "));
  CHECK_THAT(to_string(planted(abc::sp, PlantedBug::output_unscaled)),
             ContainsSubstring("planted bug: output not scaled"));
  CHECK_THAT(to_string(abc::v2), ContainsSubstring("s = 1 for weights"));
  CHECK(to_string(Power{.fan_in = -1, .width_mult = 1, .depth_mult = 0.25}) ==
        "fan_in^-1 m m_L^0.25");
  CHECK_THAT(to_string(abc::depth_mup),
             ContainsSubstring("branch  m_L^-1/2                             1         m_L^-1/2\n"
                               "m = width / base width, m_L = blocks / base blocks, s^2"));
}

TEST_CASE("parametrisations are found by name") {
  for (const Parametrisation& p : parametrisations())
    CHECK(to_string(parametrisation(p.name)) == to_string(p));
  CHECK_THAT(error_of([] { parametrisation("mup"); }), ContainsSubstring("mup_table3, mup_table8"));
  CHECK_THAT(error_of([] { fcn({.depth = 3, .parametrisation = abc::mean_field}); }),
             ContainsSubstring("[mean_field] is defined for one hidden layer"));
}

}  // namespace
}  // namespace gradus
