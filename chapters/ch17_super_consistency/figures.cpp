#include <cmath>
#include <string>

#include "chapters/ch17_super_consistency/report.h"
#include "chapters/support/plotting/panels.h"
#include "nn/instruments/statistics.h"

namespace gradus {
namespace {

std::string of_width(std::int64_t n) { return "n = " + std::to_string(n); }

// The medians of all sizes of one variant, and the edge of stability.
void draw_curves(Figure& figure, const Table& table, const char* by,
                 const std::string& label) {
  const Runs runs{table, by};
  figure.dashed({0, steps}, {2, 2}, "η λ = 2");
  for (const std::int64_t size : sizes(table, by))
    figure.line(table.distinct("step"), runs.curve(size),
                label + std::to_string(size));
}

}  // namespace

void draw_widths(const Table& widths, const std::filesystem::path& out) {
  Panels panels("widths");
  panels.title("Under µP curvature takes one way from width 128 up")
      .subtitle(
          "η λ along the training, one learning rate for all widths; "
          "medians over seeds")
      .x_axis("step")
      .y_axis("η λ")
      .y_range(0.4, 2.4)
      .columns(3);
  draw_curves(panels.panel("µP"), widths.where("variant", "mup"), "width",
              "n = ");
  draw_curves(panels.panel("NTK"), widths.where("variant", "ntk"), "width",
              "n = ");
  Figure& sp = panels.panel("SP").y_axis("η λ", Scale::log2);
  sp.y_range(0.1, 6);
  draw_curves(sp, widths.where("variant", "sp"), "width", "n = ");
  panels.draw(out);
}

void draw_kernel(const Table& kernel, const std::filesystem::path& out) {
  Panels panels("kernel");
  panels.title("NTK: features move as n^{–1/2}, the kernel nearly as 1/n")
      .subtitle(
          "change after 50 steps over size at the start; medians over seeds; "
          "dashed: 0, –1/2, –1")
      .x_axis("width", Scale::log2)
      .y_axis("change / size", Scale::log2)
      .columns(2);
  const Values widths = kernel.distinct("width");
  for (const std::string name : {"mup", "ntk"}) {
    Figure& figure = panels.panel(name == "mup" ? "µP" : "NTK");
    for (const std::string column : {"second", "kernel"}) {
      const Table some = kernel.where("variant", name);
      Values medians, lows, highs, predicted;
      for (const double n : widths) {
        const Statistics s =
            statistics(some.where("width", n).numbers(column));
        medians.push_back(s.median);
        lows.push_back(s.smallest);
        highs.push_back(s.largest);
        const double power = name == "mup"        ? 0
                             : column == "kernel" ? -1
                                                  : -0.5;
        predicted.push_back(medians[0] * std::pow(n / widths[0], power));
      }
      figure
          .line(widths, medians,
                column == "kernel" ? "tangent kernel" : "second features")
          .points(widths, medians)
          .band(widths, lows, highs)
          .dashed(widths, predicted);
    }
  }
  panels.draw(out);
}

void draw_causes(const Table& widths, const std::filesystem::path& out) {
  Panels panels("causes");
  panels.title("What holds a narrow network back, and what a wide base does")
      .subtitle("µP: λ over that at the start; medians over seeds")
      .x_axis("step")
      .y_axis("λ / λ_0")
      .x_range(0, 60)
      .columns(2);
  const auto add = [&](Figure& figure, const char* variant, std::int64_t n,
                       const std::string& label) {
    const Table some = widths.where("variant", variant);
    const Runs runs{some, "width"};
    Values times, growth;
    for (const double step : some.distinct("step")) {
      if (step > 60) break;
      times.push_back(step);
      growth.push_back(median(runs.growth(n, 0, static_cast<int>(step))));
    }
    figure.line(times, growth, label);
  };
  Figure& lag = panels.panel("f_0 holds n = 64 back");
  add(lag, "mup", 256, of_width(256));
  add(lag, "mup", 64, of_width(64));
  add(lag, "mup_centred", 64, "n = 64 without f_0");
  Figure& base = panels.panel("a base of 128 makes n = 256 lazy");
  add(base, "mup", 256, of_width(256));
  add(base, "mup_base_128", 256, "n = 256, base 128");
  add(base, "ntk", 128, "NTK, n = 128");
  panels.draw(out);
}

void draw_depths(const Table& depths, const std::filesystem::path& out) {
  Figure figure("depths");
  figure.title("Under depth-µP it takes nearly the same way at every depth")
      .subtitle(
          "η λ of residual networks of width 64, one learning rate; medians "
          "over seeds")
      .x_axis("step")
      .y_axis("η λ")
      .y_range(0.4, 2.4);
  draw_curves(figure, depths.where("branches", "depth_mup"), "blocks",
              "blocks: ");
  figure.draw(out);
}

}  // namespace gradus
