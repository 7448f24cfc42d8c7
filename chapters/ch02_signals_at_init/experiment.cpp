// Chapter 2. Signals at initialisation: what do width and depth do before
// training?
//
// The length of a signal in ReLU networks that nobody has trained, by n normals
// per layer: R_l = |z_l|^2 / |z_0|^2. Then whole networks, with two inputs at a
// right angle. Where there are too many networks to keep, the tables hold
// moments and counts.
//
// two_units.csv: R in networks of width 2, for each layer.
// lengths.csv: R_8 of 50,000 networks of width 64.
// spread.csv: ln R in three widths, each at three values of l / n.
// spread_counts.csv: the same in bins.
// widths.csv: R_8 in six widths.
// networks.csv: the mean square q and the correlation of the two signals, for
// each whole network and layer.
// pre_activations.csv: the entries of h_l, networks together, in bins.

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/ch02_signals_at_init/lengths.h"
#include "chapters/support/csv.h"
#include "chapters/support/options.h"
#include "chapters/support/progress.h"
#include "nn/instruments/statistics.h"
#include "nn/models.h"

using namespace gradus;

constexpr int depth = 32;  // hidden layers of the whole networks

// Width 2, where both units of a layer are silent with probability 1/4, and
// then all layers after.
void measure_two_units(const Options& options) {
  const std::int64_t networks = options.full ? 500000 : 50000;
  const std::vector<Values> R = draw_R(options, networks, 2, 10);
  Csv rows({"layer", "networks", "silent", "mean_R", "mean_R2"});
  for (std::size_t l = 0; l < R.size(); ++l) {
    const auto silent = std::count(R[l].begin(), R[l].end(), 0.0);
    const double squares =
        std::inner_product(R[l].begin(), R[l].end(), R[l].begin(), 0.0);
    rows.row({l, networks, silent, statistics(R[l]).mean,
              squares / static_cast<double>(networks)});
  }
  rows.save(options.out / "two_units.csv");
}

void measure_lengths(const Options& options) {
  Csv rows({"R"});
  const Values R = draw_R(options, 50000, 64, 8)[8];
  for (double length : R) rows.row({length});
  rows.save(options.out / "lengths.csv");
}

// One row for each bin, a quarter wide, between -6 and 6.
void add_counts(std::int64_t width, std::int64_t layer, const Values& values,
                Csv& rows) {
  const double low = -6, high = 6, bin = 0.25;
  std::vector<std::int64_t> counts(
      static_cast<std::size_t>((high - low) / bin));
  for (double value : values)
    if (low <= value && value < high)
      ++counts[static_cast<std::size_t>((value - low) / bin)];
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double start = low + bin * static_cast<double>(i);
    rows.row({width, layer, start, start + bin, counts[i], values.size()});
  }
}

Csv counts_table() {
  return Csv({"width", "layer", "low", "high", "count", "of"});
}

void measure_spread(const Options& options) {
  const std::int64_t networks = options.full ? 60000 : 6000;
  Csv rows({"width", "layer", "networks", "mean_ln_R", "variance_ln_R"});
  Csv counts = counts_table();
  Progress progress("lengths at widths 32, 64, 128", 3);
  for (std::int64_t n : {32, 64, 128}) {
    const std::vector<Values> R = draw_R(options, networks, n, n / 2);
    for (std::int64_t l : {n / 32, n / 8, n / 2}) {
      Values ln_R = R[static_cast<std::size_t>(l)];
      for (double& value : ln_R) value = std::log(value);
      const Statistics of = statistics(ln_R);
      rows.row({n, l, networks, of.mean, of.deviation * of.deviation});
      add_counts(n, l, ln_R, counts);
    }
    progress.step();
  }
  rows.save(options.out / "spread.csv");
  counts.save(options.out / "spread_counts.csv");
}

// The factor between the values of two networks: its median over pairs.
double factor_between_two(const Values& R) {
  Values factors;
  for (std::size_t i = 0; i + 1 < R.size(); i += 2)
    factors.push_back(std::max(R[i], R[i + 1]) / std::min(R[i], R[i + 1]));
  return median(factors);
}

void measure_widths(const Options& options) {
  const std::int64_t normals = options.full ? 5000000 : 500000;  // per layer
  Csv rows(
      {"width", "networks", "mean_R", "median_rms", "factor_between_two"});
  Progress progress("lengths at layer 8, six widths", 6);
  for (std::int64_t n : {32, 64, 128, 256, 512, 1024}) {
    const Values R = draw_R(options, normals / n, n, 8)[8];
    const Statistics of = statistics(R);
    rows.row(
        {n, R.size(), of.mean, std::sqrt(of.median), factor_between_two(R)});
    progress.step();
  }
  rows.save(options.out / "widths.csv");
}

// Two inputs of mean square 1: 1, 1, 1, 1, ... and 1, -1, 1, -1, ...
Tensor right_angle(std::int64_t n, const Options& options) {
  Values entries(static_cast<std::size_t>(2 * n), 1.0);
  for (std::size_t i = static_cast<std::size_t>(n) + 1; i < entries.size();
       i += 2)
    entries[i] = -1;
  return from_host(entries, {2, n}, options.dtype, options.device);
}

// What one network makes of these inputs. Entry l belongs to layer l; the
// input is layer 0.
struct Signals {
  Values q;               // |z_l|^2 / n of the first input
  Values correlation;     // cosine of the angle between the two z_l
  std::vector<Values> h;  // the entries of h_l of the first input
};

// [net]
Signals signals(const Options& options, std::int64_t n, double variance,
                std::uint64_t seed) {
  const Model model = fcn({.in = n,
                           .width = n,
                           .depth = depth + 1,
                           .out = 1,
                           .hidden_variance = variance});
  const auto w = init(model, seed, options.dtype, options.device);
  const Tensor x = right_angle(n, options);
  std::vector<Layer> layers = model.layers(w, x);
  layers.pop_back();  // the output
  layers.insert(layers.begin(), {"input", x, x});
  Signals result;
  for (const Layer& layer : layers) {
    const Tensor& z = layer.z;  // one row per input
    const Values p = matmul(z, z, false, true).to_vector();
    result.q.push_back(p[0] / static_cast<double>(n));
    result.correlation.push_back(p[1] / std::sqrt(p[0] * p[3]));
    result.h.push_back(slice(layer.h, 0, 0, 1).to_vector());
  }
  return result;
}
// [net]

// [ensembles]
struct Ensemble {
  int networks;
  std::int64_t width;
  int variance;  // times fan_in
};

std::vector<Ensemble> ensembles(int count) {
  return {{count, 64, 2}, {count / 5, 256, 2}, {count / 2, 64, 1}};
}
// [ensembles]

void measure_networks(const Options& options) {
  Csv rows({"variance", "width", "network", "layer", "q", "correlation"});
  Csv counts = counts_table();
  // Options::network_seed has room for a thousand networks; here are more.
  std::uint64_t first = 1000000 * options.seed;
  for (const auto& [networks, n, variance] :
       ensembles(options.full ? 2000 : 200)) {
    first += 10000;  // no two ensembles share a seed
    std::map<std::size_t, Values> h = {{1, {}}, {8, {}}, {depth, {}}};
    Progress progress(
        std::to_string(networks) + " networks of width " + std::to_string(n),
        networks);
    for (int i = 0; i < networks; ++i) {
      const Signals net = signals(options, n, variance,
                                  first + static_cast<std::uint64_t>(i));
      for (std::size_t l = 0; l <= depth; ++l)
        rows.row({variance, n, i, l, net.q[l], net.correlation[l]});
      for (auto& [l, entries] : h)
        entries.insert(entries.end(), net.h[l].begin(), net.h[l].end());
      progress.step();
    }
    if (variance == 2)
      for (const auto& [l, entries] : h)
        add_counts(n, static_cast<std::int64_t>(l), entries, counts);
  }
  rows.save(options.out / "networks.csv");
  counts.save(options.out / "pre_activations.csv");
}

void experiment(const Options& options) {
  const NoGrad values_only;
  measure_two_units(options);
  measure_lengths(options);
  measure_spread(options);
  measure_widths(options);
  measure_networks(options);
}

int main(int argc, char** argv) {
  const ChapterInfo info{
      .name = "ch02_signals_at_init",
      .question =
          "Signals at initialisation: what do width and depth do before "
          "training?",
      .quick_time = "15 s",
      .full_time = "2 min",
      .defaults = {.dtype = DType::f64}};
  return run_experiment(argc, argv, info, experiment);
}
