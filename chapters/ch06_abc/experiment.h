#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "nn/models.h"

/// Chapter 6. The parametrisations and networks of the experiment.
namespace gradus {

using Tables = std::vector<Parametrisation>;

// clang-format off
// [family]
// At the base width all are SP. For SGD 1/2 is NTK, and 1 is muP.
inline Parametrisation family(const char* name, double beta) {
  const auto m = [](double power) { return Power{.width_mult = power}; };
  const Power one{}, usual{.fan_in = -0.5};
  //          multiplier, initial std, lr of SGD, lr of Adam
  return {.name = name, .source = "between NTK and muP",
          .input = {one, usual, m(2 * beta - 1), m(beta - 1)},
          .hidden = Scaling{one, usual, m(2 * beta - 2), m(beta - 2)},
          .output = {one, {-0.5, 0.5 - beta}, m(-1), m(-1)},
          .bias = {one, one, m(2 * beta - 1), m(beta - 1)}};
}
// [family]
// clang-format on

// [mixed]
// A mistake: the weights of one table, the learning rates of another.
inline Parametrisation mixed(const char* name, Parametrisation weights,
                             const Parametrisation& rates) {
  const auto take = [](Scaling& row, const Scaling& from) {
    row.sgd_lr = from.sgd_lr;
    row.adam_lr = from.adam_lr;
  };
  weights.name = name;
  take(weights.input, rates.input);
  take(*weights.hidden, *rates.hidden);
  take(weights.output, rates.output);
  take(weights.bias, rates.bias);
  return weights;
}
// [mixed]

// [readout]
// Table 3 with output weights that start as n^-beta, and the rates below
// them as the first step asks if they start as n^-rates.
inline Parametrisation readout(const char* name, double beta, double rates) {
  Parametrisation table = abc::mup_table3;
  table.name = name;
  table.output.init_std = {-0.5, 0.5 - beta};
  table.input.sgd_lr = Power{.width_mult = rates};
  table.hidden->sgd_lr = Power{.width_mult = rates - 1};
  return table;
}
// [readout]

/// The three forms of muP.
inline Tables forms() {
  return {abc::mup_table3, abc::mup_table8, abc::mup_table9};
}
inline Parametrisation slow() {
  return mixed("8 with rates of 3", abc::mup_table8, abc::mup_table3);
}
inline Parametrisation fast() {
  return mixed("3 with rates of 8", abc::mup_table3, abc::mup_table8);
}
inline Tables mixed_tables() { return {abc::mup_table3, slow(), fast()}; }

constexpr std::array<double, 3> betas = {0.5, 0.75, 1};
inline Tables members() {
  return {family("beta 1/2", betas[0]), family("beta 3/4", betas[1]),
          family("beta 1", betas[2])};
}

/// Those of which several steps are measured.
inline Tables readouts() {
  return {abc::mup_table3, readout("2 with rates of 2", 2, 2),
          readout("2 with rates of 1", 2, 1)};
}

/// Those of which one step is measured.
inline Tables step_tables() {
  return {abc::sp, abc::ntk, members()[1], abc::mup_table3, slow(), fast()};
}

constexpr std::int64_t narrow = 16, wide = 128;  // of the mixed tables

}  // namespace gradus
