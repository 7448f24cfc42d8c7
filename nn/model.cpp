#include "nn/model.h"

#include <cmath>
#include <iomanip>
#include <sstream>
#include <utility>

#include "autodiff/check.h"
#include "autodiff/ops.h"

namespace gradus {
namespace {

// W_eff = multiplier * w for every parameter.
std::vector<Tensor> effective(const Model& model, const std::vector<Tensor>& w) {
  check(w.size() == model.params.size(), "[", model.name, "] has ", model.params.size(),
        " parameters, but ", w.size(), " values were given");
  std::vector<Tensor> weights;
  for (std::size_t i = 0; i < w.size(); ++i) {
    const Param& param = model.params[i];
    check(w[i].shape() == param.shape, "[", model.name, "] parameter ", param.name, " has shape ",
          param.shape, ", its value ", w[i].shape());
    weights.push_back(param.multiplier == 1 ? w[i] : w[i] * param.multiplier);
  }
  return weights;
}

}  // namespace

void add_layer(std::vector<Layer>* layers, std::string name, const Tensor& h, const Tensor& z) {
  if (layers) layers->push_back({std::move(name), h, z});
}

Tensor Model::operator()(const std::vector<Tensor>& w, const Tensor& x) const {
  return forward(effective(*this, w), x, nullptr);
}

std::vector<Layer> Model::layers(const std::vector<Tensor>& w, const Tensor& x) const {
  std::vector<Layer> layers;
  forward(effective(*this, w), x, &layers);
  return layers;
}

std::vector<Tensor> init(const Model& model, std::uint64_t seed, DType dtype, Device device) {
  std::vector<Tensor> w;
  for (const Param& param : model.params)
    w.push_back(param.init_std == 0 ? zeros(param.shape, dtype, device)
                                    : random_normal(param.shape, {.seed = seed, .stream = w.size()},
                                                    param.init_std, dtype, device));
  return w;
}

std::int64_t parameter_count(const Model& model) {
  std::int64_t count = 0;
  for (const Param& param : model.params) count += param.shape.size();
  return count;
}

std::string summary(const Model& model) {
  TextStream text;
  text.precision(4);
  const auto line = [&text](const auto& name, const auto& role, const auto& shape,
                            const auto& count, const auto& multiplier, const auto& init_std,
                            const auto& sgd_lr, const auto& adam_lr) {
    text << std::left << std::setw(24) << name << std::setw(13) << role << std::setw(17) << shape
         << std::right << std::setw(9) << count << "  " << std::left << std::setw(12) << multiplier
         << std::setw(12) << init_std << std::setw(10) << sgd_lr << adam_lr << '\n';
  };
  line(model.name, "role", "shape", "count", "multiplier", "initial std", "lr, SGD", "lr, Adam");
  for (const Param& p : model.params)
    line(p.name, to_string(p.role), to_string(p.shape), p.shape.size(), p.multiplier, p.init_std,
         p.sgd_lr, p.adam_lr);
  text << parameter_count(model) << " parameters in " << model.params.size() << " tensors\n";
  return text.str();
}

ParamList::ParamList(const Parametrisation& parametrisation, std::int64_t width,
                     std::int64_t base_width, std::int64_t blocks, std::int64_t base_blocks)
    : parametrisation_(parametrisation) {
  check(width > 0 && base_width > 0, "[model] width ", width, ", base width ", base_width,
        ": both must be positive");
  check(blocks >= 0 && base_blocks > 0, "[model] ", blocks, " blocks, ", base_blocks,
        " base blocks: there must be one at least");
  check(blocks > 0 || parametrisation.branch == BranchScaling{}, "[", parametrisation.name,
        "] scales residual branches, and this network has none; use a residual network");
  width_mult_ = static_cast<double>(width) / static_cast<double>(base_width);
  if (blocks > 0) depth_mult_ = static_cast<double>(blocks) / static_cast<double>(base_blocks);
}

Param& ParamList::add(std::string name, Role role, Shape shape, double variance) {
  check(variance >= 0, "[model] the variance ", variance, " of ", name, " is negative");
  Param param{.name = std::move(name), .role = role, .shape = std::move(shape)};
  const Scaling row = parametrisation_.at(role);
  const Sizes sizes{.fan_in = static_cast<double>(param.fan_in()),
                    .width_mult = width_mult_,
                    .depth_mult = depth_mult_};
  const bool weight = role != Role::bias && role != Role::output_bias;
  const double s = weight && parametrisation_.unit_gain ? 1.0 : std::sqrt(variance);
  param.multiplier = evaluate(row.multiplier, sizes);
  param.init_std = s * evaluate(row.init_std, sizes);
  param.sgd_lr = evaluate(row.sgd_lr, sizes);
  param.adam_lr = evaluate(row.adam_lr, sizes);
  return params_.emplace_back(std::move(param));
}

Param& ParamList::add_to_branch(std::string name, Role role, Shape shape, double variance,
                                bool last_map) {
  Param& param = add(std::move(name), role, std::move(shape), variance);
  const BranchScaling& branch = parametrisation_.branch;
  const Sizes sizes{.depth_mult = depth_mult_};
  if (last_map) param.multiplier *= evaluate(branch.multiplier, sizes);
  param.sgd_lr *= evaluate(branch.sgd_lr, sizes);
  param.adam_lr *= evaluate(branch.adam_lr, sizes);
  return param;
}

void ParamList::add_last(Shape shape, const LastLayer& options, bool bias) {
  const Shape outputs{shape[shape.rank() - 1]};
  Param& weights = add("output", Role::output, std::move(shape), options.variance);
  const double fan_in = static_cast<double>(weights.fan_in());
  const double output_scale = options.alpha * std::pow(fan_in, -options.out_exp);
  weights.multiplier *= output_scale;
  if (options.inverse_square) weights.init_std /= std::sqrt(fan_in);
  if (options.zero) weights.init_std = 0;
  if (bias) add("output.bias", Role::output_bias, outputs, 0).multiplier *= output_scale;
}

}  // namespace gradus
