#include <cmath>

#include "chapters/ch10_transfer_adam/report.h"
#include "chapters/support/plotting/panels.h"
#include "chapters/support/plotting/plot.h"

namespace gradus {
namespace {

// A curve for each width.
void draw_panel(Figure& panel, const Table& trained, const char* name) {
  for (double width : trained.distinct("width")) {
    const Curve curve = curve_of(trained, name, width);
    Values rates;
    for (double octave : curve.octaves) rates.push_back(std::exp2(octave));
    panel.line(rates, curve.medians,
               "n = " + std::to_string(std::lround(width)));
  }
}

}  // namespace

void draw_u_curves(const Table& trained, const std::filesystem::path& out) {
  Panels transfer("transfer"), eps("eps");
  for (Panels* panels : {&transfer, &eps})
    panels->x_axis("learning rate η", Scale::log2)
        .y_axis("loss", Scale::log10)
        .columns(2);
  const auto seeds = std::to_string(trained.distinct("seed").size());
  transfer.title("Under µP the best learning rate stays")
      .subtitle("Adam, eps = 0, 200 steps on Fashion-MNIST, median of " +
                seeds + " seeds");
  draw_panel(transfer.panel("SP"), trained, "sp");
  draw_panel(transfer.panel("µP"), trained, "mup");
  transfer.draw(out);
  eps.title("Unless eps stays as it is")
      .subtitle("the same training with eps = 0.01 at n = 64");
  draw_panel(eps.panel("µP, fixed eps\neps = 0.01 at every width"), trained,
             "fixed");
  draw_panel(eps.panel("µP, scaled eps\neps = 0.01 / m"), trained, "scaled");
  eps.draw(out);
}

void draw_layers(const Table& trained, const std::filesystem::path& out) {
  Panels panels("layers");
  panels.title("SP with rates per layer")
      .subtitle(
          "Adam, eps = 0, 200 steps on Fashion-MNIST, 196 inputs, median of "
          "4 "
          "seeds")
      .x_axis("learning rate η", Scale::log2)
      .y_axis("loss", Scale::log10)
      .columns(3);
  draw_panel(panels.panel("SP, one rate"), trained, "sp");
  draw_panel(panels.panel("SP, η / m in hidden\nlayers and output"), trained,
             "layers");
  draw_panel(panels.panel("µP"), trained, "mup");
  panels.draw(out);
}

void draw_kept(const Kept& kept, const std::filesystem::path& out) {
  Figure("kept")
      .title("A fixed eps eats the step")
      .subtitle(
          "share of the hidden layer's first step; dashed: from the "
          "gradients "
          "at n = 64")
      .x_axis("width n", Scale::log2)
      .y_axis("share of the step that is left", Scale::log2)
      .line(kept.widths, kept.scaled, "eps = 0.01 / m")
      .line(kept.widths, kept.fixed, "eps = 0.01")
      .dashed(kept.widths, kept.predicted)
      .draw(out);
}

}  // namespace gradus
