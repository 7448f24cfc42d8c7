#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "chapters/ch07_coordinate_check/report.h"
#include "chapters/support/plotting/heatmap.h"
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
  figure.line(curve.widths, curve.median, label)
      .band(curve.widths, curve.smallest, curve.largest);
  if (std::isfinite(derived))
    figure.dashed(curve.widths, [&](double n) {
      return curve.median[0] * std::pow(n / curve.widths[0], derived);
    });
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

// All slopes; outlined what is further from 0 than the check allows.
void draw_verdicts(const Slopes& slopes, const std::filesystem::path& out) {
  struct Column {
    const char *label, *layer;
    std::int64_t t;
    const char* quantity;
  };
  const std::vector<Column> columns = {{"Δf, 1", "output", 1, "delta"},
                                       {"Δh_1, 20", "layer1", 20, "delta"},
                                       {"Δh_2, 20", "layer2", 20, "delta"},
                                       {"Δb_1, 20", "bias1", 20, "delta"},
                                       {"size h_2, 2", "layer2", 2, "rms"}};
  const std::vector<std::pair<const char*, const char*>> rows = {
      {"bug_biases", "bug: biases"},
      {"bug_output", "bug: output"},
      {"bug_rate", "bug: hidden rate"},
      {"mup_random", "µP, random W_3"},
      {"mup", "µP"},
      {"ntk", "NTK"},
      {"sp", "SP"}};
  std::vector<std::string> names, labels;
  for (const auto& row : rows) names.push_back(row.second);
  for (const Column& column : columns) labels.push_back(column.label);
  Heatmaps maps("verdicts");
  maps.title("Which curve gives which mistake away")
      .subtitle(
          "slope of the rms against the width, after so many steps; "
          "outlined: "
          "further than 0.15 from 0")
      .x_axis("what is measured, and after how many steps", labels)
      .y_axis("", names)
      .color_range(-1, 1)
      .format("%.2f")
      .columns(1);
  for (const bool adam : {false, true}) {
    Heatmaps::Rows values;
    for (const auto& row : rows) {
      values.emplace_back();
      for (const Column& c : columns)
        values.back().push_back(
            slopes(row.first, adam, c.layer, c.t, c.quantity).slope.value);
    }
    maps.panel(adam ? "Adam" : "SGD", values);
    for (std::size_t i = 0; i < rows.size(); ++i)
      for (std::size_t j = 0; j < columns.size(); ++j)
        if (std::abs(values[i][j]) > 0.15) maps.mark(i, j);
  }
  maps.draw(out);
}

}  // namespace

void draw_figures(const Slopes& slopes, const std::filesystem::path& out) {
  draw_coordinates(slopes, out);
  draw_bugs(slopes, out);
  draw_sizes(slopes, out);
  draw_verdicts(slopes, out);
}

}  // namespace gradus
