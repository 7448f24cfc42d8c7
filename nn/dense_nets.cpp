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
  ParamList list(config.parametrisation, config.width, config.base_width, config.blocks);
  list.add("input", Role::input, {config.in, config.width}, config.input_variance);
  for (std::int64_t l = 1; l <= config.blocks; ++l)
    list.add(block_name(l), Role::hidden, {config.width, config.width}, config.hidden_variance)
        .multiplier *= config.branch_multiplier;
  list.add_last({config.width, config.out}, config.last);

  return {"residual_mlp", list.params(),
          [blocks = config.blocks, phi = config.activation, last = config.activation_last](
              const std::vector<Tensor>& weights, const Tensor& x, std::vector<Layer>* layers) {
            Tensor h = matmul(flatten(x), weights.front());
            add_layer(layers, "input", h, h);
            for (std::int64_t l = 1; l <= blocks; ++l) {
              const Tensor& w = weights[static_cast<std::size_t>(l)];
              h = h + (last ? activate(phi, matmul(h, w)) : matmul(activate(phi, h), w));
              add_layer(layers, block_name(l), h, h);
            }
            const Tensor f = matmul(h, weights.back());
            add_layer(layers, "output", f, f);
            return f;
          }};
}

}  // namespace gradus
