#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "chapters/ch07_coordinate_check/report.h"
#include "chapters/support/plotting/panels.h"
#include "chapters/support/plotting/plot.h"

namespace gradus {
namespace {

const std::vector<std::pair<const char*, const char*>> layer_labels = {
    {"layer1", "h_1"}, {"layer2", "h_2"}, {"output", "f"}};

// A curve with its spread and, dashed, the derived slope through its first
// point.
void draw_curve(Figure& figure, const Curve& curve, const char* label,
                double derived) {
  Values line;
  for (const double n : curve.widths)
    line.push_back(curve.medians[0] * std::pow(n / curve.widths[0], derived));
  figure.line(curve.widths, curve.medians, label)
      .band(curve.widths, curve.smallest, curve.largest);
  if (std::isfinite(derived)) figure.dashed(curve.widths, line);
}

void draw_coordinates(const Slopes& slopes,
                      const std::filesystem::path& out) {
  Panels panels("coordinates");
  panels
      .title(
          "Under SP a layer moves by a power of the width, under µP by none")
      .subtitle(
          "rms of what training changed; median, smallest to largest; "
          "dashed: derived slopes")
      .x_axis("width n", Scale::log2)
      .y_axis("change", Scale::log10)
      .columns(2);
  const double sp_sgd[] = {-0.5, 0.5, 1}, sp_adam[] = {0, 1, 1.5};
  for (const bool adam : {false, true}) {
    const std::string with = adam ? "Adam" : "SGD";
    Figure& standard = panels.panel("SP, " + with + "\nafter 1 step");
    for (std::size_t l = 0; l < 3; ++l)
      draw_curve(standard, slopes("sp", adam, layer_labels[l].first, 1),
                 layer_labels[l].second, (adam ? sp_adam : sp_sgd)[l]);
    Figure& maximal = panels.panel("µP, " + with + "\nafter 20 steps");
    for (const auto& [layer, label] : layer_labels)
      draw_curve(maximal, slopes("mup", adam, layer, 20), label, 0);
  }
  panels.draw(out);
}

void draw_bugs(const Slopes& slopes, const std::filesystem::path& out) {
  struct Bug {
    const char *title, *variant;
    bool adam;
    std::int64_t t;
    const char* layer;  // whose curve betrays it
    double derived;     // its slope
  };
  const Bug bugs[] = {
      {"Hidden rate not scaled\nAdam, 3 steps", "bug_rate", true, 3, "layer2",
       1},
      {"Output not scaled\nSGD, 1 step", "bug_output", false, 1, "output", 1},
      {"Biases scaled as weights\nSGD, 20 steps", "bug_biases", false, 20,
       "bias1", -1},
      {"NTK for µP\nSGD, 20 steps", "ntk", false, 20, "layer2", -0.5}};
  Panels panels("bugs");
  panels.title("Each mistake has a curve that gives it away")
      .subtitle(
          "rms of what training changed; dashed: derived slope of the curve "
          "to look at")
      .x_axis("width n", Scale::log2)
      .y_axis("change", Scale::log10)
      .columns(2);
  auto labels = layer_labels;
  labels.emplace_back("bias1", "b_1");
  for (const Bug& bug : bugs) {
    Figure& figure = panels.panel(bug.title);
    for (const auto& [layer, label] : labels)
      draw_curve(figure, slopes(bug.variant, bug.adam, layer, bug.t), label,
                 std::string(layer) == bug.layer ? bug.derived : NAN);
  }
  panels.draw(out);
}

void draw_sizes(const Slopes& slopes, const std::filesystem::path& out) {
  Panels panels("sizes");
  panels.title("One mistake, looked at twice")
      .subtitle(
          "second layer after 2 steps of Adam, η = 0.001; medians, smallest "
          "to largest")
      .x_axis("width n", Scale::log2)
      .columns(2);
  Figure& size = panels.panel("Size\nrms of h_2");
  size.y_axis("size", Scale::log10).y_range(0.5, 5);
  Figure& change = panels.panel("Change\nrms of h_2 - h_2(0)");
  change.y_axis("change", Scale::log10).y_range(0.005, 1);
  for (const auto& [variant, label] :
       {std::pair{"bug_rate", "hidden rate not scaled"},
        std::pair{"mup", "µP"}}) {
    draw_curve(size, slopes(variant, true, "layer2", 2, "rms"), label, NAN);
    draw_curve(change, slopes(variant, true, "layer2", 2), label, NAN);
  }
  panels.draw(out);
}

}  // namespace

void draw_figures(const Slopes& slopes, const std::filesystem::path& out) {
  draw_coordinates(slopes, out);
  draw_bugs(slopes, out);
  draw_sizes(slopes, out);
}

}  // namespace gradus
