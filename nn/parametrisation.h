#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

/// How the parameters of a network scale with its size. After Yang and Hu 2021 (Tensor Programs
/// IV), an abc-parametrisation is three choices per parameter tensor w:
///   W_eff = multiplier * w,   w ~ N(0, (s * init_std)^2),   learning rate = lr * factor,
/// each a power of the network's sizes. Everything there is to say about a parametrisation is one
/// table, and parametrisation.cpp holds all tables.
///
/// Who comes from the `mup` package finds three differences. Its output multiplier leaves the bias
/// of the output alone; ours (alpha and fan_in^-out_exp of LastLayer) multiplies weights and bias,
/// while the table's multiplier, m^-1 in table 8, is that of the weights only. Its biases start
/// uniform, as PyTorch's do, ours at 0 unless bias_variance says otherwise. Its form is table 8:
/// tables 3 and 9 give the same runs of Adam with eps = 0 only, since their gradients differ by
/// powers of m.
namespace gradus {

/// What a parameter tensor connects, which decides how it scales.
enum class Role {
  input,        ///< fixed inputs to the width
  hidden,       ///< width to width
  output,       ///< width to fixed outputs
  bias,         ///< added to something of the network's width
  output_bias,  ///< added to the output: no dimension of it grows, so nothing scales
};
const char* to_string(Role role);

/// fan_in^a * width_mult^b * depth_mult^c, given by the three exponents; width_mult = width /
/// base_width, and depth_mult = residual branches / those of the base network.
struct Power {
  double fan_in = 0, width_mult = 0, depth_mult = 0;
  bool operator==(const Power&) const = default;
};
/// "fan_in^-1/2 m^-1"; "1" where all exponents are 0. m stands for width_mult, m_L for depth_mult.
std::string to_string(const Power& power);

/// The sizes that a Power is taken of. A bias has fan_in 1.
struct Sizes {
  double fan_in = 1, width_mult = 1, depth_mult = 1;
};
double evaluate(const Power& power, const Sizes& sizes);

/// One row of a parametrisation's table.
struct Scaling {
  Power multiplier, init_std, sgd_lr, adam_lr;
  bool operator==(const Scaling&) const = default;
};

/// What a table adds for residual branches: the multiplier once per branch, on its last map, the
/// learning rates for each of its tensors, on top of the row of the tensor's role.
struct BranchScaling {
  Power multiplier, sgd_lr, adam_lr;
  bool operator==(const BranchScaling&) const = default;
};

/// Mistakes to plant, for a coordinate check to catch.
enum class PlantedBug {
  none,
  hidden_lr_unscaled,   ///< hidden weights learn at the global rate; in muP it is Adam that suffers
  output_unscaled,      ///< the output layer is that of the standard parametrisation
  biases_like_weights,  ///< biases get the row of the hidden weights
};
const char* to_string(PlantedBug bug);

/// A parametrisation: one table with a row per role.
struct Parametrisation {
  const char* name = "";
  const char* source = "";  ///< who proposed it, or what it is for
  Scaling input;
  std::optional<Scaling> hidden;  ///< none where it is defined for one hidden layer only
  Scaling output;
  Scaling bias;
  BranchScaling branch = {};
  bool unit_gain = false;  ///< s = 1 for every weight, whatever variance the model asks for
  PlantedBug bug = PlantedBug::none;

  /// The row of a role; throws where there is none.
  Scaling at(Role role) const;
};

/// All of them. muP differs from SP by powers of width_mult and depth_mult only, which are 1 at the
/// base network: there the two are one, bit for bit.
namespace abc {
extern const Parametrisation sp;             ///< standard: PyTorch-like, one learning rate
extern const Parametrisation ntk;            ///< neural tangent kernel
extern const Parametrisation mean_field;     ///< one hidden layer
extern const Parametrisation mup_table3;     ///< maximal update, plain form
extern const Parametrisation mup_table8;     ///< the same, output multiplier: the `mup` package
extern const Parametrisation mup_table9;     ///< the same, one learning rate for SGD
extern const Parametrisation depth_mup;      ///< table 3, and branches x depth_mult^-1/2
extern const Parametrisation complete_p;     ///< table 3, and branches x depth_mult^-1
extern const Parametrisation sp_gain1;       ///< N(0, 1/fan_in) everywhere
extern const Parametrisation naive_mup;      ///< called muP, but sp_gain1 word for word
extern const Parametrisation v1;             ///< sp_gain1, output x base_width / width
extern const Parametrisation v2;             ///< sp_gain1, output x width^-1/2
extern const Parametrisation hidden_shrunk;  ///< sp_gain1, hidden layers x width^-1/2
}  // namespace abc

/// Every parametrisation of `abc`, in the order above.
std::vector<Parametrisation> parametrisations();
/// The one of that name; throws with the list of names.
Parametrisation parametrisation(const std::string& name);

/// The same parametrisation with one mistake in it.
Parametrisation planted(Parametrisation parametrisation, PlantedBug bug);

/// The table as text: a heading and a line per role.
std::string to_string(const Parametrisation& parametrisation);
std::ostream& operator<<(std::ostream& out, const Parametrisation& parametrisation);

}  // namespace gradus
