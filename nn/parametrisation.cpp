#include "nn/parametrisation.h"

#include <cmath>
#include <iomanip>
#include <sstream>

#include "autodiff/check.h"

namespace gradus {
namespace {

constexpr Power one{};
constexpr Power fan_in(double exponent) { return {.fan_in = exponent}; }
constexpr Power m(double exponent) { return {.width_mult = exponent}; }
constexpr Power m_L(double exponent) { return {.depth_mult = exponent}; }
constexpr Power operator*(const Power& a, const Power& b) {
  return {a.fan_in + b.fan_in, a.width_mult + b.width_mult, a.depth_mult + b.depth_mult};
}

}  // namespace

// m = width / base_width, m_L = residual branches / those of the base network. Two tables describe
// one and the same training if each row of the one is that of the other with multiplier * m^-t,
// init_std * m^t, sgd_lr * m^2t and adam_lr * m^t, for some t (Yang and Hu 2021): the three forms of
// muP are an example.
namespace abc {
// clang-format off
//                 multiplier      initial std             lr, SGD  lr, Adam
constinit const Parametrisation sp = {
    .name = "sp", .source = "standard parametrisation",
    .input  =       {one,          fan_in(-.5),            one,     one},
    .hidden = Scaling{one,         fan_in(-.5),            one,     one},
    .output =       {one,          fan_in(-.5),            one,     one},
    .bias   =       {one,          one,                    one,     one}};

constinit const Parametrisation ntk = {
    .name = "ntk", .source = "neural tangent kernel: Jacot et al. 2018",
    .input  =       {fan_in(-.5),  one,                    one,     one},
    .hidden = Scaling{fan_in(-.5), one,                    one,     m(-.5)},
    .output =       {fan_in(-.5),  one,                    one,     m(-.5)},
    .bias   =       {one,          one,                    one,     one}};

constinit const Parametrisation mean_field = {
    .name = "mean_field", .source = "mean field, one hidden layer: Yang and Hu 2021, table 1",
    .input  =       {one,          fan_in(-.5),            m(1),    one},
    .hidden = std::nullopt,
    .output =       {fan_in(-1),   one,                    m(1),    one},
    .bias   =       {one,          one,                    m(1),    one}};

constinit const Parametrisation mup_table3 = {
    .name = "mup_table3", .source = "maximal update: Yang et al. 2022, table 3",
    .input  =       {one,          fan_in(-.5),            m(1),    one},
    .hidden = Scaling{one,         fan_in(-.5),            one,     m(-1)},
    .output =       {one,          fan_in(-.5) * m(-.5),   m(-1),   m(-1)},
    .bias   =       {one,          one,                    m(1),    one}};

constinit const Parametrisation mup_table8 = {
    .name = "mup_table8", .source = "maximal update: Yang et al. 2022, table 8",
    .input  =       {one,          fan_in(-.5),            m(1),    one},
    .hidden = Scaling{one,         fan_in(-.5),            one,     m(-1)},
    .output =       {m(-1),        fan_in(-.5) * m(.5),    m(1),    one},
    .bias   =       {one,          one,                    m(1),    one}};

constinit const Parametrisation mup_table9 = {
    .name = "mup_table9", .source = "maximal update: Yang et al. 2022, table 9",
    .input  =       {m(.5),        fan_in(-.5) * m(-.5),   one,     m(-.5)},
    .hidden = Scaling{one,         fan_in(-.5),            one,     m(-1)},
    .output =       {m(-.5),       fan_in(-.5),            one,     m(-.5)},
    .bias   =       {m(.5),        m(-.5),                 one,     m(-.5)}};

constinit const Parametrisation depth_mup = {
    .name = "depth_mup", .source = "maximal update, with residual branches: Yang et al. 2023",
    .input  =       {one,          fan_in(-.5),            m(1),    one},
    .hidden = Scaling{one,         fan_in(-.5),            one,     m(-1)},
    .output =       {one,          fan_in(-.5) * m(-.5),   m(-1),   m(-1)},
    .bias   =       {one,          one,                    m(1),    one},
    .branch =       {m_L(-.5),                             one,     m_L(-.5)}};

constinit const Parametrisation complete_p = {
    .name = "complete_p", .source = "the same, branches over their number: Dey et al. 2025",
    .input  =       {one,          fan_in(-.5),            m(1),    one},
    .hidden = Scaling{one,         fan_in(-.5),            one,     m(-1)},
    .output =       {one,          fan_in(-.5) * m(-.5),   m(-1),   m(-1)},
    .bias   =       {one,          one,                    m(1),    one},
    .branch =       {m_L(-1),                              m_L(1),  one}};

constinit const Parametrisation sp_gain1 = {
    .name = "sp_gain1", .source = "standard without the factor 2 of ReLU: loses 2^-1/2 a layer",
    .input  =       {one,          fan_in(-.5),            one,     one},
    .hidden = Scaling{one,         fan_in(-.5),            one,     one},
    .output =       {one,          fan_in(-.5),            one,     one},
    .bias   =       {one,          one,                    one,     one},
    .unit_gain = true};

constinit const Parametrisation naive_mup = {
    .name = "naive_mup", .source = "a mistake: muP without its output scale and learning rates",
    .input  =       {one,          fan_in(-.5),            one,     one},
    .hidden = Scaling{one,         fan_in(-.5),            one,     one},
    .output =       {one,          fan_in(-.5),            one,     one},
    .bias   =       {one,          one,                    one,     one},
    .unit_gain = true};

constinit const Parametrisation v1 = {
    .name = "v1", .source = "a mistake: the output scale alone, without learning rates",
    .input  =       {one,          fan_in(-.5),            one,     one},
    .hidden = Scaling{one,         fan_in(-.5),            one,     one},
    .output =       {m(-1),        fan_in(-.5),            one,     one},
    .bias   =       {one,          one,                    one,     one},
    .unit_gain = true};

constinit const Parametrisation v2 = {
    .name = "v2", .source = "a mistake: SP divided by the square root of the width",
    .input  =       {one,          fan_in(-.5),            one,     one},
    .hidden = Scaling{one,         fan_in(-.5),            one,     one},
    .output =       {fan_in(-.5),  fan_in(-.5),            one,     one},
    .bias   =       {one,          one,                    one,     one},
    .unit_gain = true};

constinit const Parametrisation hidden_shrunk = {
    .name = "hidden_shrunk", .source = "a mistake: width^-1/2 twice in every hidden layer",
    .input  =       {one,          fan_in(-.5),            one,     one},
    .hidden = Scaling{fan_in(-.5), fan_in(-.5),            one,     one},
    .output =       {one,          fan_in(-.5),            one,     one},
    .bias   =       {one,          one,                    one,     one},
    .unit_gain = true};
// clang-format on
}  // namespace abc

std::vector<Parametrisation> parametrisations() {
  using namespace abc;
  return {sp,         ntk,      mean_field, mup_table3, mup_table8, mup_table9,   depth_mup,
          complete_p, sp_gain1, naive_mup,  v1,         v2,         hidden_shrunk};
}

Parametrisation parametrisation(const std::string& name) {
  std::string names;
  for (const Parametrisation& p : parametrisations()) {
    if (p.name == name) return p;
    names += names.empty() ? p.name : std::string(", ") + p.name;
  }
  fail("[parametrisation] there is no '", name, "'; there are ", names);
}

Scaling Parametrisation::at(Role role) const {
  switch (role) {
    case Role::input: return input;
    case Role::hidden:
      check(hidden.has_value(), "[", name, "] is defined for one hidden layer, so it has no rule ",
            "for hidden weights; use two weight matrices or another parametrisation");
      return *hidden;
    case Role::output: return output;
    case Role::bias: return bias;
    case Role::output_bias: return {};
  }
  fail("[", name, "] no such role");
}

Parametrisation planted(Parametrisation p, PlantedBug bug) {
  p.bug = bug;
  switch (bug) {
    case PlantedBug::none: break;
    case PlantedBug::hidden_lr_unscaled:
      if (p.hidden) p.hidden->sgd_lr = p.hidden->adam_lr = {};
      break;
    case PlantedBug::output_unscaled: p.output = abc::sp.output; break;
    case PlantedBug::biases_like_weights: p.bias = p.at(Role::hidden); break;
  }
  return p;
}

double evaluate(const Power& power, const Sizes& sizes) {
  return std::pow(sizes.fan_in, power.fan_in) * std::pow(sizes.width_mult, power.width_mult) *
         std::pow(sizes.depth_mult, power.depth_mult);
}

const char* to_string(Role role) {
  switch (role) {
    case Role::input: return "input";
    case Role::hidden: return "hidden";
    case Role::output: return "output";
    case Role::bias: return "bias";
    case Role::output_bias: return "output bias";
  }
  return "?";
}

const char* to_string(PlantedBug bug) {
  switch (bug) {
    case PlantedBug::none: return "none";
    case PlantedBug::hidden_lr_unscaled: return "hidden learning rate not scaled";
    case PlantedBug::output_unscaled: return "output not scaled";
    case PlantedBug::biases_like_weights: return "biases scaled as weights";
  }
  return "?";
}

std::string to_string(const Power& power) {
  TextStream text;
  const auto factor = [&text](const char* base, double exponent) {
    if (exponent == 0) return;
    text << (text.tellp() > 0 ? " " : "") << base;
    if (exponent == 1) return;
    const bool odd_halves = std::fabs(std::remainder(exponent, 1.0)) == 0.5;
    text << '^' << (odd_halves ? 2 * exponent : exponent) << (odd_halves ? "/2" : "");
  };
  factor("fan_in", power.fan_in);
  factor("m", power.width_mult);
  factor("m_L", power.depth_mult);
  return text.tellp() > 0 ? text.str() : "1";
}

std::string to_string(const Parametrisation& p) {
  TextStream text;
  const auto line = [&text](const std::string& role, const std::string& multiplier,
                            const std::string& init_std, const std::string& sgd_lr,
                            const std::string& adam_lr) {
    text << std::left << std::setw(8) << role << std::setw(15) << multiplier << std::setw(22)
         << init_std << std::setw(10) << sgd_lr << adam_lr << '\n';
  };
  text << p.name << " (" << p.source << ')';
  if (p.bug != PlantedBug::none) text << ", planted bug: " << to_string(p.bug);
  text << '\n';
  line("", "multiplier", "initial std / s", "lr, SGD", "lr, Adam");
  for (const Role role : {Role::input, Role::hidden, Role::output, Role::bias}) {
    if (role == Role::hidden && !p.hidden) continue;
    const Scaling row = p.at(role);
    line(to_string(role), to_string(row.multiplier), to_string(row.init_std), to_string(row.sgd_lr),
         to_string(row.adam_lr));
  }
  const bool branches = p.branch != BranchScaling{};
  if (branches)
    line("branch", to_string(p.branch.multiplier), "", to_string(p.branch.sgd_lr),
         to_string(p.branch.adam_lr));
  text << "m = width / base width, " << (branches ? "m_L = blocks / base blocks, " : "")
       << (p.unit_gain ? "s = 1 for weights" : "s^2 = variance that the model asks for") << '\n';
  return text.str();
}

std::ostream& operator<<(std::ostream& out, const Parametrisation& p) {
  return out << to_string(p);
}

}  // namespace gradus
