#include <cmath>
#include <cstdio>

#include "chapters/ch04_width_and_depth/report.h"
#include "chapters/support/plotting/heatmap.h"
#include "chapters/support/plotting/panels.h"
#include "chapters/support/plotting/plot.h"
#include "chapters/support/plotting/regions.h"
#include "data/generators.h"
#include "nn/instruments/statistics.h"

namespace gradus {
namespace {

// The loss on the way: median of the seeds, and from the smallest to the largest.
void add_curve(Figure& panel, const Measured& m, const Setting& s) {
  Values at;
  std::vector<Values> seeds;
  for (std::int64_t step = 10; step <= steps; step += 10) {
    at.push_back(static_cast<double>(step));
    seeds.push_back(m.seeds(s, "batch_loss", step));
  }
  const Spread loss = spread_of(seeds);
  panel.line(at, loss.median).band(at, loss.smallest, loss.largest);
}

}  // namespace

void draw_curves(const Measured& m, const std::filesystem::path& out) {
  Panels wide("width_effects"), deep("depth_effects");
  wide.title("Wider: first better, then worse").y_range(0.01, 4);
  deep.title("Deeper: first better, then worse").y_range(0.001, 4);
  for (std::int64_t n : m.widths)
    add_curve(wide.panel("n = " + std::to_string(n)), m, {.width = n});
  for (std::int64_t D : m.depths)
    add_curve(deep.panel("D = " + std::to_string(D)), m, {.depth = D});
  const std::string way =
      ", learning rate 0.1; median of 8 seeds, pale: smallest to largest";
  wide.subtitle("loss, mean of ten batches; depth 4" + way);
  deep.subtitle("loss, mean of ten batches; width 64" + way);
  for (Panels* panels : {&wide, &deep})
    panels->x_axis("step")
        .y_axis("loss", Scale::log10)
        .show_others()
        .draw(out);
}

void draw_layers(const Measured& m, const std::filesystem::path& out) {
  const Values widths(m.widths.begin(), m.widths.end());
  Panels panels("layers");
  panels.title("The activations start alike; gradients and updates do not")
      .subtitle(
          "depth 4, learning rate 0.1, median of 8 seeds; dashed: powers −½, "
          "0, ½ of n")
      .x_axis("width n", Scale::log2)
      .x_range(widths.front(), widths.back() * 1.01)
      .columns(2);
  Figure& before = panels.panel("activations, rms\nbefore training");
  Figure& after = panels.panel("activations, rms\nafter 10 steps");
  Figure& gradient = panels.panel("gradients\nof the first step");
  Figure& update = panels.panel("relative updates\nof the first step");
  for (Figure* activations : {&before, &after})
    activations->y_axis("rms", Scale::log10).y_range(0.1, 10);
  gradient.y_axis("‖∂L/∂W‖", Scale::log10).y_range(0.1, 10);
  update.y_axis("‖ΔW‖ / ‖W‖", Scale::log10).y_range(1e-4, 1);
  for (std::int64_t layer = 1; layer <= usual_depth; ++layer) {
    const auto over_widths = [&](const char* quantity, std::int64_t step) {
      Values values;
      for (std::int64_t n : m.widths)
        values.push_back(m.median({.width = n}, quantity, step, layer));
      return values;
    };
    const bool last = layer == usual_depth;
    const std::string label =
        last ? "output" : "layer " + std::to_string(layer);
    before.line(widths, over_widths("activation", 0), label);
    after.line(widths, over_widths("activation", 10), label);
    // With the exponent that chapter 3 predicts.
    const auto with_power = [&](Figure& panel, const Values& measured,
                                double exponent) {
      Values predicted;
      for (const double n : widths)
        predicted.push_back(measured.front() *
                            std::pow(n / widths.front(), exponent));
      panel.line(widths, measured, label).dashed(widths, predicted);
    };
    with_power(gradient, over_widths("gradient", 0), layer == 1 ? 0 : 0.5);
    with_power(update, over_widths("update", 0),
               layer == 1 ? -0.5
               : last     ? 0.5
                          : 0);
  }
  panels.draw(out);
}

void draw_regions(const Measured& m, std::uint64_t seed,
                  const std::filesystem::path& out) {
  const Samples samples = spiral({.seed = seed});
  Regions regions("regions", -map_edge, map_edge, map_pixels);
  regions.title("What the nets answer")
      .subtitle(
          "learning rate 0.1, 500 steps, first seed; pale: less than 90% "
          "sure")
      .points(samples.inputs, samples.labels)
      .columns(3);
  char title[60];
  for (const Setting& s :
       {Setting{.width = 16}, Setting{.width = 64}, Setting{.width = 512},
        Setting{.depth = 2}, Setting{.depth = 8}, Setting{.depth = 32}}) {
    Values p;
    for (const std::string& line : m.map(s))
      for (const char letter : line) {
        const bool sure = letter < 'a';
        for (int k = 0; k < classes; ++k)
          p.push_back(k == letter - (sure ? 'A' : 'a') ? (sure ? 0.95 : 0.75)
                                                       : 0);
      }
    std::snprintf(title, sizeof title, "n = %d, D = %d\nloss %.3f",
                  static_cast<int>(s.width), static_cast<int>(s.depth),
                  m.seeds(s, "loss").front());
    regions.panel(title, p);
  }
  regions.draw(out);
}

void draw_heatmaps(const Measured& m, const std::filesystem::path& out) {
  const auto grid = [&](const auto& rows, const auto& columns,
                        const auto& setting, const char* quantity) {
    Heatmaps::Rows values;
    for (const auto row : rows) {
      values.emplace_back();
      for (const auto column : columns)
        values.back().push_back(m.median(setting(row, column), quantity));
    }
    return values;
  };
  const auto of_size = [](auto D, auto n) {
    return Setting{.width = n, .depth = D};
  };
  const auto of_width = [](double lr, auto n) {
    return Setting{.width = n, .lr = lr};
  };
  const auto of_depth = [](double lr, auto D) {
    return Setting{.depth = D, .lr = lr};
  };
  const auto widths = category_names(m.widths),
             depths = category_names(m.depths);
  const auto lrs = category_names(m.lrs);

  const auto losses = [](const char* name, const char* title,
                         const std::string& fixed) {
    Heatmaps maps(name);
    maps.title(title)
        .subtitle("loss after 500 steps, median of 8 seeds or of 3; " + fixed)
        .scale(Scale::log10)
        .format("%#.2g")
        .missing("∞");
    return maps;
  };
  losses("width_depth_heatmaps", "One learning rate, 63 sizes",
         "learning rate 0.1")
      .x_axis("width n", widths)
      .y_axis("depth D", depths)
      .panel("", grid(m.depths, m.widths, of_size, "loss"))
      .draw(out);
  Heatmaps("width_depth_accuracy")
      .title("One learning rate, 63 sizes: accuracy")
      .subtitle(
          "share of the 999 points, median of 8 seeds or of 3; learning rate "
          "0.1")
      .x_axis("width n", widths)
      .y_axis("depth D", depths)
      .panel("", grid(m.depths, m.widths, of_size, "accuracy"))
      .draw(out);
  losses("rate_and_width", "The rate that breaks falls with the width",
         "depth 4")
      .x_axis("width n", widths)
      .y_axis("learning rate", lrs)
      .panel("", grid(m.lrs, m.widths, of_width, "loss"))
      .draw(out);
  losses("rate_and_depth", "The best rate falls with the depth", "width 64")
      .x_axis("depth D", depths)
      .y_axis("learning rate", lrs)
      .panel("", grid(m.lrs, m.depths, of_depth, "loss"))
      .draw(out);
}

}  // namespace gradus
