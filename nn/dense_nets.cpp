#include "autodiff/check.h"
#include "autodiff/ops.h"
#include "nn/models.h"

namespace gradus {
namespace {

// A batch of anything as a matrix with one row per example.
Tensor flatten(const Tensor& x) {
  return x.rank() == 2 ? x : reshape(x, Shape{x.dim(0), x.shape().span(1, x.rank())});
}

std::string layer_name(std::int64_t l) { return "layer" + std::to_string(l); }
std::string block_name(std::int64_t l) { return "block" + std::to_string(l); }

}  // namespace

Tensor activate(Activation activation, const Tensor& h) {
  switch (activation) {
    case Activation::linear: return h;
    case Activation::relu: return relu(h);
    case Activation::tanh: return tanh(h);
  }
  fail("[activate] no such activation");
}

Model fcn(const FcnConfig& config) {
  check(config.depth >= 2, "[fcn] depth ", config.depth, " has no hidden layer; depth counts ",
        "weight matrices and starts at 2");
  ParamList list(config.parametrisation, config.width, config.base_width);
  for (std::int64_t l = 1; l < config.depth; ++l) {
    const Role role = l == 1 ? Role::input : Role::hidden;
    list.add(layer_name(l), role, {l == 1 ? config.in : config.width, config.width},
             config.hidden_variance);
    if (config.bias)
      list.add(layer_name(l) + ".bias", Role::bias, {config.width}, config.bias_variance);
  }
  list.add_last({config.width, config.out}, config.last, config.bias);

  return {"fcn", list.params(),
          [depth = config.depth, bias = config.bias, phi = config.activation](
              const std::vector<Tensor>& weights, const Tensor& x, std::vector<Layer>* layers) {
            auto next = weights.begin();
            Tensor z = flatten(x);
            for (std::int64_t l = 1; l <= depth; ++l) {
              Tensor h = matmul(z, *next++);
              if (bias) h = h + *next++;
              z = l < depth ? activate(phi, h) : h;
              add_layer(layers, l < depth ? layer_name(l) : "output", h, z);
            }
            return z;
          }};
}

Model residual_mlp(const ResidualConfig& config) {
  check(config.blocks > 0, "[residual_mlp] ", config.blocks, " blocks: there must be one at least");
  check(config.block_layers == 1 || config.block_layers == 2, "[residual_mlp] ",
        config.block_layers, " layers in a block: there may be 1 or 2");
  const bool two = config.block_layers == 2;
  check(!(two && config.activation_last),
        "[residual_mlp] a block of two layers has its activation between them; choose one layer, ",
        "or activation_last = false");
  ParamList list(config.parametrisation, config.width, config.base_width, config.blocks,
                 config.base_blocks);
  const auto add_to_branch = [&](const std::string& name, double variance, bool last_map) {
    const double multiplier = last_map ? config.branch_multiplier : 1;
    list.add_to_branch(name, Role::hidden, {config.width, config.width}, variance, last_map)
        .multiplier *= multiplier;
    if (config.bias)
      list.add_to_branch(name + ".bias", Role::bias, {config.width}, 0, last_map).multiplier *=
          multiplier;
  };
  list.add("input", Role::input, {config.in, config.width}, config.input_variance);
  if (config.bias) list.add("input.bias", Role::bias, {config.width}, 0);
  for (std::int64_t l = 1; l <= config.blocks; ++l) {
    if (two) add_to_branch(block_name(l) + ".inner", 1, false);
    add_to_branch(block_name(l), config.hidden_variance, true);
  }
  list.add_last({config.width, config.out}, config.last, config.bias);

  return {"residual_mlp", list.params(),
          [blocks = config.blocks, phi = config.activation, last = config.activation_last,
           bias = config.bias,
           two](const std::vector<Tensor>& weights, const Tensor& x, std::vector<Layer>* layers) {
            auto next = weights.begin();
            const auto linear = [&](const Tensor& z) {
              const Tensor h = matmul(z, *next++);
              return bias ? h + *next++ : h;
            };
            Tensor h = linear(flatten(x));
            add_layer(layers, "input", h, h);
            for (std::int64_t l = 1; l <= blocks; ++l) {
              if (two) {
                const Tensor g = linear(h), z = activate(phi, g);
                add_layer(layers, block_name(l) + ".inner", g, z);
                h = h + linear(z);
              } else {
                h = h + (last ? activate(phi, linear(h)) : linear(activate(phi, h)));
              }
              add_layer(layers, block_name(l), h, h);
            }
            const Tensor f = linear(h);
            add_layer(layers, "output", f, f);
            return f;
          }};
}

}  // namespace gradus
