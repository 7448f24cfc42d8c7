// Chapter 8. What is invariant? Frobenius against spectral.
//
// Two matrices that do the same to one vector; the sizes of the weights and of one SGD step in both
// norms, against width and against what the draws predict; the rank of a step and its size along
// training on real images; and a confirmation that nothing could have refuted.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/support/claims.h"
#include "chapters/support/options.h"
#include "chapters/support/panels.h"
#include "chapters/support/plot.h"
#include "chapters/support/results.h"
#include "chapters/support/sweep.h"
#include "data/batches.h"
#include "data/load.h"
#include "nn/instruments/fits.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/instruments/norms.h"
#include "nn/optimisers.h"
#include "nn/instruments/statistics.h"

using namespace gradus;

using Params = std::vector<Tensor>;
using Values = std::vector<double>;

constexpr std::int64_t inputs = 128, outputs = 10, depth = 4, base_width = 64;

const std::vector<Parametrisation> compared = {abc::sp,         abc::ntk,        abc::mup_table3,
                                               abc::mup_table8, abc::mup_table9, abc::v2};

// --- 1. By hand ---

// W = 1, and a change of W that moves one vector by a tenth: both norms of both.
void by_hand(Claims& claims) {
  std::printf("W = 1, change = 0.1 u u^T, |u| = 1:\n");
  std::printf("     n   W u moves by   Frobenius ratio   spectral ratio\n");
  for (const std::int64_t n : {4, 64, 1024}) {
    // [napkin]
    const Tensor u = full({n, 1}, 1 / std::sqrt(n), DType::f64);
    Values diagonal(static_cast<std::size_t>(n * n));
    for (std::int64_t i = 0; i < n; ++i)
      diagonal[static_cast<std::size_t>(i * n + i)] = 1;
    const Tensor W = from_host(diagonal, {n, n}, DType::f64);
    const Tensor change = 0.1 * matmul(u, u, false, true);

    const double moves = frobenius_norm(matmul(change, u)) /
                         frobenius_norm(matmul(W, u));
    const double frobenius = frobenius_norm(change) / frobenius_norm(W);
    const double spectral = spectral_norm(change).value /
                            spectral_norm(W).value;
    // [napkin]
    std::printf("  %4d   %12.4f   %15.4f   %14.4f\n", static_cast<int>(n), moves, frobenius,
                spectral);
    if (n == 1024)
      claims.add("napkin", "n = 1024: spectral over Frobenius ratio", spectral / frobenius,
                 equals(32, 1e-9));
  }
  std::printf("\n");
}

// --- 2. What is measured: the sizes of one layer and of its change ---

struct LayerSizes {
  double fan_in, fan_out;
  double lr;  // the layer's learning-rate factor, which is in the change
  double weight_frobenius, weight_spectral;
  double change_frobenius, change_spectral;
};

// What a reader of the results may ask of them.
using Quantity = double (*)(const LayerSizes&);

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

double spectral_ratio_without_lr(const LayerSizes& s) { return spectral_ratio(s) / s.lr; }
double rms_gain(const LayerSizes& s) {
  return std::sqrt(s.fan_in / s.fan_out) * s.weight_spectral;
}
double stable_rank(const LayerSizes& s) {
  return std::pow(s.weight_frobenius / s.weight_spectral, 2);
}

struct Size {
  double frobenius, spectral, error;
};

Size size_of(const Tensor& w) {
  const SpectralNorm spectral = spectral_norm(w);
  return {frobenius_norm(w), spectral.value, spectral.residual / spectral.value};
}

// The network uses W = multiplier * w, and its change is that of w times the same.
void add_rows(const Model& net, const std::vector<Size>& weights, const Params& changes,
              std::int64_t step, SweepRows& rows) {
  for (std::size_t l = 0; l < changes.size(); ++l) {
    const Param& p = net.params[l];
    const Size& w = weights[l];
    const Size change = size_of(changes[l]);
    rows.add({step, l + 1, p.shape[0], p.shape[1], p.sgd_lr, p.multiplier * w.frobenius,
              p.multiplier * w.spectral, p.multiplier * change.frobenius,
              p.multiplier * change.spectral, std::max(w.error, change.error)});
  }
}

std::vector<Size> sizes_of(const Params& w) {
  std::vector<Size> sizes;
  for (const Tensor& part : w) sizes.push_back(size_of(part));
  return sizes;
}

// --- 3. One step from one input ---

Model network(const Parametrisation& p, std::int64_t width, std::int64_t in = inputs) {
  return fcn({.in = in, .width = width, .depth = depth, .out = outputs, .parametrisation = p,
              .base_width = base_width});
}

// Nothing is shared between parametrisations, widths and seeds: each draws its own numbers.
std::uint64_t own_seed(const Options& options, std::size_t p, std::int64_t width, int seed) {
  return ((options.seed * 100 + p) * 10000 + static_cast<std::uint64_t>(width)) * 1000 +
         static_cast<std::uint64_t>(seed);
}

// [one_step]
// One input of rms 1, the loss c . f with |c| = 1, one SGD step with eta = 1.
void one_step(const Model& net, std::uint64_t seed, DType dtype,
              SweepRows& rows) {
  const std::uint64_t input_stream = 1000;  // the weights have 0 to 3
  const Tensor draw =
      random_normal({1, inputs}, {seed, input_stream}, 1.0, dtype);
  const Tensor x = draw / rms(draw);
  const Tensor c = full({outputs}, 1 / std::sqrt(outputs), dtype);
  const Params w = init(net, seed, dtype);
  Params change = grad(linear_loss(net(w, x), c), w);
  for (std::size_t l = 0; l < w.size(); ++l)
    change[l] = -net.params[l].sgd_lr * change[l];
  add_rows(net, sizes_of(w), change, 1, rows);
}
// [one_step]

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

// --- 4. Along training ---

struct Images {
  Tensor x, labels;
};

constexpr double training_lr = 0.05;
const std::vector<std::int64_t> moments = {1, 4, 32};  // steps after which we look

// [training]
// Fashion-MNIST, cross-entropy, batches of 64: how far are the weights from
// where they began?
void training(const Model& net, const Images& images, std::uint64_t seed,
              SweepRows& rows) {
  const Params start = init(net, seed, images.x.dtype());
  const std::vector<Size> weights = sizes_of(start);
  Params w = start;
  Sgd sgd(net, {.lr = training_lr});
  Batches batches(images.x.dim(0), 64, seed);
  for (std::int64_t step = 1; step <= moments.back(); ++step) {
    const std::vector<std::int64_t> batch = batches.at(step - 1);
    const Tensor f = net(w, gather_rows(images.x, batch));
    sgd.step(w, grad(softmax_cross_entropy(
                         f, gather_rows(images.labels, batch)), w));
    if (!std::count(moments.begin(), moments.end(), step)) continue;
    Params change;
    for (std::size_t l = 0; l < w.size(); ++l)
      change.push_back(w[l] - start[l]);
    add_rows(net, weights, change, step, rows);
  }
}
// [training]

// --- 5. All measurements ---

Images fashion(DType dtype) {
  const Dataset train = embedded_fashion_mnist().train;
  return {standardised_images(train, Layout::flat, dtype),
          one_hot(train.labels, train.classes, dtype)};
}

// The logarithm of one seed's ratio scatters as n^-1/2, so that this many seeds give all widths
// about the same error.
int seeds(int at_512, std::int64_t width) {
  return std::max(4, static_cast<int>(at_512 * 512 / width));
}

Table measure(const std::vector<std::int64_t>& widths, const Images& images,
              const Options& options) {
  Sweep sweep(options, "sizes", {"experiment", "parametrisation", "width", "seed"},
              {"step", "layer", "fan_in", "fan_out", "lr", "weight_frobenius", "weight_spectral",
               "change_frobenius", "change_spectral", "error"});
  for (const std::int64_t width : widths)
    for (std::size_t p = 0; p < compared.size(); ++p) {
      const std::string name = compared[p].name;
      const double cost = static_cast<double>(width * width);
      for (int seed = 0; seed < seeds(8, width); ++seed)
        sweep.cell({"one step", name, width, seed}, [=, &options](SweepRows& rows) {
          one_step(network(compared[p], width), own_seed(options, p, width, seed), options.dtype,
                   rows);
        }, cost);
      if (name != abc::sp.name && name != abc::mup_table9.name) continue;
      for (int seed = 0; seed < seeds(3, width); ++seed)
        sweep.cell({"training", name, width, seed}, [=, &options, &images](SweepRows& rows) {
          training(network(compared[p], width, images.x.dim(1)), images,
                   own_seed(options, p, width, seed), rows);
        }, 10 * cost);
    }
  return sweep.run();
}

// All layers of one kind, counted from 1.
struct Kind {
  const char* name;
  std::int64_t first, last;
};
const Kind input{"input", 1, 1}, hidden{"hidden", 2, depth - 1}, output{"output", depth, depth};

// A number and its standard error over seeds.
struct Estimate {
  double value, error;
};

// What the sweep measured, and what is read off it.
struct Results {
  std::vector<std::int64_t> widths;
  // experiment, parametrisation, width, step, layer -> one entry per seed
  using Key = std::tuple<std::string, std::string, std::int64_t, std::int64_t, std::int64_t>;
  std::map<Key, std::vector<LayerSizes>> sizes;
  double worst_error = 0;

  Results(std::vector<std::int64_t> all_widths, const Table& table)
      : widths(std::move(all_widths)) {
    for (std::size_t row = 0; row < table.size(); ++row) {
      const auto number = [&](const char* column) { return table.number(row, column); };
      const auto integer = [&](const char* column) { return std::stoll(table.text(row, column)); };
      sizes[{table.text(row, "experiment"), table.text(row, "parametrisation"), integer("width"),
             integer("step"), integer("layer")}]
          .push_back({number("fan_in"), number("fan_out"), number("lr"),
                      number("weight_frobenius"), number("weight_spectral"),
                      number("change_frobenius"), number("change_spectral")});
      worst_error = std::max(worst_error, number("error"));
    }
  }

  Values n() const { return {widths.begin(), widths.end()}; }
};

// One quantity of one kind of layer, after `step` steps of one experiment.
struct Curve {
  const Results& results;
  std::string experiment;
  Parametrisation p;
  Kind kind;
  Quantity quantity;
  std::int64_t step = 1;

  // Its root mean square over the seeds and layers.
  Estimate at(std::int64_t width) const {
    const auto layers = static_cast<double>(kind.last - kind.first + 1);
    Values squares;  // one per seed
    for (std::int64_t layer = kind.first; layer <= kind.last; ++layer) {
      const auto& seeds = results.sizes.at({experiment, p.name, width, step, layer});
      squares.resize(seeds.size());
      for (std::size_t s = 0; s < seeds.size(); ++s)
        squares[s] += std::pow(quantity(seeds[s]), 2) / layers;
    }
    const Statistics of = statistics(squares);
    const double value = std::sqrt(of.mean);
    const auto count = static_cast<double>(squares.size());
    return {value, of.deviation / std::sqrt(count) / (2 * value)};
  }

  Values values() const {
    Values values;
    for (std::int64_t width : results.widths) values.push_back(at(width).value);
    return values;
  }

  // The exponent of the width, with the error that those of the points make.
  Estimate slope() const {
    const Values n = results.n();
    double centre = 0, spread = 0, variance = 0;
    for (double width : n) centre += std::log(width) / static_cast<double>(n.size());
    for (std::int64_t width : results.widths) {
      const double distance = std::log(static_cast<double>(width)) - centre;
      const Estimate point = at(width);
      spread += distance * distance;
      variance += std::pow(distance * point.error / point.value, 2);
    }
    return {fit_log_log(n, values()).slope, std::sqrt(variance) / spread};
  }

  // The same from `predict`, for one step.
  Values predicted() const {
    Values values;
    for (std::int64_t width : results.widths)
      values.push_back(
          quantity(predict(network(p, width))[static_cast<std::size_t>(kind.first - 1)]));
    return values;
  }
  double predicted_slope() const { return fit_log_log(results.n(), predicted()).slope; }
};

Curve one_step_curve(const Results& results, const Parametrisation& p, const Kind& kind,
                     Quantity quantity) {
  return {results, "one step", p, kind, quantity};
}

// --- 6. What is claimed of one step ---

void print_slopes(const Results& results, const char* heading, Quantity quantity) {
  std::printf("%s\n", heading);
  std::printf("                   input               hidden              output\n");
  for (const Parametrisation& p : compared) {
    std::printf("  %-10s", p.name);
    for (const Kind& kind : {input, hidden, output}) {
      const Curve curve = one_step_curve(results, p, kind, quantity);
      const Estimate slope = curve.slope();
      std::printf("  %+.2f ± %.2f (%+.2f)", slope.value, slope.error, curve.predicted_slope());
    }
    std::printf("\n");
  }
  std::printf("\n");
}

void claims_of_one_step(const Results& results, Claims& claims, Summary& summary) {
  print_slopes(results, "Exponents of the width: Frobenius ratio (and predicted on these widths)",
               frobenius_ratio);
  print_slopes(results, "Exponents of the width: spectral ratio", spectral_ratio);
  print_slopes(results, "Exponents of the width: spectral ratio without the learning rate",
               spectral_ratio_without_lr);
  print_slopes(results, "Exponents of the width: rms gain of W", rms_gain);
  print_slopes(results, "Exponents of the width: rms gain of the change", rms_gain_of_change);

  const auto claim = [&](const std::string& name, const std::string& text,
                         const Parametrisation& p, const Kind& kind, Quantity quantity,
                         double expected, double tolerance) {
    const Estimate slope = one_step_curve(results, p, kind, quantity).slope();
    claims.add(name, text, slope.value, equals(expected, tolerance));
    summary.number(name + "_error", slope.error, slope.error);
  };
  claim("frobenius_mup", "hidden, Frobenius, muP", abc::mup_table9, hidden, frobenius_ratio, -.5,
        .08);
  claim("spectral_mup3", "hidden, spectral, muP table 3", abc::mup_table3, hidden, spectral_ratio,
        0, .08);
  claim("spectral_mup8", "hidden, spectral, muP table 8", abc::mup_table8, hidden, spectral_ratio,
        0, .08);
  claim("spectral_mup9", "hidden, spectral, muP table 9", abc::mup_table9, hidden, spectral_ratio,
        0, .08);
  claim("frobenius_sp", "hidden, Frobenius, SP", abc::sp, hidden, frobenius_ratio, 0, .08);
  claim("spectral_sp", "hidden, spectral, SP", abc::sp, hidden, spectral_ratio, .5, .08);
  claim("spectral_ntk", "hidden, spectral, NTK", abc::ntk, hidden, spectral_ratio, -.5, .08);

  // What the finite width still does, predicted without a fit.
  const auto claim_predicted = [&](const std::string& name, const std::string& text,
                                   const Kind& kind) {
    const Curve curve = one_step_curve(results, abc::mup_table9, kind, spectral_ratio);
    claim(name, text, abc::mup_table9, kind, spectral_ratio, curve.predicted_slope(), .08);
    summary.number(name + "_predicted", curve.predicted_slope());
  };
  claim_predicted("spectral_input", "input, spectral, muP, against the predicted", input);
  claim_predicted("spectral_output", "output, spectral, muP, against the predicted", output);

  // The spectral condition: every layer's change keeps its rms gain.
  for (const auto& [p, exponents] : std::vector<std::pair<Parametrisation, Values>>{
           {abc::sp, {-.5, .5, 1}}, {abc::ntk, {-.5, -.5, 0}}, {abc::mup_table9, {0, 0, 0}}}) {
    std::size_t k = 0;
    for (const Kind& kind : {input, hidden, output})
      claim(std::string("gain_") + p.name + "_" + kind.name,
            std::string("rms gain of the change, ") + p.name + ", " + kind.name, p, kind,
            rms_gain_of_change, exponents[k++], .08);
  }
  claim("gain_v2_input", "rms gain of the change, v2, input", abc::v2, input, rms_gain_of_change,
        -1, .08);
  claim("gain_v2_hidden", "rms gain of the change, v2, hidden", abc::v2, hidden,
        rms_gain_of_change, 0, .08);
}

void claims_of_agreement(const Results& results, Claims& claims) {
  double furthest = 0;
  for (const Parametrisation& p : compared)
    for (const Kind& kind : {input, hidden, output})
      for (Quantity quantity : {frobenius_ratio, spectral_ratio}) {
        const Curve curve = one_step_curve(results, p, kind, quantity);
        const Values measured = curve.values(), predicted = curve.predicted();
        for (std::size_t i = 0; i < measured.size(); ++i)
          furthest = std::max(furthest, std::abs(measured[i] / predicted[i] - 1));
      }
  claims.add("furthest", "largest |measured / predicted - 1| of all ratios", furthest, below(.2));
  claims.add("residual", "largest relative residual of a spectral norm", results.worst_error,
             below(1.01e-3));
}

// --- 7. Rank, and training ---

// The stable rank of the first gradient of the hidden layers, against the batch size.
void rank_against_batch(const Images& images, const Options& options, Claims& claims,
                        Summary& summary) {
  const std::int64_t width = 256;
  const int seeds = 4;
  const Model net = network(abc::mup_table9, width, images.x.dim(1));
  std::printf("Stable rank of the first gradient, hidden layers, width %lld, %d seeds:\n",
              static_cast<long long>(width), seeds);
  for (const std::int64_t size : {1, 8, 64, 512}) {
    double total = 0;
    for (int seed = 0; seed < seeds; ++seed) {
      const Params w = init(net, own_seed(options, 50, width, seed), options.dtype);
      const auto batch =
          Batches(images.x.dim(0), size, options.seed + static_cast<std::uint64_t>(seed)).at(0);
      const Params g = grad(softmax_cross_entropy(net(w, gather_rows(images.x, batch)),
                                                  gather_rows(images.labels, batch)), w);
      for (std::int64_t layer = hidden.first; layer <= hidden.last; ++layer) {
        const Size of = size_of(g[static_cast<std::size_t>(layer - 1)]);
        total += std::pow(of.frobenius / of.spectral, 2) / (2 * seeds);
      }
    }
    std::printf("  %4lld images   %.2f\n", static_cast<long long>(size), total);
    const std::string name = "rank_batch_" + std::to_string(size);
    if (size == 1)
      claims.add(name, "stable rank of the gradient of one image", total, equals(1, 1e-9));
    else if (size == 512)
      claims.add(name, "stable rank of the gradient of 512 images", total, below(10));
    else
      summary.number(name, total, 1);
  }
  std::printf("\n");
}

Curve training_curve(const Results& results, const Parametrisation& p, Quantity quantity,
                     std::int64_t step) {
  return {results, "training", p, hidden, quantity, step};
}

void claims_of_training(const Results& results, Claims& claims, Summary& summary) {
  std::printf("Exponents of the width, hidden layers, after t steps on images:\n");
  std::printf("               t   Frobenius ratio   spectral ratio   stable rank\n");
  for (const Parametrisation& p : {abc::sp, abc::mup_table9})
    for (const std::int64_t t : moments) {
      std::printf("  %-10s  %2lld", p.name, static_cast<long long>(t));
      for (const Quantity quantity : {frobenius_ratio, spectral_ratio, stable_rank_of_change}) {
        const Estimate slope = training_curve(results, p, quantity, t).slope();
        std::printf("    %+.2f ± %.2f", slope.value, slope.error);
        if (quantity == spectral_ratio)
          summary.number(std::string(p.name) + "_spectral_" + std::to_string(t), slope.value,
                         4 * slope.error);
      }
      std::printf("\n");
    }
  const std::int64_t last = moments.back();
  const auto claim = [&](const std::string& name, const std::string& text, const Curve& curve,
                         const Bounds& expected) {
    const Estimate slope = curve.slope();
    claims.add(name, text, slope.value, expected);
    summary.number(name + "_error", slope.error, slope.error);
  };
  claim("trained_frobenius", "32 steps of muP, hidden, Frobenius",
        training_curve(results, abc::mup_table9, frobenius_ratio, last), equals(-.5, .15));
  claim("trained_spectral", "32 steps of muP, hidden, spectral",
        training_curve(results, abc::mup_table9, spectral_ratio, last), equals(0, .15));
  claim("trained_spectral_sp", "32 steps of SP, hidden, spectral",
        training_curve(results, abc::sp, spectral_ratio, last), above(.08));
  claim("rank_slope", "stable rank of W, hidden",
        one_step_curve(results, abc::mup_table9, hidden, stable_rank), equals(1, .05));
  claim("rank_change_slope", "stable rank of 32 steps of muP, hidden",
        training_curve(results, abc::mup_table9, stable_rank_of_change, last), equals(0, .15));

  double largest = 0;
  for (const auto& [key, seeds] : results.sizes)
    if (std::get<0>(key) == "training" && hidden.first <= std::get<4>(key) &&
        std::get<4>(key) <= hidden.last)
      for (const LayerSizes& s : seeds) largest = std::max(largest, stable_rank_of_change(s));
  claims.add("rank_change", "largest stable rank of a change, hidden", largest, below(16));
  const double rank =
      one_step_curve(results, abc::mup_table9, hidden, stable_rank).at(512).value;
  summary.number("rank_weight", rank, 3);
  std::printf("Stable rank of W at width 512: %.1f; of a change at most %.1f\n\n", rank, largest);
}

// --- 8. A confirmation that nothing could have refuted ---

// ||dL/dW|| / ||W|| of the last layer, whose output is multiplied by n^-out_exp.
double last_ratio(const Parametrisation& p, double out_exp, std::int64_t width,
                  std::uint64_t seed) {
  const Model net = fcn({.in = inputs, .width = width, .depth = depth, .out = outputs,
                         .last = {.out_exp = out_exp}, .parametrisation = p,
                         .base_width = base_width});
  const Tensor x = random_normal({1, inputs}, {seed, 1000}, 1.0, DType::f64);
  const Params w = init(net, seed, DType::f64);
  return layer_norms(w, grad(sum(net(w, x)), w)).back().ratio();
}

// [tautology]
// The exponent of ratio(SP) / ratio(SP with its output times n^-1/2), one
// per seed: on the same draws, or each on its own.
Values quotient_exponents(const Parametrisation& p, bool own_draws,
                          std::uint64_t first_seed) {
  const Values widths = {64, 128, 256};
  Values exponents;
  for (std::uint64_t seed = first_seed; seed < first_seed + 8; ++seed) {
    Values quotients;
    for (const double n : widths) {
      const auto width = static_cast<std::int64_t>(n);
      const std::uint64_t other = own_draws ? seed + 5000 : seed;
      quotients.push_back(last_ratio(p, 0.0, width, seed) /
                          last_ratio(p, 0.5, width, other));
    }
    exponents.push_back(fit_log_log(widths, quotients).slope);
  }
  return exponents;
}
// [tautology]

void tautology(const Options& options, Claims& claims, Summary& summary) {
  std::printf("Exponent of ratio(net) / ratio(net x n^-1/2), last layer, 8 seeds:\n");
  std::printf("                    same draws            own draws\n");
  for (const Parametrisation& p : {abc::sp_gain1, abc::hidden_shrunk}) {
    const Statistics same = statistics(quotient_exponents(p, false, 10000 * options.seed));
    const Statistics own = statistics(quotient_exponents(p, true, 10000 * options.seed));
    std::printf("  %-14s  %.4f ± %.0e      %.3f ± %.3f\n", p.name, same.mean, same.deviation,
                own.mean, own.deviation);
    const std::string name = p.name;
    claims.add("tautology_" + name, "exponent of the quotient, same draws, " + name, same.mean,
               equals(.5, 1e-12));
    claims.add("tautology_scatter_" + name, "its standard deviation over seeds", same.deviation,
               below(1e-12));
    summary.number("own_scatter_" + name, own.deviation, own.deviation);
  }
  std::printf("\n");
}

// --- 9. Figures ---

struct Curves {
  const char* label;
  Parametrisation p;
};

void draw_panel(Figure& panel, const Results& results, const Kind& kind, Quantity quantity,
                const std::vector<Curves>& shown) {
  for (const Curves& curves : shown) {
    const Curve curve = one_step_curve(results, curves.p, kind, quantity);
    panel.points(results.n(), curve.values(), curves.label);
    panel.dashed(results.n(), curve.predicted());
  }
}

void draw_ratios(const Results& results, const std::filesystem::path& out) {
  Panels panels("ratios");
  panels.title("In hidden layers Frobenius calls SP invariant, the spectral norm µP")
      .subtitle("‖ΔW‖ / ‖W‖ of one SGD step, one input; dashed: predicted, nothing fitted")
      .x_axis("width n", Scale::log2)
      .y_axis("‖ΔW‖ / ‖W‖", Scale::log10)
      .columns(3);
  for (const auto& [name, quantity] : std::vector<std::pair<std::string, Quantity>>{
           {"Frobenius", frobenius_ratio}, {"spectral", spectral_ratio}})
    for (const Kind& kind : {input, hidden, output})
      draw_panel(panels.panel(std::string(kind.name) + "\n" + name), results, kind, quantity,
                 {{"SP", abc::sp}, {"µP", abc::mup_table9}});
  panels.draw(out);
}

void draw_condition(const Results& results, const std::filesystem::path& out) {
  Panels panels("condition");
  panels.title("The spectral condition, layer by layer")
      .subtitle("rms gain of one step, √(fan_{in} / fan_{out}) ‖ΔW‖_2; "
                "dashed: predicted, nothing fitted")
      .x_axis("width n", Scale::log2)
      .y_axis("rms gain of ΔW", Scale::log10)
      .columns(3);
  for (const Kind& kind : {input, hidden, output})
    draw_panel(panels.panel(kind.name), results, kind, rms_gain_of_change,
               {{"SP", abc::sp}, {"NTK", abc::ntk}, {"µP", abc::mup_table9}, {"v2", abc::v2}});
  panels.draw(out);
}

std::string steps(std::int64_t t) { return std::to_string(t) + (t == 1 ? " step" : " steps"); }

void draw_ranks(const Results& results, const std::filesystem::path& out) {
  Values quarter;
  for (double n : results.n()) quarter.push_back(n / 4);
  Figure figure("stable_rank");
  figure.title("The weights have n directions, a step has a few")
      .subtitle("stable rank ‖·‖_F^2 / ‖·‖_2^2 in hidden layers, µP, batches of 64 images")
      .x_axis("width n", Scale::log2)
      .y_axis("stable rank", Scale::log2)
      .points(results.n(),
              one_step_curve(results, abc::mup_table9, hidden, stable_rank).values(),
              "W at the start")
      .dashed(results.n(), quarter, "n / 4");
  for (const std::int64_t t : {moments.back(), moments.front()}) {
    const Values ranks =
        training_curve(results, abc::mup_table9, stable_rank_of_change, t).values();
    figure.line(results.n(), ranks, "ΔW after " + steps(t)).points(results.n(), ranks);
  }
  figure.draw(out);
}

void draw_training(const Results& results, const std::filesystem::path& out) {
  Panels panels("training");
  panels.title("Along training it is the spectral norm, too")
      .subtitle("‖W_t − W_0‖ / ‖W_0‖ in hidden layers, Fashion-MNIST; "
                "dashed: the exponent of one step, through the last point")
      .x_axis("width n", Scale::log2)
      .y_axis("relative change", Scale::log10)
      .columns(3);
  struct Shown {
    const char* title;
    Parametrisation p;
    Quantity quantity;
    double exponent;
  };
  for (const Shown& shown :
       {Shown{"SP\nspectral, n^{1/2}", abc::sp, spectral_ratio, .5},
        Shown{"µP\nspectral, n^0", abc::mup_table9, spectral_ratio, 0},
        Shown{"µP\nFrobenius, n^{−1/2}", abc::mup_table9, frobenius_ratio, -.5}}) {
    Figure& figure = panels.panel(shown.title);
    const Values n = results.n();
    for (const std::int64_t t : moments) {
      const Values changes = training_curve(results, shown.p, shown.quantity, t).values();
      Values guide;
      for (const double width : n)
        guide.push_back(changes.back() * std::pow(width / n.back(), shown.exponent));
      figure.line(n, changes, steps(t)).points(n, changes).dashed(n, guide);
    }
  }
  panels.draw(out);
}

int main(int argc, char** argv) {
  const ChapterInfo info{.name = "ch08_invariants",
                         .question = "What is invariant? Frobenius against spectral",
                         .quick_time = "20 s",
                         .full_time = "3 min",
                         .sweeps = true,
                         .defaults = {.dtype = DType::f64}};
  return run_chapter(argc, argv, info, [](const Options& options) {
    Claims claims;
    Summary summary(options);
    by_hand(claims);
    const Images images = fashion(options.dtype);
    std::vector<std::int64_t> widths = {64, 128, 256, 512};
    if (options.full) widths.insert(widths.end(), {1024, 2048});
    const Results results(widths, measure(widths, images, options));
    claims_of_one_step(results, claims, summary);
    claims_of_agreement(results, claims);
    rank_against_batch(images, options, claims, summary);
    claims_of_training(results, claims, summary);
    tautology(options, claims, summary);
    draw_ratios(results, options.out);
    draw_condition(results, options.out);
    draw_ranks(results, options.out);
    draw_training(results, options.out);
    summary.save(claims);
    return claims.report(options.check);
  });
}
