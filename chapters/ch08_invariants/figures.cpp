#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "chapters/ch08_invariants/report.h"
#include "chapters/support/plotting/panels.h"
#include "chapters/support/plotting/plot.h"

namespace gradus {
namespace {

struct Curves {
  const char* label;
  Parametrisation p;
};

void draw_panel(Figure& panel, const Results& results, const Kind& kind,
                Quantity quantity, const std::vector<Curves>& shown) {
  for (const Curves& curves : shown) {
    const Curve curve = one_step_curve(results, curves.p, kind, quantity);
    panel.points(results.n, curve.values, curves.label);
    panel.dashed(results.n, curve.predicted);
  }
}

void draw_ratios(const Results& results, const std::filesystem::path& out) {
  Panels panels("ratios");
  panels
      .title(
          "In hidden layers Frobenius calls SP invariant, the spectral norm "
          "µP")
      .subtitle(
          "‖ΔW‖ / ‖W‖ of one SGD step, one input; dashed: predicted, nothing "
          "fitted")
      .x_axis("width n", Scale::log2)
      .y_axis("‖ΔW‖ / ‖W‖", Scale::log10)
      .columns(3);
  for (const auto& [name, quantity] :
       std::vector<std::pair<std::string, Quantity>>{
           {"Frobenius", frobenius_ratio}, {"spectral", spectral_ratio}})
    for (const Kind& kind : {input, hidden, output})
      draw_panel(panels.panel(std::string(kind.name) + "\n" + name), results,
                 kind, quantity, {{"SP", abc::sp}, {"µP", abc::mup_table9}});
  panels.draw(out);
}

void draw_condition(const Results& results,
                    const std::filesystem::path& out) {
  Panels panels("condition");
  panels.title("The spectral condition, layer by layer")
      .subtitle(
          "rms gain of one step, √(fan_{in} / fan_{out}) ‖ΔW‖_2; "
          "dashed: predicted, nothing fitted")
      .x_axis("width n", Scale::log2)
      .y_axis("rms gain of ΔW", Scale::log10)
      .columns(3);
  for (const Kind& kind : {input, hidden, output})
    draw_panel(panels.panel(kind.name), results, kind, rms_gain_of_change,
               {{"SP", abc::sp},
                {"NTK", abc::ntk},
                {"µP", abc::mup_table9},
                {"v2", abc::v2}});
  panels.draw(out);
}

std::string steps(std::int64_t t) {
  return std::to_string(t) + (t == 1 ? " step" : " steps");
}

void draw_ranks(const Results& results, const std::filesystem::path& out) {
  Figure figure("stable_rank");
  figure.title("The weights have n directions, a step has a few")
      .subtitle(
          "stable rank ‖·‖_F^2 / ‖·‖_2^2 in hidden layers, µP, batches of 64 "
          "images")
      .x_axis("width n", Scale::log2)
      .y_axis("stable rank", Scale::log2)
      .points(results.n,
              one_step_curve(results, abc::mup_table9, hidden, stable_rank)
                  .values,
              "W at the start")
      .dashed(
          results.n, [](double n) { return n / 4; }, "n / 4");
  for (const std::int64_t t : {moments.back(), moments.front()}) {
    const std::vector<double> ranks =
        training_curve(results, abc::mup_table9, stable_rank_of_change, t)
            .values;
    figure.line(results.n, ranks, "ΔW after " + steps(t))
        .points(results.n, ranks);
  }
  figure.draw(out);
}

void draw_training(const Results& results, const std::filesystem::path& out) {
  Panels panels("training");
  panels.title("Along training it is the spectral norm, too")
      .subtitle(
          "‖W_t − W_0‖ / ‖W_0‖ in hidden layers, Fashion-MNIST; "
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
        Shown{"µP\nFrobenius, n^{−1/2}", abc::mup_table9, frobenius_ratio,
              -.5}}) {
    Figure& figure = panels.panel(shown.title);
    const std::vector<double> n = results.n;
    for (const std::int64_t t : moments) {
      const std::vector<double> changes =
          training_curve(results, shown.p, shown.quantity, t).values;
      const auto guide = [&](double width) {
        return changes.back() * std::pow(width / n.back(), shown.exponent);
      };
      figure.line(n, changes, steps(t)).points(n, changes).dashed(n, guide);
    }
  }
  panels.draw(out);
}

}  // namespace

void draw_figures(const Results& results, const std::filesystem::path& out) {
  draw_ratios(results, out);
  draw_condition(results, out);
  draw_ranks(results, out);
  draw_training(results, out);
}

}  // namespace gradus
