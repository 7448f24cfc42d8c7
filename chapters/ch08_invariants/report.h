#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "chapters/ch08_invariants/experiment.h"
#include "chapters/support/report.h"
#include "nn/instruments/exponents.h"

/// What the report reads off the sizes of layers and of their changes.
namespace gradus {

struct LayerSizes {
  double fan_in, fan_out;
  double lr;  // the layer's learning-rate factor, which is in the change
  double weight_frobenius, weight_spectral;
  double change_frobenius, change_spectral;
};

/// What a reader of the results may ask of them.
using Quantity = double (*)(const LayerSizes&);
double frobenius_ratio(const LayerSizes& s);
double spectral_ratio(const LayerSizes& s);
double spectral_ratio_without_lr(const LayerSizes& s);
double rms_gain(const LayerSizes& s);
double rms_gain_of_change(const LayerSizes& s);
double stable_rank(const LayerSizes& s);
double stable_rank_of_change(const LayerSizes& s);

/// The sizes that the text derives for one step, layer by layer.
std::vector<LayerSizes> predict(const Model& net);

/// What the sweep measured.
struct Results {
  explicit Results(const Table& table);

  std::vector<double> n;  // the widths
  // experiment, parametrisation, width, step, layer -> one entry per seed
  using Key = std::tuple<std::string, std::string, std::int64_t, std::int64_t,
                         std::int64_t>;
  std::map<Key, std::vector<LayerSizes>> sizes;
  double worst_error = 0;
};

/// One quantity of one kind of layer against the width: its root mean square
/// over the seeds and layers.
struct Curve {
  std::vector<double> n, values, errors;  // errors are standard errors
  std::vector<double> predicted;  // by `predict`, for one step; else empty

  Exponent slope() const { return exponent_of_values(n, values, errors); }
  double predicted_slope() const;
};

Curve one_step_curve(const Results& results, const Parametrisation& p,
                     const Kind& kind, Quantity quantity);
/// Of the hidden layers after `step` steps.
Curve training_curve(const Results& results, const Parametrisation& p,
                     Quantity quantity, std::int64_t step);

/// What the output weights do to activations, beside what their norm allows.
void report_readout(const Table& table, Report& report);

/// How the loss falls along the trainings of SP.
void report_losses(const Table& table, Report& report);

void draw_figures(const Results& results, const std::filesystem::path& out);

}  // namespace gradus
