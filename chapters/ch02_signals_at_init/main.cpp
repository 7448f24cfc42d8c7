// Chapter 2. Signals at initialisation: what do width and depth do before training?
//
// R_l = |z_l|^2 / |z_0|^2 by n normals per layer; its spread over networks against depth / width;
// the same in whole networks; the angle between two inputs; and N(0, 1/fan_in) called He.

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <string>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/support/claims.h"
#include "chapters/support/options.h"
#include "chapters/support/panels.h"
#include "chapters/support/plot.h"
#include "chapters/support/progress.h"
#include "chapters/support/results.h"
#include "nn/instruments/fits.h"
#include "nn/models.h"
#include "nn/instruments/signal_theory.h"
#include "nn/instruments/statistics.h"

using namespace gradus;

using Values = std::vector<double>;

constexpr int depth = 32;  // hidden layers of the whole networks

// --- 1. The length of a signal, one layer after the other ---

// [layer]
// R_l = |z_l|^2 / |z_0|^2 for l = 0, ..., layers, each in `draws` networks
// of width n. Given z_{l-1} the entries of h_l are n independent normals,
// so no weight matrix is drawn.
std::vector<Values> draw_R(const Options& options, std::int64_t draws,
                           std::int64_t n, int layers) {
  Tensor R = ones({draws}, options.dtype, options.device);
  std::vector<Values> result = {R.to_vector()};
  for (int l = 1; l <= layers; ++l) {
    const auto stream = static_cast<std::uint64_t>(1000 * n + l);
    const Tensor g = random_normal({draws, n}, {options.seed, stream}, 1.0,
                                   options.dtype, options.device);
    R = R * mean(2.0 * square(relu(g)), {1});
    result.push_back(R.to_vector());
  }
  return result;
}
// [layer]

double mean_square(const Values& values) {
  double total = 0;
  for (double value : values) total += value * value;
  return total / static_cast<double>(values.size());
}

Values logs(Values values) {
  for (double& value : values) value = std::log(value);
  return values;
}

double log_variance(const Values& R) {
  const double deviation = statistics(logs(R)).deviation;
  return deviation * deviation;
}

// The factor that lies between the values of two networks: its median over pairs.
double factor_between_two(const Values& R) {
  Values factors;
  for (std::size_t i = 0; i + 1 < R.size(); i += 2)
    factors.push_back(std::max(R[i], R[i + 1]) / std::min(R[i], R[i + 1]));
  return median(factors);
}

// Width 2, where both units of a layer are silent with probability 1/4, and then all layers after.
void two_units(const Options& options, Claims& claims, Summary& summary) {
  const std::int64_t draws = options.full ? 500000 : 50000;
  const std::vector<Values> R = draw_R(options, draws, 2, 10);
  const auto alive = [](const Values& values) {
    const auto silent = std::count(values.begin(), values.end(), 0.0);
    return 1 - static_cast<double>(silent) / static_cast<double>(values.size());
  };
  std::printf("Two units, %lld networks, and in brackets what the text derives:\n",
              static_cast<long long>(draws));
  std::printf("  layer    mean R      mean R^2            alive\n");
  for (const std::size_t l : {1u, 2u, 10u}) {
    const auto layers = static_cast<double>(l);
    std::printf("  %5zu    %.3f (1)   %8.2f (%6g)   %.3f (%.3f)\n", l, statistics(R[l]).mean,
                mean_square(R[l]), relu_norm_second_moment(2, layers), alive(R[l]),
                std::pow(0.75, layers));
  }
  std::printf("\n");
  claims.add("alive", "width 2, layer 10: networks that are not silent", alive(R[10]),
             equals(std::pow(0.75, 10), 0.005));
  summary.number("two_mean", statistics(R[10]).mean, 10);
  summary.number("two_second_moment", mean_square(R[10]), 1e6);
}

// The moments of R_8 at width 64. Returns R_8 of each network.
Values moments(const Options& options, Claims& claims, Summary& summary) {
  const std::int64_t draws = options.full ? 500000 : 50000;
  const double n = 64, l = 8;
  const Values R = draw_R(options, draws, 64, 8)[8];
  const Statistics of_R = statistics(R);
  const double derived = relu_norm_second_moment(n, l);
  std::printf("Width 64, layer 8, %lld networks, n normals per layer:\n",
              static_cast<long long>(draws));
  std::printf("  mean of R        %.4f   derived 1\n", of_R.mean);
  std::printf("  mean of R^2      %.4f   derived (1 + 5/64)^8 = %.4f\n", mean_square(R), derived);
  std::printf("  median of R      %.4f   log-normal exp(-5 l / 2n) = %.4f\n", of_R.median,
              std::exp(-2.5 * l / n));
  std::printf("  variance of ln R %.4f   5 l / n = %.4f\n", log_variance(R), 5 * l / n);
  std::printf("  smallest R       %.4f   largest %.1f\n\n", of_R.smallest, of_R.largest);
  claims.add("mean_R", "mean of R, width 64, layer 8", of_R.mean, equals(1, 0.02));
  claims.add("second_moment", "mean of R^2 over (1 + 5/64)^8", mean_square(R) / derived,
             equals(1, 0.05));
  claims.add("log_variance", "variance of ln R over 5 l / n; to second order 1 + 3.7/64",
             log_variance(R) / (5 * l / n), equals(1 + 3.7 / n, 0.03));
  summary.number("smallest_R", of_R.smallest, 0.03);
  summary.number("largest_R", of_R.largest, 40);
  return R;
}

// --- 2. Depth / width ---

// A histogram: a density over the intervals between the edges.
struct Density {
  Values edges, middles, heights;
};

Density density(const Values& values, double low, double high, double width) {
  Density result;
  for (double start = low; start < high; start += width) {
    result.edges.push_back(start);
    result.middles.push_back(start + width / 2);
    result.heights.push_back(0);
  }
  result.edges.push_back(high);
  for (double value : values)
    if (low <= value && value < high)
      result.heights[static_cast<std::size_t>((value - low) / width)] +=
          1 / (width * static_cast<double>(values.size()));
  return result;
}

Values grid(double low, double high) {
  Values result;
  for (double x = low; x <= high; x += 0.05) result.push_back(x);
  return result;
}

template <class Function>
Values values_of(const Function& f, Values xs) {
  for (double& x : xs) x = f(x);
  return xs;
}

double normal_density(double x, double mean, double variance) {
  return std::exp(-(x - mean) * (x - mean) / (2 * variance)) /
         std::sqrt(2 * std::numbers::pi * variance);
}

// The density of an entry of h_l over networks: normal with variance 2 R_{l-1} in each, with ln R
// itself from N(-v/2, v), v = 5 (l-1) / n.
double mixture_density(double h, double v) {
  double total = 0;
  for (double u = -5; u <= 5; u += 0.05)
    total += 0.05 * normal_density(u, 0, 1) *
             normal_density(h, 0, 2 * std::exp(-v / 2 + std::sqrt(v) * u));
  return total;
}

// Three widths, each at three values of l / n.
void spread_of_lengths(const Options& options, Claims& claims) {
  const std::int64_t draws = options.full ? 60000 : 6000;
  const std::vector<int> widths = {32, 64, 128}, parts = {32, 8, 2};  // l / n = 1 / part
  std::vector<std::vector<Values>> R;
  {
    Progress progress("lengths at widths 32, 64, 128", 3);
    for (const int n : widths) {
      R.push_back(draw_R(options, draws, n, n / 2));
      progress.step();
    }
  }

  Csv csv({"width", "layer", "mean_ln_R", "variance_ln_R"});
  Panels panels("spread");
  panels.title("Depth over width rules the spread")
      .subtitle("density of ln R over " + std::to_string(draws) +
                " networks; dashed: normal with variance 5 l / n")
      .x_axis("ln R")
      .y_axis("density")
      .x_range(-6, 4);
  std::printf("Variance of ln R, %lld networks each; in brackets over 5 l / n:\n",
              static_cast<long long>(draws));
  std::printf("  l / n   5 l / n   n = 32           n = 64           n = 128\n");
  double worst = 0;
  for (const int part : parts) {
    Figure& panel = panels.panel("l / n = 1/" + std::to_string(part));
    std::printf("  1/%-5d %.4f ", part, 5.0 / part);
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const int n = widths[i], l = n / part;
      const Values ln_R = logs(R[i][static_cast<std::size_t>(l)]);
      const double variance = log_variance(R[i][static_cast<std::size_t>(l)]);
      const double first_order = 5.0 * l / n, second_order = first_order * (1 + 3.7 / n);
      worst = std::max(worst, std::abs(variance / second_order - 1));
      std::printf("   %.4f (%.3f)", variance, variance / first_order);
      csv.row({n, l, statistics(ln_R).mean, variance});
      const Density measured = density(ln_R, -6, 4, 0.25);
      panel.points(measured.middles, measured.heights, "n = " + std::to_string(n));
    }
    std::printf("\n");
    const Values x = grid(-6, 4);
    const auto log_normal = [&](double at) { return normal_density(at, -2.5 / part, 5.0 / part); };
    panel.dashed(x, values_of(log_normal, x), "derived");
  }
  std::printf("\n");
  csv.save(options.out / "spread.csv");
  panels.draw(options.out);
  claims.add("spread", "variance of ln R: worst distance from (5 l / n)(1 + 3.7 / n)", worst,
             below(0.1));
}

// Layer 8 at six widths.
void widths_at_one_depth(const Options& options, Claims& claims, Summary& summary) {
  const std::int64_t normals = options.full ? 5000000 : 500000;  // per layer and width
  const std::vector<std::int64_t> widths = {32, 64, 128, 256, 512, 1024};
  std::vector<Values> R;
  {
    Progress progress("lengths at layer 8, six widths", 6);
    for (const std::int64_t n : widths) {
      R.push_back(draw_R(options, normals / n, n, 8)[8]);
      progress.step();
    }
  }

  Csv csv({"width", "networks", "mean_R", "median_rms", "factor_between_two"});
  Values at, means;
  std::printf("Layer 8 at six widths, and in brackets what the log-normal law says:\n");
  std::printf("  width   mean R   median of sqrt R   factor between two networks\n");
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const auto n = static_cast<double>(widths[i]);
    const double mean_R = statistics(R[i]).mean, median_rms = std::sqrt(median(R[i]));
    const double factor = factor_between_two(R[i]), v = 5 * 8 / n;
    // Two independent logarithms differ by N(0, 2 v), whose median size is 0.6745 sqrt(2 v).
    std::printf("  %5g   %.3f    %.3f (%.3f)      %.2f (%.2f)\n", n, mean_R, median_rms,
                std::exp(-v / 4), factor, std::exp(0.6745 * std::sqrt(2 * v)));
    csv.row({widths[i], R[i].size(), mean_R, median_rms, factor});
    at.push_back(n);
    means.push_back(mean_R);
    summary.number("median_rms_" + std::to_string(widths[i]), median_rms, 0.03);
    summary.number("factor_" + std::to_string(widths[i]), factor, 0.2);
  }
  std::printf("\n");
  csv.save(options.out / "widths.csv");
  claims.add("width_slope", "exponent of mean R in the width, layer 8",
             fit_log_log(at, means).slope, equals(0, 0.02));
}

// --- 3. Whole networks ---

// Two inputs of mean square 1 at a right angle: 1, 1, 1, 1, ... and 1, -1, 1, -1, ...
Tensor right_angle(std::int64_t n, const Options& options) {
  Values entries(static_cast<std::size_t>(2 * n), 1.0);
  for (std::size_t i = static_cast<std::size_t>(n) + 1; i < entries.size(); i += 2) entries[i] = -1;
  return from_host(entries, {2, n}, options.dtype, options.device);
}

// What one network makes of these inputs. Entry l belongs to layer l; the input is layer 0.
struct Signals {
  Values q;               // |z_l|^2 / n of the first input
  Values correlation;     // cosine of the angle between the two z_l
  std::vector<Values> h;  // the entries of h_l of the first input
};

// [net]
Signals signals(const Options& options, std::int64_t n, double variance,
                std::uint64_t seed) {
  const Model model = fcn({.in = n, .width = n, .depth = depth + 1,
                           .out = 1, .hidden_variance = variance});
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

// `networks` of one kind; no two kinds share a seed.
std::vector<Signals> ensemble(const Options& options, int networks, std::int64_t n,
                              double variance, std::uint64_t kind) {
  const std::uint64_t first = 1000000 * options.seed + 10000 * kind;
  Progress progress(std::to_string(networks) + " networks of width " + std::to_string(n),
                    networks);
  std::vector<Signals> result;
  for (int i = 0; i < networks; ++i) {
    result.push_back(signals(options, n, variance, first + static_cast<std::uint64_t>(i)));
    progress.step();
  }
  return result;
}

// One number of each network.
template <class Pick>
Values each(const std::vector<Signals>& networks, const Pick& pick) {
  Values result;
  for (const Signals& network : networks) result.push_back(pick(network));
  return result;
}

// The largest distance between two empirical distribution functions (Kolmogorov and Smirnov).
double distribution_distance(Values a, Values b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto not_above = std::upper_bound(b.begin(), b.end(), a[i]) - b.begin();
    const double fraction = static_cast<double>(not_above) / static_cast<double>(b.size());
    const double below_a = static_cast<double>(i), count = static_cast<double>(a.size());
    largest = std::max({largest, std::abs(fraction - below_a / count),
                        std::abs(fraction - (below_a + 1) / count)});
  }
  return largest;
}

// The entries of h_l over all networks of one width, with their derived density.
void draw_histograms(Panels& panels, const std::vector<Signals>& networks, int n) {
  for (const std::size_t l : {1u, 8u, 32u}) {
    Values h;
    for (const Signals& network : networks)
      h.insert(h.end(), network.h[l].begin(), network.h[l].end());
    const Density measured = density(h, -6, 6, 0.25);
    const Values x = grid(-6, 6);
    const double v = 5 * static_cast<double>(l - 1) / n;
    panels.panel("width " + std::to_string(n) + ", layer " + std::to_string(l))
        .steps(measured.edges, measured.heights, "measured")
        .line(x, values_of([](double at) { return normal_density(at, 0, 2); }, x), "N(0, 2)")
        .dashed(x, values_of([v](double at) { return mixture_density(at, v); }, x), "derived");
  }
}

// --- 4. The angle between two inputs ---

double degrees(double correlation) {  // which rounding may have put above 1
  return std::acos(std::min(correlation, 1.0)) * 180 / std::numbers::pi;
}

void forget_direction(const std::vector<Signals>& narrow, const std::vector<Signals>& wide,
                      const Options& options, Claims& claims, Summary& summary) {
  // [map]
  Values correlation = {0};  // the two inputs stand at a right angle
  for (int l = 1; l <= 1000; ++l)
    correlation.push_back(relu_correlation_map(correlation.back()));
  // [map]
  Csv csv({"layer", "derived", "width64", "width64_deviation", "width256", "width256_deviation"});
  Values layers, derived, law_at, law, means64, means256, low, high;
  std::printf("Angle between two signals, degrees, mean +- standard deviation over networks:\n");
  std::printf("  layer   correlation   angle   540/l    width 64       width 256\n");
  for (std::size_t l = 0; l <= depth; ++l) {
    const auto angle = [l](const Signals& s) { return degrees(s.correlation[l]); };
    const Statistics at64 = statistics(each(narrow, angle)), at256 = statistics(each(wide, angle));
    const double layer = static_cast<double>(l);
    csv.row({l, degrees(correlation[l]), at64.mean, at64.deviation, at256.mean, at256.deviation});
    layers.push_back(layer);
    derived.push_back(degrees(correlation[l]));
    means64.push_back(at64.mean);
    means256.push_back(at256.mean);
    low.push_back(at256.mean - at256.deviation);
    high.push_back(at256.mean + at256.deviation);
    if (l >= 6) {
      law_at.push_back(layer);
      law.push_back(540 / layer);
    }
    if (std::has_single_bit(l))
      std::printf("  %5zu   %.5f       %5.2f  %6.2f   %5.2f +- %.2f   %5.2f +- %.2f\n", l,
                  correlation[l], derived[l], 540 / layer, at64.mean, at64.deviation, at256.mean,
                  at256.deviation);
  }
  std::printf("\n");
  csv.save(options.out / "angles.csv");
  Figure("angle")
      .title("Depth forgets the direction of the input")
      .subtitle("angle between the signals of two inputs, mean over " +
                std::to_string(narrow.size()) + " and " + std::to_string(wide.size()) +
                " networks; pale: ± one deviation")
      .x_axis("layer l")
      .y_axis("angle (degrees)")
      .y_range(0, 95)
      .points(layers, means64, "n = 64")
      .points(layers, means256, "n = 256")
      .band(layers, low, high)
      .dashed(layers, derived, "derived")
      .dashed(law_at, law, "540° / l")
      .draw(options.out);

  for (const auto* networks : {&narrow, &wide}) {
    const auto angle = [](const Signals& s) { return degrees(s.correlation[depth]); };
    const Statistics of_angle = statistics(each(*networks, angle));
    const double count = static_cast<double>(networks->size());
    const std::string name = networks == &narrow ? "angle_64" : "angle_256";
    summary.number(name, of_angle.mean, 3);
    summary.number(name + "_error", of_angle.deviation / std::sqrt(count), 0.5);
    summary.number(name + "_deviation", of_angle.deviation, 3);
  }
  const auto at_8 = [](const Signals& s) { return s.correlation[8]; };
  const auto inverse_angle = [&](std::size_t l) { return 1 / std::acos(correlation[l]); };
  const auto small = [](double angle) { return angle < 15; };
  const auto below_15 = std::find_if(derived.begin(), derived.end(), small);
  claims.add("correlation_8", "correlation at layer 8, derived map", correlation[8],
             equals(0.83442, 5e-6));
  claims.add("correlation_8_networks", "correlation at layer 8, networks of width 256",
             statistics(each(wide, at_8)).mean, equals(correlation[8], 0.03));
  claims.add("layers_to_15", "first layer with an angle below 15 degrees, derived map",
             static_cast<double>(below_15 - derived.begin()), equals(27));
  claims.add("angle_rate", "what layer 1000 adds to 1 / angle, times 3 pi",
             3 * std::numbers::pi * (inverse_angle(1000) - inverse_angle(999)), equals(1, 0.01));
}

// --- 5. The mistake: N(0, 1/fan_in) called He ---

void wrong_gain(const std::vector<Signals>& he, const std::vector<Signals>& not_he,
                const Options& options, Claims& claims, Summary& summary) {
  Csv csv({"variance", "network", "layer", "rms"});
  Figure figure("gain");
  figure.title("With variance 1 / n each layer loses a factor √2")
      .subtitle("rms of z_l in 16 networks of width 64 each; dashed: from the mean square")
      .x_axis("layer l")
      .y_axis("rms of z_l", Scale::log10);
  for (const int variance : {2, 1}) {
    const std::vector<Signals>& networks = variance == 2 ? he : not_he;
    Values layers, derived;
    for (std::size_t l = 0; l <= depth; ++l) {
      layers.push_back(static_cast<double>(l));
      derived.push_back(std::pow(variance / 2.0, layers[l] / 2));
    }
    for (std::size_t i = 0; i < 16; ++i) {
      Values rms;
      for (std::size_t l = 0; l <= depth; ++l) {
        rms.push_back(std::sqrt(networks[i].q[l]));
        csv.row({variance, i, l, rms[l]});
      }
      figure.line(layers, rms, i > 0 ? "" : "variance " + std::to_string(variance) + " / n");
    }
    figure.dashed(layers, derived, variance == 2 ? "derived: 1" : "derived: 2^{−l/2}");
  }
  csv.save(options.out / "gain.csv");
  figure.draw(options.out);

  const auto per_layer = [](const std::vector<Signals>& networks) {
    const double q = statistics(each(networks, [](const Signals& s) { return s.q[8]; })).mean;
    return std::pow(q, 1.0 / 16);  // eight layers, and a square root
  };
  const auto rms_32 = [](const Signals& s) { return std::sqrt(s.q[depth]); };
  claims.add("gain_he", "rms per layer over 8 layers, variance 2 / fan_in", per_layer(he),
             equals(1, 0.02));
  claims.add("gain_not_he", "rms per layer over 8 layers, variance 1 / fan_in", per_layer(not_he),
             equals(std::sqrt(0.5), 0.02));
  summary.number("rms_32_not_he", median(each(not_he, rms_32)), 1e-5);
  summary.number("rms_32_he", median(each(he, rms_32)), 0.2);
}

int chapter(const Options& options) {
  const NoGrad values_only;
  Claims claims;
  Summary summary(options);
  two_units(options, claims, summary);
  const Values R = moments(options, claims, summary);
  spread_of_lengths(options, claims);
  widths_at_one_depth(options, claims, summary);

  const int count = options.full ? 2000 : 200;
  // [ensembles]
  // networks, width, variance times fan_in, kind
  const auto narrow = ensemble(options, count, 64, 2, 1);
  const auto wide = ensemble(options, count / 5, 256, 2, 2);
  const auto not_he = ensemble(options, count / 2, 64, 1, 3);
  // [ensembles]
  const auto R_8 = [](const Signals& s) { return s.q[8] / s.q[0]; };
  // A distance above 1.95 / sqrt(networks) has a probability of 0.1%.
  claims.add("networks", "whole networks against n normals per layer: distance of distributions",
             distribution_distance(each(narrow, R_8), R), below(1.95 / std::sqrt(count)));
  Panels panels("histograms");
  panels.title("Over many networks pre-activations are not normal")
      .subtitle("density of the entries of h_l, one input, " + std::to_string(narrow.size()) +
                " and " + std::to_string(wide.size()) + " networks")
      .x_axis("h_l")
      .y_axis("density", Scale::log10)
      .x_range(-6, 6)
      .y_range(1e-3, 1)
      .columns(3);
  draw_histograms(panels, narrow, 64);
  draw_histograms(panels, wide, 256);
  panels.draw(options.out);
  forget_direction(narrow, wide, options, claims, summary);
  wrong_gain(narrow, not_he, options, claims, summary);

  summary.save(claims);
  return claims.report(options.check);
}

int main(int argc, char** argv) {
  const ChapterInfo info{
      .name = "ch02_signals_at_init",
      .question = "Signals at initialisation: what do width and depth do before training?",
      .quick_time = "15 s",
      .full_time = "2 min",
      .defaults = {.dtype = DType::f64}};
  return run_chapter(argc, argv, info, chapter);
}
