#include <cmath>

#include "chapters/ch11_depth/report.h"
#include "chapters/support/plotting/panels.h"
#include "chapters/support/plotting/plot.h"
#include "nn/instruments/statistics.h"

namespace gradus {

void draw_signals(const Table& signals, const std::filesystem::path& out) {
  Panels panels("signals");
  panels.title("With L^{−1/2} on the branches depth has a limit")
      .subtitle("n = 128, one input, " +
                std::to_string(signals.integer(0, "draws")) +
                " networks at each depth; dashed: derived")
      .x_axis("blocks L", Scale::log2)
      .columns(2);
  Figure& growth = panels.panel("growth\nroot of the mean of R");
  Figure& spread = panels.panel("fluctuation\nn Var ln R");
  growth.y_axis("|h_L| / |h_0|", Scale::log10).y_range(0.5, 1e3);
  spread.y_axis("n Var ln R", Scale::log10).y_range(0.05, 1e3);
  const Values Ls = signals.distinct("blocks");
  const double n = signals.number(0, "width");
  struct Kind {
    const char *branch, *label;
    double p;
  };
  for (const Kind& kind : {Kind{"plain", "plain", 0},
                           {"one", "β = 1", 0},
                           {"root", "β = L^{−1/2}", 0.5},
                           {"over_L", "β = 1/L", 1},
                           {"relu_last", "L^{−1/2}, ReLU last", 0.5}}) {
    const Table rows = signals.where("branch", kind.branch);
    const bool plain = kind.branch == std::string("plain");
    const bool relu_last = kind.branch == std::string("relu_last");
    Values measured, derived, variance, derived_variance;
    for (std::size_t i = 0; i < Ls.size(); ++i) {
      const double L = Ls[i], beta = std::pow(L, -kind.p);
      measured.push_back(std::sqrt(rows.number(i, "mean_R")));
      derived.push_back(plain       ? 1
                        : relu_last ? relu_last_growth(L, beta)
                                    : std::pow(1 + beta * beta, L / 2));
      variance.push_back(n * rows.number(i, "variance_ln_R"));
      derived_variance.push_back(plain ? 5 * L : n_var_ln_R(L, beta));
    }
    growth.line(Ls, measured, kind.label).dashed(Ls, derived);
    if (!relu_last)
      spread.line(Ls, variance, kind.label).dashed(Ls, derived_variance);
  }
  panels.draw(out);
}

namespace {

// A curve for each depth, as far as its median is finite.
void draw_curves(Figure& panel, const Table& trained, const char* net) {
  for (double L : depths(trained, net)) {
    const Curve curve = curve_of(trained, net, L);
    Values rates, losses;
    for (std::size_t i = 0; i < curve.octaves.size(); ++i)
      if (std::isfinite(curve.medians[i])) {
        rates.push_back(std::exp2(curve.octaves[i]));
        losses.push_back(curve.medians[i]);
      }
    if (!rates.empty())
      panel.line(rates, losses, "L = " + std::to_string(std::lround(L)));
  }
}

std::string seeds_of(const Table& trained) {
  return std::to_string(trained.distinct("seed").size());
}

}  // namespace

void draw_sgd(const Table& trained, const std::filesystem::path& out) {
  Panels panels("sgd");
  panels.title("One rate for every depth, if the branches carry L^{−1/2}")
      .subtitle("spiral, n = 64, 500 steps of SGD, median of " +
                seeds_of(trained) +
                " seeds; a curve ends where the next rate diverges")
      .x_axis("learning rate η", Scale::log2)
      .y_axis("loss", Scale::log10)
      .columns(3);
  draw_curves(panels.panel("plain\nSP"), trained, "plain");
  draw_curves(panels.panel("residual\nβ = 1"), trained, "one");
  draw_curves(panels.panel("depth-µP\nβ = L^{−1/2}"), trained, "depth_mup");
  panels.draw(out);
}

void draw_adam(const Table& trained, const std::filesystem::path& out) {
  Panels panels("adam");
  panels.title("Adam needs the factor in its rate as well")
      .subtitle(
          "Fashion-MNIST, 49 inputs, n = 64, 200 steps, eps = 0, median of " +
          seeds_of(trained) + " seeds")
      .x_axis("learning rate η", Scale::log2)
      .y_axis("loss", Scale::log10)
      .columns(2);
  draw_curves(panels.panel("β = L^{−1/2}\none rate"), trained, "root");
  draw_curves(panels.panel("depth-µP\nblocks at η (L/2)^{−1/2}"), trained,
              "depth_mup");
  panels.draw(out);
}

void draw_inside(const Table& trained, const std::filesystem::path& out) {
  Figure figure("inside");
  figure.title("Inside a block of two layers depth-µP learns less and less")
      .subtitle("200 steps of Adam at 2^{−7}, median of " +
                seeds_of(trained) + " seeds; dashed: L^{−1/2} and L^0")
      .x_axis("blocks L", Scale::log2)
      .y_axis("change of hV by its own weights", Scale::log2);
  for (const auto& [net, label, p] :
       {std::tuple{"two_complete_p", "CompleteP", 0.0},
        std::tuple{"two_depth_mup", "depth-µP", 0.5}}) {
    const Table rows =
        trained.where("net", net).where("lr", -7).where("quantity", "inner");
    const Values Ls = rows.distinct("blocks"),
                 inner = medians(rows, "blocks");
    Values derived;
    for (double L : Ls) derived.push_back(inner[0] * std::pow(L / Ls[0], -p));
    figure.line(Ls, inner, label).dashed(Ls, derived);
  }
  figure.draw(out);
}

}  // namespace gradus
