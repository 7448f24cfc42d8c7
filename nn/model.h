#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "autodiff/tensor.h"
#include "nn/parametrisation.h"

namespace gradus {

/// What is known about one parameter tensor before it has a value.
struct Param {
  std::string name;
  Role role = Role::hidden;
  /// (fan_in, fan_out), (height, width, channels, filters), or (fan_out) of a bias.
  Shape shape = {};
  double multiplier = 1;  ///< the network uses multiplier * w
  double init_std = 0;    ///< w ~ N(0, init_std^2) at initialisation
  double sgd_lr = 1;      ///< learning rate of this tensor, in units of the optimiser's
  double adam_lr = 1;

  /// Numbers that each output of this tensor sums over; 1 for a bias.
  std::int64_t fan_in() const { return shape.span(0, shape.rank() - 1); }
};

/// What one layer computed: h before the activation, z after it. They are one tensor where there is
/// no activation.
struct Layer {
  std::string name;
  Tensor h, z;
};

/// Appends what a layer computed, unless `layers` is null: for forward functions.
void add_layer(std::vector<Layer>* layers, std::string name, const Tensor& h, const Tensor& z);

/// A network: a list of named tensors and a function of them. It holds no values: those are a
/// std::vector<Tensor>, one per parameter in this order, which `init` draws, gradients are taken
/// with respect to, and optimisers change.
struct Model {
  /// The output for a batch x, from the weights multiplier * w. Where `layers` is not null, each
  /// layer in turn is appended to it, the output last.
  using Forward = std::function<Tensor(const std::vector<Tensor>& weights, const Tensor& x,
                                       std::vector<Layer>* layers)>;
  std::string name;
  std::vector<Param> params;
  Forward forward;

  /// The output for a batch x (axis 0) at the parameter values w.
  Tensor operator()(const std::vector<Tensor>& w, const Tensor& x) const;
  /// Everything that the same computation passes through, the output last.
  std::vector<Layer> layers(const std::vector<Tensor>& w, const Tensor& x) const;
};

/// Values at initialisation. Parameter i is drawn from stream (seed, i), so it depends on its shape
/// and standard deviation and on nothing else.
std::vector<Tensor> init(const Model& model, std::uint64_t seed, DType dtype = DType::f32,
                         Device device = default_device());

/// Number of trainable numbers.
std::int64_t parameter_count(const Model& model);

/// A table of the parameters with their shapes, scales and learning rate factors, as text.
std::string summary(const Model& model);

/// The last layer, where experiments differ most.
struct LastLayer {
  double variance = 1;          ///< N(0, variance / fan_in) at initialisation, before the table
  bool inverse_square = false;  ///< N(0, variance / fan_in^2) instead
  bool zero = false;            ///< starts at 0
  double alpha = 1;             ///< the output is multiplied by this
  double out_exp = 0;           ///< and by fan_in^-out_exp; fan_in is the width
};

/// The parameters of a network as it is put together, each scaled by one parametrisation: the only
/// place where a table meets a model.
class ParamList {
 public:
  /// `blocks` is the number of residual branches, 0 in a network that scales none.
  ParamList(const Parametrisation& parametrisation, std::int64_t width, std::int64_t base_width,
            std::int64_t blocks = 0, std::int64_t base_blocks = 1);

  /// Appends a tensor that in the standard parametrisation is N(0, variance / fan_in).
  Param& add(std::string name, Role role, Shape shape, double variance);
  /// The same in a residual branch. The tensors of its last map carry the branch's multiplier.
  Param& add_to_branch(std::string name, Role role, Shape shape, double variance, bool last_map);
  /// Appends the weights (fan_in, fan_out) of the last layer, and a bias if there is one.
  void add_last(Shape shape, const LastLayer& options, bool bias = false);

  const std::vector<Param>& params() const { return params_; }

 private:
  Parametrisation parametrisation_;
  double width_mult_, depth_mult_ = 1;
  std::vector<Param> params_;
};

}  // namespace gradus
