#include <cmath>
#include <functional>
#include <string>
#include <utility>

#include "chapters/ch05_one_step/report.h"
#include "chapters/support/plotting/panels.h"
#include "chapters/support/plotting/plot.h"

namespace gradus {
namespace {

using Formula = std::function<double(double)>;

// Medians as points, the range over the seeds as a band, and what the text
// derives, dashed.
void show(Figure& figure, const Curve& curve, const std::string& label,
          const Formula& derived) {
  figure.points(curve.x, curve.median, label)
      .band(curve.x, curve.smallest, curve.largest)
      .dashed(curve.x, derived);
}

void draw_rise(const Results& results, const std::filesystem::path& out) {
  Figure rise("rise");
  rise.title(
          "A wide layer lifts the output in proportion; wide inputs hide it")
      .subtitle(
          "rise of f in one step, 2 layers, 32 seeds; dashed: n + d_{in} / "
          "2, nothing fitted")
      .x_axis("width n", Scale::log2)
      .y_axis("rise of f / η", Scale::log2);
  for (const int inputs : {784, 2})
    show(rise, step_curve(results.steps, inputs, 2, "delta output"),
         std::to_string(inputs) + " inputs",
         [=](double n) { return derived_rise(n, inputs); });
  rise.draw(out);
}

void draw_layers(const Results& results, const std::filesystem::path& out) {
  Figure layers("layers");
  layers.title("One step moves each layer by its own power of the width")
      .subtitle(
          "change per η, 3 layers, 2 inputs, 32 seeds; dashed: derived, "
          "nothing fitted")
      .x_axis("width n", Scale::log2)
      .y_axis("rms change / η", Scale::log10);
  const auto curve = [&](const char* layer) {
    return step_curve(results.steps, 2, 3, layer);
  };
  show(layers, curve("delta output"), "Δf\n(3n + 2) / 2",
       [](double n) { return (3 * n + 2) / 2; });
  show(layers, curve("delta layer2"), "Δh_2\n√(n / 2)",
       [](double n) { return std::sqrt(n / 2); });
  show(layers, curve("delta layer1"), "Δh_1\n√(2 / n)",
       [](double n) { return std::sqrt(2 / n); });
  layers.draw(out);
}

void draw_stable_width(const Results& results,
                       const std::filesystem::path& out) {
  Figure figure("stable_width");
  figure.title("The largest stable rate is 2 / λ_0")
      .subtitle(
          "full batch, 3 layers, 8 to 32 seeds; dashed: 2 / λ_0 of the "
          "kernel")
      .x_axis("width n", Scale::log2)
      .y_axis("largest stable rate", Scale::log2);
  for (const int inputs : {2, 784})
    show(figure,
         against("width",
                 results.curvature.where("inputs", inputs).where("depth", 3),
                 "rate"),
         inputs == 2 ? "spiral\n2 inputs" : "images\n784 inputs",
         [&](double n) { return 2 / results.examples(inputs).lambda(n, 3); });
  figure.draw(out);
}

void draw_depth(const Results& results, const std::filesystem::path& out) {
  Panels panels("depth");
  panels
      .title(
          "Depth bends the loss and lowers the rate, while D is far below n")
      .subtitle(
          "spiral, full batch, 8 to 32 seeds; dashed: from the kernel, "
          "nothing fitted")
      .x_axis("depth D", Scale::log2);
  Figure& bend = panels.panel("Curvature");
  bend.y_axis("λ_0", Scale::log2);
  Figure& stand = panels.panel("Stability");
  stand.y_axis("largest stable rate", Scale::log2);
  for (const std::int64_t width : {wide, narrow}) {
    const Table part =
        results.curvature.where("inputs", 2).where("width", width);
    const auto derived = [&](double depth) {
      return results.spiral.lambda(static_cast<double>(width),
                                   static_cast<std::int64_t>(depth));
    };
    const std::string label = "n = " + std::to_string(width);
    show(bend, against("depth", part, "lambda"), label, derived);
    show(stand, against("depth", part, "rate"), label,
         [&](double depth) { return 2 / derived(depth); });
  }
  panels.draw(out);
}

}  // namespace

void draw_figures(const Results& results, const std::filesystem::path& out) {
  draw_rise(results, out);
  draw_layers(results, out);
  draw_stable_width(results, out);
  draw_depth(results, out);
}

}  // namespace gradus
