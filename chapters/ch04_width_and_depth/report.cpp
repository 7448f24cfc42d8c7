#include "chapters/ch04_width_and_depth/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "chapters/support/heatmap.h"
#include "chapters/support/panels.h"
#include "chapters/support/plot.h"
#include "chapters/support/regions.h"
#include "chapters/support/results.h"
#include "nn/instruments/statistics.h"

namespace gradus {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

// The loss on the way: median of the seeds, and from the smallest to the largest.
void add_curve(Figure& panel, const Measured& m, const Setting& s) {
  Values at, middle, low, high;
  for (std::int64_t step = 10; step <= steps; step += 10) {
    const Statistics loss = statistics(m.seeds(s, "batch_loss", step));
    at.push_back(static_cast<double>(step));
    middle.push_back(loss.median);
    low.push_back(loss.smallest);
    high.push_back(loss.largest);
  }
  panel.line(at, middle).band(at, low, high);
}

}  // namespace

std::uint64_t seeds_of(const Setting& s) {
  const bool claimed = s.depth == usual_depth && s.lr >= usual_lr &&
                       (s.remedy == Remedy::none || s.width == 256);
  return s.width <= 128 || claimed ? seeds : 3;
}

Measured::Measured(const Table& table) {
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto at = [&](const char* column) { return table.number(row, column); };
    const auto whole = [&](const char* column) { return static_cast<std::int64_t>(at(column)); };
    const std::string& quantity = table.text(row, "quantity");
    const auto remedy = std::find(std::begin(remedy_names), std::end(remedy_names),
                                  table.text(row, "remedy")) - std::begin(remedy_names);
    const Setting s{whole("width"), whole("depth"), at("lr"), static_cast<Remedy>(remedy)};
    if (quantity == "map")
      maps_[s].push_back(table.text(row, "value"));
    else
      values_[{s, quantity, whole("step"), whole("layer")}].push_back(at("value"));
  }
}

Values Measured::seeds(const Setting& s, const std::string& quantity, std::int64_t step,
                       std::int64_t layer) const {
  const auto found = values_.find({s, quantity, step, layer});
  Values values = found == values_.end() ? Values{} : found->second;
  values.resize(seeds_of(s), infinite);
  return values;
}

double Measured::median(const Setting& s, const std::string& quantity, std::int64_t step,
                        std::int64_t layer) const {
  return gradus::median(seeds(s, quantity, step, layer));
}

double Measured::diverged(const Setting& s) const {
  const Values losses = seeds(s, "loss");
  return static_cast<double>(std::count(losses.begin(), losses.end(), infinite));
}

void save_medians(const Plan& plan, const Measured& m, const std::filesystem::path& out) {
  Csv ends({"width", "depth", "lr", "remedy", "seeds", "loss", "smallest", "largest", "accuracy"});
  Csv layers({"width", "depth", "lr", "remedy", "step", "layer", "activation", "gradient",
              "update"});
  for (const Setting& s : plan.settings) {
    const char* remedy = remedy_names[static_cast<std::size_t>(s.remedy)];
    const Statistics loss = statistics(m.seeds(s, "loss"));
    ends.row({s.width, s.depth, s.lr, remedy, seeds_of(s), loss.median, loss.smallest, loss.largest,
              m.median(s, "accuracy")});
    for (const std::int64_t step : {0, 1, 10, 100})
      for (std::int64_t layer = 1; layer <= s.depth; ++layer)
        layers.row({s.width, s.depth, s.lr, remedy, step, layer,
                    m.median(s, "activation", step, layer), m.median(s, "gradient", step, layer),
                    m.median(s, "update", step, layer)});
  }
  ends.save(out / "final.csv");
  layers.save(out / "layers.csv");
}

void draw_curves(const Plan& plan, const Measured& m, const std::filesystem::path& out) {
  Panels wide("width_effects"), deep("depth_effects");
  wide.title("Wider: first better, then worse").y_range(0.01, 4);
  deep.title("Deeper: first better, then worse").y_range(0.001, 4);
  for (const auto n : plan.widths)
    add_curve(wide.panel("n = " + std::to_string(n)), m, {.width = n});
  for (const auto D : plan.depths)
    add_curve(deep.panel("D = " + std::to_string(D)), m, {.depth = D});
  const std::string way = ", learning rate 0.1; median of 8 seeds, pale: smallest to largest";
  wide.subtitle("loss, mean of ten batches; depth 4" + way);
  deep.subtitle("loss, mean of ten batches; width 64" + way);
  for (Panels* panels : {&wide, &deep})
    panels->x_axis("step").y_axis("loss", Scale::log10).show_others().draw(out);
}

void draw_layers(const Plan& plan, const Measured& m, const std::filesystem::path& out) {
  const Values widths(plan.widths.begin(), plan.widths.end());
  Panels panels("layers");
  panels.title("The activations start alike; gradients and updates do not")
      .subtitle("depth 4, learning rate 0.1, median of 8 seeds; dashed: powers −½, 0, ½ of n")
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
      for (const auto n : plan.widths)
        values.push_back(m.median({.width = n}, quantity, step, layer));
      return values;
    };
    const bool last = layer == usual_depth;
    const std::string label = last ? "output" : "layer " + std::to_string(layer);
    before.line(widths, over_widths("activation", 0), label);
    after.line(widths, over_widths("activation", 10), label);
    // With the exponent that chapter 3 predicts.
    const auto with_power = [&](Figure& panel, const Values& measured, double exponent) {
      Values predicted;
      for (const double n : widths)
        predicted.push_back(measured.front() * std::pow(n / widths.front(), exponent));
      panel.line(widths, measured, label).dashed(widths, predicted);
    };
    with_power(gradient, over_widths("gradient", 0), layer == 1 ? 0 : 0.5);
    with_power(update, over_widths("update", 0), layer == 1 ? -0.5 : last ? 0.5 : 0);
  }
  panels.draw(out);
}

void draw_regions(const Samples& samples, const Measured& m, const std::filesystem::path& out) {
  Regions regions("regions", -map_edge, map_edge, map_pixels);
  regions.title("What the nets answer")
      .subtitle("learning rate 0.1, 500 steps, first seed; pale: less than 90% sure")
      .points(samples.inputs, samples.labels)
      .columns(3);
  char title[60];
  for (const Setting& s : {Setting{.width = 16}, Setting{.width = 64}, Setting{.width = 512},
                           Setting{.depth = 2}, Setting{.depth = 8}, Setting{.depth = 32}}) {
    Values p;
    for (const std::string& line : m.map(s))
      for (const char letter : line) {
        const bool sure = letter < 'a';
        for (int k = 0; k < classes; ++k)
          p.push_back(k == letter - (sure ? 'A' : 'a') ? (sure ? 0.95 : 0.75) : 0);
      }
    std::snprintf(title, sizeof title, "n = %d, D = %d\nloss %.3f", static_cast<int>(s.width),
                  static_cast<int>(s.depth), m.seeds(s, "loss").front());
    regions.panel(title, p);
  }
  regions.draw(out);
}

void draw_heatmaps(const Plan& plan, const Measured& m, const std::filesystem::path& out) {
  const auto grid = [&](const auto& rows, const auto& columns, const auto& setting,
                        const char* quantity) {
    Heatmaps::Rows values;
    for (const auto row : rows) {
      values.emplace_back();
      for (const auto column : columns)
        values.back().push_back(m.median(setting(row, column), quantity));
    }
    return values;
  };
  const auto of_size = [](auto D, auto n) { return Setting{.width = n, .depth = D}; };
  const auto of_width = [](double lr, auto n) { return Setting{.width = n, .lr = lr}; };
  const auto of_depth = [](double lr, auto D) { return Setting{.depth = D, .lr = lr}; };
  const auto widths = category_names(plan.widths), depths = category_names(plan.depths);
  const auto lrs = category_names(plan.lrs);

  const std::string subtitle = "loss after 500 steps, median of 8 seeds or of 3; ";
  Heatmaps("width_depth_heatmaps")
      .title("One learning rate, 63 sizes")
      .subtitle(subtitle + "learning rate 0.1")
      .x_axis("width n", widths)
      .y_axis("depth D", depths)
      .scale(Scale::log10)
      .format("%#.2g")
      .missing("∞")
      .panel("", grid(plan.depths, plan.widths, of_size, "loss"))
      .draw(out);
  Heatmaps("width_depth_accuracy")
      .title("One learning rate, 63 sizes: accuracy")
      .subtitle("share of the 999 points, median of 8 seeds or of 3; learning rate 0.1")
      .x_axis("width n", widths)
      .y_axis("depth D", depths)
      .panel("", grid(plan.depths, plan.widths, of_size, "accuracy"))
      .draw(out);
  Heatmaps("rate_and_width")
      .title("The rate that breaks falls with the width")
      .subtitle(subtitle + "depth 4")
      .x_axis("width n", widths)
      .y_axis("learning rate", lrs)
      .scale(Scale::log10)
      .format("%#.2g")
      .missing("∞")
      .panel("", grid(plan.lrs, plan.widths, of_width, "loss"))
      .draw(out);
  Heatmaps("rate_and_depth")
      .title("The best rate falls with the depth")
      .subtitle(subtitle + "width 64")
      .x_axis("depth D", depths)
      .y_axis("learning rate", lrs)
      .scale(Scale::log10)
      .format("%#.2g")
      .missing("∞")
      .panel("", grid(plan.lrs, plan.depths, of_depth, "loss"))
      .draw(out);
}

void print_medians(const Plan& plan, const Measured& m) {
  std::printf("Width: medians of 8 seeds at depth 4, learning rate 0.1\n");
  std::printf("     n    loss  (smallest, largest)  accuracy  output rms at step 0, 1, 10\n");
  for (const auto n : plan.widths) {
    const Setting s{.width = n};
    const Statistics loss = statistics(m.seeds(s, "loss"));
    std::printf("  %4d  %6.3f  (%.3f, %.3f)%15.0f%%  %8.2f %5.2f %5.2f\n", static_cast<int>(n),
                loss.median, loss.smallest, loss.largest, 100 * m.median(s, "accuracy"),
                m.median(s, "activation", 0, 4), m.median(s, "activation", 1, 4),
                m.median(s, "activation", 10, 4));
  }
  std::printf("\nDepth: medians of 8 seeds at width 64, learning rate 0.1\n");
  std::printf("     D    loss  (smallest, largest)  accuracy\n");
  for (const auto D : plan.depths) {
    const Setting s{.depth = D};
    const Statistics loss = statistics(m.seeds(s, "loss"));
    std::printf("  %4d  %6.4f  (%.4f, %.4f)%13.0f%%\n", static_cast<int>(D), loss.median,
                loss.smallest, loss.largest, 100 * m.median(s, "accuracy"));
  }
  std::printf("\n");
}

}  // namespace gradus
