#include <cmath>

#include "chapters/ch03_one_backward_pass/report.h"
#include "chapters/support/plotting/heatmap.h"
#include "chapters/support/plotting/panels.h"
#include "chapters/support/plotting/plot.h"

namespace gradus {
namespace {

void draw_heatmaps(const Grid& grid, const std::filesystem::path& out) {
  Heatmaps maps("heatmaps");
  maps.title("SP moves its layers apart")
      .subtitle(
          "learning-rate factor × ‖df/dw‖ / ‖w‖ at initialisation; 1 is the "
          "prediction at width 64")
      .x_axis("width", category_names(grid.widths))
      .y_axis("depth", category_names(depths))
      .scale(Scale::log2)
      .format("%.2f")
      .columns(3);
  for (const auto& [p, name] :
       {std::pair{abc::sp, "SP, "}, {abc::mup_table3, "µP, "}})
    for (Role role : roles) {
      Heatmaps::Rows rows;
      for (std::int64_t depth : depths) {
        const Layers layers = layers_of(role, depth);
        std::vector<double>& row = rows.emplace_back();
        for (std::int64_t width : grid.widths)
          row.push_back(layers.none()
                            ? NAN
                            : lr_factor(p, layers, width, depth) *
                                  grid.measured(p, layers, width, depth) /
                                  grid.sp_ratio(role, base_width));
      }
      maps.panel(std::string(name) + to_string(role), rows);
    }
  maps.draw(out);
}

void draw_slopes(const Grid& grid, const std::filesystem::path& out) {
  Panels panels("slopes");
  panels.title("Flat in one layer says little about the others")
      .subtitle(
          "learning-rate factor × ‖df/dw‖ / ‖w‖, depth 4; dashed: predicted, "
          "no fitted constant")
      .x_axis("width n", Scale::log2)
      .y_axis("ratio", Scale::log2)
      .columns(3);
  for (Role role : roles) {
    const Layers layers = layers_of(role, shallow);
    Figure& panel = panels.panel(to_string(role));
    for (const auto& [p, name] : {std::pair{abc::sp, "SP"},
                                  {abc::ntk, "NTK"},
                                  {abc::v1, "v1"},
                                  {abc::v2, "v2"},
                                  {abc::mup_table3, "µP"}}) {
      std::vector<double> measured, predicted;
      for (std::int64_t width : grid.widths) {
        const double lr = lr_factor(p, layers, width, shallow);
        measured.push_back(lr * grid.measured(p, layers, width, shallow));
        predicted.push_back(lr * grid.predicted(p, layers, width, shallow));
      }
      panel.points(grid.n(), measured, name).dashed(grid.n(), predicted);
    }
  }
  panels.draw(out);
}

void draw_layers(const Grid& grid, const std::filesystem::path& out) {
  const std::int64_t depth = 16;
  Figure figure("layers");
  figure.title("The hidden layers of one network agree")
      .subtitle(
          "exponent of the width in learning-rate factor × ‖df/dw‖ / ‖w‖; "
          "depth 16; dashed: predicted")
      .x_axis("layer")
      .y_axis("exponent");
  for (const auto& [p, name] :
       {std::pair{abc::sp, "SP"}, {abc::mup_table3, "µP"}}) {
    std::vector<double> at, measured, error, ends, predicted;
    for (Role role : roles) {
      const Layers all = layers_of(role, depth);
      for (std::int64_t layer = all.first; layer <= all.last; ++layer) {
        const Exponents e = exponents(grid, p, {role, layer, layer}, depth);
        at.push_back(static_cast<double>(layer));
        measured.push_back(e.measured.slope + e.lr);
        error.push_back(e.measured.slope_error);
        for (double end : {at.back() - 0.25, at.back() + 0.25}) {
          ends.push_back(end);
          predicted.push_back(e.predicted + e.lr);
        }
      }
      ends.push_back(NAN);
      predicted.push_back(NAN);
    }
    figure.points(at, measured, error, name).dashed(ends, predicted);
  }
  figure.draw(out);
}

void draw_seeds(const Grid& grid, const std::filesystem::path& out) {
  Figure figure("seeds");
  std::vector<double> at, measured, middle, low, high;
  for (std::int64_t width : grid.widths) {
    const double n = static_cast<double>(width), v = log_variance(n, deep);
    const double expected = grid.sp_ratio(Role::output, width);
    for (double ratio : grid.at(abc::sp, deep, width, deep)) {
      at.push_back(n);
      measured.push_back(ratio / expected);
    }
    middle.push_back(std::exp(-v / 4));
    low.push_back(std::exp(-v / 4 - std::sqrt(v)));
    high.push_back(std::exp(-v / 4 + std::sqrt(v)));
  }
  figure.title("At depth 32 a single seed says little")
      .subtitle(
          "output layer’s ratio in units of the predicted root mean square, "
          "SP, each seed a point")
      .x_axis("width n", Scale::log2)
      .y_axis("ratio / predicted", Scale::log2)
      .points(at, measured, "one seed")
      .dashed(grid.n(), middle, "predicted median")
      .band(grid.n(), low, high, "predicted, 95%")
      .draw(out);
}

}  // namespace

void draw_figures(const Grid& grid, const std::filesystem::path& out) {
  draw_heatmaps(grid, out);
  draw_slopes(grid, out);
  draw_layers(grid, out);
  draw_seeds(grid, out);
}

}  // namespace gradus
