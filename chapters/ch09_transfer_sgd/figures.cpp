#include <cmath>

#include "chapters/ch09_transfer_sgd/report.h"
#include "chapters/support/plotting/panels.h"
#include "nn/instruments/statistics.h"

namespace gradus {
namespace {

constexpr std::array<const char*, 2> labels = {"SP", "µP"};

// A panel for each table; a curve ends where the median diverged.
void draw_curves(Panels& panels, const UCurves& curves,
                 const std::filesystem::path& out) {
  panels.x_axis("learning rate η", Scale::log2).y_axis("loss", Scale::log10);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    Figure& panel = panels.panel(labels[i]);
    for (const Curve& curve : curves.tables[i]) {
      Values rates;
      std::vector<Values> seeds;
      for (double log_rate : curve.log_rates) {
        if (!std::isfinite(median(curve.at(log_rate)))) break;
        rates.push_back(std::exp2(log_rate));
        seeds.push_back(curve.at(log_rate));
      }
      const Spread loss = spread_of(seeds);
      panel.line(rates, loss.median, "n = " + std::to_string(curve.width));
      if (curve.width == curves.tables[i].front().width ||
          curve.width == curves.tables[i].back().width)
        panel.band(rates, loss.smallest, loss.largest);
    }
  }
  panels.draw(out);
}

}  // namespace

void draw_spiral(const UCurves& spiral, const std::filesystem::path& out) {
  Panels panels("u_curves");
  panels.title("The best rate falls under SP, and does not under µP")
      .subtitle(
          "spiral, 200 steps of SGD: final loss, median of seeds; pale: "
          "range, narrowest and widest")
      .y_range(0.01, 2);
  draw_curves(panels, spiral, out);
}

void draw_squared(const UCurves& spiral, const std::filesystem::path& out) {
  Panels panels("squared");
  panels.title("With squared error the best rate lies at the edge")
      .subtitle(
          "spiral, 200 steps of SGD, MSE: final loss, median of seeds; pale: "
          "range, narrowest and widest")
      .y_range(0.01, 0.2);
  draw_curves(panels, spiral, out);
}

void draw_images(const UCurves& images, const std::filesystem::path& out) {
  Panels panels("images");
  panels.title("On 784 inputs SP seems to transfer, too")
      .subtitle(
          "Fashion-MNIST, 2048 images, 200 steps of SGD: final loss, median; "
          "pale: range, narrowest and widest")
      .y_range(0.1, 2.5);
  draw_curves(panels, images, out);
}

void draw_widths(const Table& rows, const std::filesystem::path& out) {
  Panels panels("widths");
  panels.title("Chapter 4 again: wider is no longer worse")
      .subtitle(
          "depth 4, learning rate 0.1, base width 64: mean loss of ten "
          "batches; pale: range")
      .x_axis("step")
      .y_axis("loss", Scale::log10)
      .y_range(0.01, 4);
  const Table on_the_way = rows.where("quantity", "batch_loss");
  for (double width : rows.distinct("width")) {
    Figure& panel = panels.panel("n = " + std::to_string(std::lround(width)));
    for (std::size_t i = 0; i < labels.size(); ++i) {
      const Table of =
          on_the_way.where("table", compared()[i].name).where("width", width);
      const Values steps = of.distinct("step");
      const Spread loss = spread_of(of.grouped("step", "value"));
      panel.line(steps, loss.median, labels[i])
          .band(steps, loss.smallest, loss.largest);
    }
  }
  panels.draw(out);
}

}  // namespace gradus
