#include <cmath>
#include <numbers>
#include <string>

#include "chapters/ch02_signals_at_init/report.h"
#include "chapters/support/panels.h"
#include "chapters/support/plot.h"
#include "nn/instruments/statistics.h"

namespace gradus {
namespace {

// A histogram: a density over the intervals between the edges.
struct Density {
  Values edges, middles, heights;
};

Density density(const Table& bins) {
  Density result;
  for (std::size_t i = 0; i < bins.size(); ++i) {
    const double low = bins.number(i, "low"), high = bins.number(i, "high");
    result.edges.push_back(low);
    result.middles.push_back((low + high) / 2);
    result.heights.push_back(bins.number(i, "count") /
                             (bins.number(i, "of") * (high - low)));
  }
  result.edges.push_back(bins.number(bins.size() - 1, "high"));
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

// The density of an entry of h_l over networks: normal with variance
// 2 R_{l-1} in each, with ln R itself from N(-v/2, v), v = 5 (l-1) / n.
double mixture_density(double h, double v) {
  double total = 0;
  for (double u = -5; u <= 5; u += 0.05)
    total += 0.05 * normal_density(u, 0, 1) *
             normal_density(h, 0, 2 * std::exp(-v / 2 + std::sqrt(v) * u));
  return total;
}

}  // namespace

void draw_spread(const Table& spread, const Table& counts,
                 const std::filesystem::path& out) {
  Panels panels("spread");
  panels.title("Depth over width rules the spread")
      .subtitle("density of ln R over " + spread.text(0, "networks") +
                " networks; dashed: normal with variance 5 l / n")
      .x_axis("ln R")
      .y_axis("density")
      .x_range(-6, 4);
  for (const std::int64_t part : parts_of(spread)) {
    Figure& panel = panels.panel("l / n = 1/" + std::to_string(part));
    for (const double width : spread.distinct("width")) {
      const auto n = static_cast<std::int64_t>(width);
      const Density measured =
          density(counts.where("width", n).where("layer", n / part));
      panel.points(measured.middles, measured.heights,
                   "n = " + std::to_string(n));
    }
    const Values x = grid(-6, 4);
    const double v = 5.0 / static_cast<double>(part);
    const auto log_normal = [v](double at) {
      return normal_density(at, -v / 2, v);
    };
    panel.dashed(x, values_of(log_normal, x), "derived");
  }
  panels.draw(out);
}

void draw_histograms(const Table& counts, const Ensembles& ensembles,
                     const std::filesystem::path& out) {
  Panels panels("histograms");
  panels.title("Over many networks pre-activations are not normal")
      .subtitle("density of the entries of h_l, one input, " +
                std::to_string(ensembles.narrow.size()) + " and " +
                std::to_string(ensembles.wide.size()) + " networks")
      .x_axis("h_l")
      .y_axis("density", Scale::log10)
      .x_range(-6, 6)
      .y_range(1e-3, 1)
      .columns(3);
  const auto one = [](double at) { return normal_density(at, 0, 2); };
  for (const double n : counts.distinct("width"))
    for (const double l : counts.distinct("layer")) {
      const Density measured = density(counts.where("width", std::int64_t(n))
                                           .where("layer", std::int64_t(l)));
      const Values x = grid(-6, 6);
      const double v = 5 * (l - 1) / n;
      const auto mixture = [v](double at) { return mixture_density(at, v); };
      panels
          .panel("width " + format_number(n) + ", layer " + format_number(l))
          .steps(measured.edges, measured.heights, "measured")
          .line(x, values_of(one, x), "N(0, 2)")
          .dashed(x, values_of(mixture, x), "derived");
    }
  panels.draw(out);
}

void draw_angle(const Ensembles& ensembles,
                const std::filesystem::path& out) {
  const auto& [narrow, wide, not_he] = ensembles;
  const Values correlation = derived_correlations();
  Values layers, derived, law_at, law, of_narrow, of_wide, low, high;
  for (std::size_t l = 0; l <= narrow.depth(); ++l) {
    const Statistics at = statistics(wide.angles(l));
    layers.push_back(static_cast<double>(l));
    derived.push_back(degrees(correlation[l]));
    of_narrow.push_back(statistics(narrow.angles(l)).mean);
    of_wide.push_back(at.mean);
    low.push_back(at.mean - at.deviation);
    high.push_back(at.mean + at.deviation);
    if (l < 6) continue;
    law_at.push_back(layers[l]);
    law.push_back(540 / layers[l]);
  }
  Figure("angle")
      .title("Depth forgets the direction of the input")
      .subtitle("angle between the signals of two inputs, mean over " +
                std::to_string(narrow.size()) + " and " +
                std::to_string(wide.size()) +
                " networks; pale: ± one deviation")
      .x_axis("layer l")
      .y_axis("angle (degrees)")
      .y_range(0, 95)
      .points(layers, of_narrow, "n = 64")
      .points(layers, of_wide, "n = 256")
      .band(layers, low, high)
      .dashed(layers, derived, "derived")
      .dashed(law_at, law, "540° / l")
      .draw(out);
}

void draw_gain(const Ensembles& ensembles, const std::filesystem::path& out) {
  constexpr std::size_t shown = 16;
  Figure figure("gain");
  figure.title("With variance 1 / n each layer loses a factor √2")
      .subtitle(
          "rms of z_l in 16 networks of width 64 each; dashed: from the mean "
          "square")
      .x_axis("layer l")
      .y_axis("rms of z_l", Scale::log10);
  for (const Ensemble* networks : {&ensembles.narrow, &ensembles.not_he}) {
    Values layers, derived;
    std::vector<Values> rms(shown);
    for (std::size_t l = 0; l <= networks->depth(); ++l) {
      layers.push_back(static_cast<double>(l));
      derived.push_back(std::pow(networks->variance / 2.0, layers[l] / 2));
      const Values all = networks->rms(l);
      for (std::size_t i = 0; i < shown; ++i) rms[i].push_back(all.at(i));
    }
    const std::string variance = std::to_string(networks->variance);
    for (std::size_t i = 0; i < shown; ++i)
      figure.line(layers, rms[i],
                  i > 0 ? "" : "variance " + variance + " / n");
    figure.dashed(
        layers, derived,
        networks->variance == 2 ? "derived: 1" : "derived: 2^{−l/2}");
  }
  figure.draw(out);
}

}  // namespace gradus
