#include <algorithm>
#include <cmath>

#include "chapters/ch08_invariants/report.h"
#include "nn/instruments/fits.h"
#include "nn/instruments/statistics.h"

namespace gradus {

// [quantities]
double frobenius_ratio(const LayerSizes& s) {
  return s.change_frobenius / s.weight_frobenius;
}
double spectral_ratio(const LayerSizes& s) {
  return s.change_spectral / s.weight_spectral;
}
// The largest rms(x dW) over all x with rms(x) = 1.
double rms_gain_of_change(const LayerSizes& s) {
  return std::sqrt(s.fan_in / s.fan_out) * s.change_spectral;
}
double stable_rank_of_change(const LayerSizes& s) {
  return std::pow(s.change_frobenius / s.change_spectral, 2);
}
// [quantities]

double spectral_ratio_without_lr(const LayerSizes& s) {
  return spectral_ratio(s) / s.lr;
}
double rms_gain(const LayerSizes& s) {
  return std::sqrt(s.fan_in / s.fan_out) * s.weight_spectral;
}
double stable_rank(const LayerSizes& s) {
  return std::pow(s.weight_frobenius / s.weight_spectral, 2);
}

// [predict]
// The same sizes from the table alone. sigma_max = std (sqrt m + sqrt k);
// a layer multiplies |z|^2 by ||W||_F^2 / fan_in on average, and |dL/dh|^2
// by ||W||_F^2 / fan_out on the way back; ReLU halves both.
std::vector<LayerSizes> predict(const Model& net) {
  std::vector<LayerSizes> layers;
  for (const Param& p : net.params) {
    const auto m = static_cast<double>(p.shape[0]);
    const auto k = static_cast<double>(p.shape[1]);
    const double entry = p.multiplier * p.init_std;
    const double step = p.multiplier * p.sgd_lr * p.multiplier;
    layers.push_back({m, k, p.sgd_lr, entry * std::sqrt(m * k),
                      entry * (std::sqrt(m) + std::sqrt(k)), step, step});
  }
  double z2 = inputs;  // |z|^2 of what enters the layer
  for (LayerSizes& s : layers) {
    s.change_frobenius *= std::sqrt(z2);
    z2 *= std::pow(s.weight_frobenius, 2) / s.fan_in / 2;
  }
  double delta2 = 1;  // |dL/dh|^2 of what leaves it
  for (auto s = layers.rbegin(); s != layers.rend(); ++s) {
    s->change_frobenius *= std::sqrt(delta2);
    delta2 *= std::pow(s->weight_frobenius, 2) / s->fan_out / 2;
    s->change_spectral = s->change_frobenius;  // one input: rank one
  }
  return layers;
}
// [predict]

Results::Results(const Table& table) : n(table.distinct("width")) {
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto number = [&](const char* column) {
      return table.number(row, column);
    };
    sizes[{table.text(row, "experiment"), table.text(row, "parametrisation"),
           table.integer(row, "width"), table.integer(row, "step"),
           table.integer(row, "layer")}]
        .push_back({number("fan_in"), number("fan_out"), number("lr"),
                    number("weight_frobenius"), number("weight_spectral"),
                    number("change_frobenius"), number("change_spectral")});
    worst_error = std::max(worst_error, number("error"));
  }
}

namespace {

Curve measured(const Results& results, const std::string& experiment,
               const Parametrisation& p, const Kind& kind, Quantity quantity,
               std::int64_t step) {
  Curve curve;
  curve.n = results.n;
  const auto layers = static_cast<double>(kind.last - kind.first + 1);
  for (const double width : results.n) {
    std::vector<double> squares;  // one per seed
    for (std::int64_t layer = kind.first; layer <= kind.last; ++layer) {
      const auto& seeds =
          results.sizes.at({experiment, p.name,
                            static_cast<std::int64_t>(width), step, layer});
      squares.resize(seeds.size());
      for (std::size_t s = 0; s < seeds.size(); ++s)
        squares[s] += std::pow(quantity(seeds[s]), 2) / layers;
    }
    const Statistics of = statistics(squares);
    const double value = std::sqrt(of.mean);
    const auto count = static_cast<double>(squares.size());
    curve.values.push_back(value);
    curve.errors.push_back(of.deviation / std::sqrt(count) / (2 * value));
  }
  return curve;
}

}  // namespace

double Curve::predicted_slope() const {
  return fit_log_log(n, predicted).slope;
}

Curve one_step_curve(const Results& results, const Parametrisation& p,
                     const Kind& kind, Quantity quantity) {
  Curve curve = measured(results, "one step", p, kind, quantity, 1);
  for (const double width : results.n) {
    const Model net = network(p, static_cast<std::int64_t>(width));
    const auto layer = static_cast<std::size_t>(kind.first - 1);
    curve.predicted.push_back(quantity(predict(net)[layer]));
  }
  return curve;
}

Curve training_curve(const Results& results, const Parametrisation& p,
                     Quantity quantity, std::int64_t step) {
  return measured(results, "training", p, hidden, quantity, step);
}

}  // namespace gradus
