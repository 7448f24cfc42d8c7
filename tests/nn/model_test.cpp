// The networks: shapes, counts, values by hand, gradients, and what each option does. Those with
// convolutions are in conv_nets_test.cpp too.
#include "nn/models.h"

#include <cmath>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "tests/catch.h"
#include "tests/comma_locale.h"
#include "tests/engine/test_support.h"
#include "tests/nn/test_support.h"

namespace gradus {
namespace {

using Values = std::vector<double>;

double rms(const Tensor& x) { return std::sqrt(dot(x, x).item() / static_cast<double>(x.size())); }

TEST_CASE("a small FCN by hand") {
  const Model net = fcn({.in = 2, .width = 2, .depth = 2, .out = 1, .bias = true});
  const auto tensor = [](const Values& v, const Shape& s) { return from_host(v, s, DType::f64); };
  const std::vector<Tensor> w = {tensor({1, 2, 3, -4}, {2, 2}), tensor({0.5, -1}, {2}),
                                 tensor({2, 5}, {2, 1}), tensor({0.25}, {1})};
  const Tensor x = tensor({1, 1, 2, 0}, {2, 2});
  // x W + b = (4.5, -3) and (2.5, 3); relu: (4.5, 0) and (2.5, 3)
  CHECK(net(w, x).to_vector() == Values{9.25, 20.25});
  const std::vector<Layer> layers = net.layers(w, x);
  REQUIRE(layers.size() == 2);
  CHECK(layers[0].name == "layer1");
  CHECK(layers[0].h.to_vector() == Values{4.5, -3, 2.5, 3});
  CHECK(layers[0].z.to_vector() == Values{4.5, 0, 2.5, 3});
  CHECK(layers[1].name == "output");
  CHECK(layers[1].z.to_vector() == net(w, x).to_vector());
}

TEST_CASE("activations") {
  const Tensor h = from_host(Values{-1, 2}, {2}, DType::f64);
  CHECK(activate(Activation::linear, h).to_vector() == Values{-1, 2});
  CHECK(activate(Activation::relu, h).to_vector() == Values{0, 2});
  CHECK(activate(Activation::tanh, h).to_vector()[1] == Approx(std::tanh(2)));
}

TEST_CASE("FCN: parameters, flattened images, errors") {
  const Model net = fcn({});
  CHECK(parameter_count(net) == 784 * 512 + 6 * 512 * 512 + 512 * 10);
  CHECK(net.params.size() == 8);
  CHECK(parameter_count(fcn({.in = 2, .width = 64, .depth = 4, .out = 3, .bias = true})) ==
        2 * 64 + 2 * 64 * 64 + 64 * 3 + 3 * 64 + 3);
  const Model small = fcn({.in = 12, .width = 3, .depth = 2, .out = 5});
  CHECK(small(init(small, 0), zeros({4, 2, 2, 3})).shape() == Shape{4, 5});

  CHECK_THAT(error_of([] { fcn({.depth = 1}); }), ContainsSubstring("[fcn] depth 1 has no hidden"));
  CHECK_THAT(error_of([] { fcn({.width = 0}); }), ContainsSubstring("width 0"));
  CHECK_THAT(error_of([] { fcn({.hidden_variance = -1}); }), ContainsSubstring("variance -1"));
  CHECK_THAT(error_of([&] {
               small({zeros({12, 3})}, zeros({1, 12}));
             }),
             ContainsSubstring("[fcn] has 2 parameters, but 1 values"));
  CHECK_THAT(error_of([&] {
               small({zeros({12, 3}), zeros({5, 3})}, zeros({1, 12}));
             }),
             ContainsSubstring("parameter output has shape (3,5), its value (5,3)"));
}

TEST_CASE("initial values are one stream per parameter") {
  const Model net = fcn({.in = 4, .width = 8, .depth = 3, .out = 2});
  const auto w = init(net, 9, DType::f64), single = init(net, 9, DType::f32);
  for (std::size_t i = 0; i < w.size(); ++i) {
    const Param& param = net.params[i];
    CHECK(w[i].to_vector() ==
          random_normal(param.shape, {.seed = 9, .stream = i}, param.init_std, DType::f64)
              .to_vector());
    for (std::size_t k = 0; k < w[i].to_vector().size(); ++k)
      CHECK(single[i].to_vector()[k] == static_cast<float>(w[i].to_vector()[k]));
  }
  CHECK(w[0].to_vector() != init(net, 10, DType::f64)[0].to_vector());
  CHECK(param_of(net, "layer1").init_std == Approx(std::sqrt(2. / 4)));
  CHECK(param_of(net, "layer2").init_std == Approx(std::sqrt(2. / 8)));
  CHECK(param_of(net, "output").init_std == Approx(std::sqrt(1. / 8)));
}

TEST_CASE("options of the last layer") {
  FcnConfig config{.in = 3, .width = 64, .depth = 3, .out = 10, .bias = true};
  const Tensor x = gaussian({5, 3});
  const auto output = [&] {
    const Model net = fcn(config);
    return net(init(net, 2, DType::f64), x).to_vector();
  };
  const Values plain = output();
  const auto times = [&](double factor) {
    Values scaled = plain;
    for (double& value : scaled) value *= factor;
    return scaled;
  };
  config.last = {.alpha = 4};
  CHECK(output() == times(4));
  CHECK(param_of(fcn(config), "output.bias").multiplier == 4);
  config.last = {.out_exp = 0.5};
  CHECK(output() == times(1. / 8));
  config.last = {.inverse_square = true};
  CHECK(output() == times(1. / 8));  // N(0, 1 / w^2)
  config.last = {.variance = 4};
  CHECK(output() == times(2));
  config.last = {.zero = true};
  CHECK(output() == times(0));
  const Tensor labels = from_host({1, 0, 0, 0, 0, 0, 0, 0, 0, 0}, {1, 10}, DType::f64);
  CHECK(mse_half_mean(zeros({1, 10}, DType::f64), labels).item() == Approx(0.05));
}

TEST_CASE("a zero last layer passes no gradient to the layers below") {
  const Model net = fcn({.in = 3, .width = 8, .depth = 3, .out = 2, .last = {.zero = true}});
  const std::vector<Tensor> w = init(net, 2, DType::f64);
  const Tensor labels = ones({5, 2}, DType::f64);
  const std::vector<Tensor> g = grad(mse_half_mean(net(w, gaussian({5, 3})), labels), w);
  const auto all_zero = [](const Tensor& t) {
    const Values values = t.to_vector();
    return std::all_of(values.begin(), values.end(), [](double v) { return v == 0; });
  };
  CHECK(all_zero(g[0]));
  CHECK(all_zero(g[1]));
  CHECK_FALSE(all_zero(g[2]));
}

TEST_CASE("residual network") {
  ResidualConfig config{.in = 2, .width = 2, .blocks = 1, .out = 1, .branch_multiplier = 0.5};
  const auto tensor = [](const Values& v, const Shape& s) { return from_host(v, s, DType::f64); };
  const std::vector<Tensor> w = {tensor({1, 0, 0, 1}, {2, 2}), tensor({2, 4, 6, 8}, {2, 2}),
                                 tensor({1, 10}, {2, 1})};
  const Tensor x = tensor({1, -1}, {1, 2});
  // h = (1, -1) + 0.5 (1, 0) W = (2, 1)
  CHECK(residual_mlp(config)(w, x).to_vector() == Values{12});
  config.activation_last = true;  // h = (1, -1) + 0.5 relu((1, -1) W) = (1, -1): W h < 0
  CHECK(residual_mlp(config)(w, x).to_vector() == Values{-9});
  CHECK_THAT(error_of([] { residual_mlp({.blocks = 0}); }), ContainsSubstring("[residual_mlp]"));
  CHECK_THAT(error_of([] { residual_mlp({.block_layers = 3}); }), ContainsSubstring("1 or 2"));
  CHECK_THAT(error_of([] { residual_mlp({.block_layers = 2, .activation_last = true}); }),
             ContainsSubstring("between them"));
  CHECK_THAT(error_of([] { residual_mlp({.base_blocks = 0}); }), ContainsSubstring("base blocks"));
}

TEST_CASE("residual network with biases, and with two layers in a block") {
  ResidualConfig config{.in = 1, .width = 2, .blocks = 1, .out = 1, .bias = true};
  config.branch_multiplier = 0.5;
  const auto tensor = [](const Values& v, const Shape& s) { return from_host(v, s, DType::f64); };
  const Tensor w_in = tensor({1, 1}, {1, 2}), b_in = tensor({1, -3}, {2}),
               w = tensor({2, 4, 6, 8}, {2, 2}), b = tensor({10, 20}, {2}),
               w_out = tensor({1, 10}, {2, 1}), b_out = tensor({0.25}, {1});
  const Tensor x = tensor({1}, {1, 1});
  // h_0 = (2, -2); branch: (2, 0) W + b = (14, 28); h_1 = h_0 + half of it = (9, 12)
  CHECK(residual_mlp(config)({w_in, b_in, w, b, w_out, b_out}, x).to_vector() == Values{129.25});
  config.activation_last = true;  // branch: relu(h W + b) = (2, 12); h_1 = (3, 4)
  CHECK(residual_mlp(config)({w_in, b_in, w, b, w_out, b_out}, x).to_vector() == Values{43.25});
  config.activation_last = false;
  config.block_layers = 2;
  // g = h_0 V + a = (2, -2) + (-1, 1) = (1, -1); branch: (1, 0) W + b = (12, 24)
  const Tensor v = tensor({1, 0, 0, 1}, {2, 2}), a = tensor({-1, 1}, {2});
  const Model net = residual_mlp(config);
  const std::vector<Tensor> weights = {w_in, b_in, v, a, w, b, w_out, b_out};
  CHECK(net(weights, x).to_vector() == Values{8 + 100 + 0.25});
  const auto layers = net.layers(weights, x);
  REQUIRE(layers.size() == 4);
  CHECK(layers[1].name == "block1.inner");
  CHECK(layers[1].h.to_vector() == Values{1, -1});
  CHECK(layers[1].z.to_vector() == Values{1, 0});
  CHECK(layers[2].h.to_vector() == Values{8, 10});
  CHECK(param_of(net, "block1.inner").init_std == Approx(std::sqrt(1. / 2)));
  CHECK(param_of(net, "block1").init_std == Approx(1));
}

TEST_CASE("residual branches of blocks^-1/2 keep the scale, of 1 they explode") {
  const std::int64_t blocks = 32;
  const auto growth = [&](double beta) {
    const Model net =
        residual_mlp({.in = 256, .width = 256, .blocks = blocks, .branch_multiplier = beta});
    const auto layers = net.layers(init(net, 1), random_normal({16, 256}, {.stream = 99}));
    CHECK(layers.size() == 34);
    return rms(layers[32].h) / rms(layers[0].h);
  };
  CHECK(growth(1 / std::sqrt(32.)) == Approx(1.636).epsilon(0.06));  // (1 + 1/32)^16
  CHECK(growth(1) == Approx(std::pow(2., 16)).epsilon(0.6));
}

TEST_CASE("gradients of the networks agree with finite differences") {
  const Model nets[] = {
      fcn({.in = 6,
           .width = 8,
           .depth = 4,
           .out = 3,
           .activation = Activation::tanh,
           .bias = true,
           .bias_variance = 0.1,
           .parametrisation = abc::mup_table9,
           .base_width = 2}),
      residual_mlp({.in = 6, .width = 8, .blocks = 3, .out = 3, .branch_multiplier = 0.7}),
      residual_mlp({.in = 6,
                    .width = 8,
                    .blocks = 3,
                    .out = 3,
                    .block_layers = 2,
                    .bias = true,
                    .parametrisation = abc::complete_p,
                    .base_width = 2}),
      myrtle({.depth = 5, .width = 4, .image_size = 16, .out = 3, .parametrisation = abc::ntk}),
      resnet18({.width = 2, .out = 3}),
      resnet18({.width = 2, .out = 3, .stem = Stem::imagenet, .parametrisation = abc::mup_table8}),
  };
  for (const Model& net : nets) {
    INFO(summary(net));
    const bool images = net.params[0].shape.rank() == 4;
    const Tensor x = images ? gaussian({3, 16, 16, 3}) : gaussian({3, 6}), y = gaussian({3, 3}, 1);
    const std::vector<Tensor> w = init(net, 6, DType::f64);
    const std::vector<Tensor> g = grad(mse_half_mean(net(w, x), y), w);
    const double step = 1e-6;
    double expected = 0;
    std::vector<Tensor> ahead, behind;
    for (std::size_t i = 0; i < w.size(); ++i) {
      const Tensor v = gaussian(w[i].shape(), 2 + i) * rms(w[i] + 0.01);
      expected += dot(g[i], v).item();
      ahead.push_back(w[i] + step * v);
      behind.push_back(w[i] - step * v);
    }
    const double difference =
        mse_half_mean(net(ahead, x), y).item() - mse_half_mean(net(behind, x), y).item();
    CHECK(difference / (2 * step) == Approx(expected).epsilon(1e-5));
  }
}

TEST_CASE("a summary lists every parameter and the total") {
  const Model net = fcn({.in = 4,
                         .width = 16,
                         .depth = 2,
                         .out = 2,
                         .bias = true,
                         .parametrisation = abc::mup_table8,
                         .base_width = 4});
  const CommaLocale comma;  // which must not show
  CHECK(summary(net) ==
        "fcn                     role         shape                count  multiplier  initial std "
        "lr, SGD   lr, Adam\n"
        "layer1                  input        (4,16)                  64  1           0.7071      "
        "4         1\n"
        "layer1.bias             bias         (16)                    16  1           0           "
        "4         1\n"
        "output                  output       (16,2)                  32  0.25        0.5         "
        "4         1\n"
        "output.bias             output bias  (2)                      2  1           0           "
        "1         1\n"
        "114 parameters in 4 tensors\n");
}

}  // namespace
}  // namespace gradus
