#include <cmath>
#include <string>

#include "chapters/ch06_abc/report.h"
#include "chapters/support/plotting/panels.h"
#include "chapters/support/plotting/plot.h"

namespace gradus {

void draw_three_forms(const Table& table, const std::filesystem::path& out) {
  const Table sgd = table.where("optimiser", "SGD").where("width", 256);
  const Values steps =
      sgd.where("table", abc::mup_table3.name).numbers("step");
  Panels panels("three_forms");
  panels.title("Three tables, one training")
      .subtitle(
          "SGD on the spiral, 3 layers, n = 256, base width 16, one seed")
      .x_axis("step");
  Figure& stored =
      panels.panel("What is stored\nrms of the output layer's numbers w");
  stored.y_axis("rms of w", Scale::log10).y_range(0.01, 1);
  Figure& loss = panels.panel("What it does\nloss of each batch");
  loss.y_axis("loss").y_range(0, 1.3);
  const char* labels[] = {"table 3", "table 8", "table 9"};
  for (std::size_t i = 0; i < 3; ++i) {
    const Table run = sgd.where("table", forms()[i].name);
    const Values of_batch = run.numbers("loss");
    stored.line(steps, run.numbers("output"), labels[i]);
    if (i == 0) {
      loss.line(steps, of_batch, labels[i]);
      continue;
    }
    Values at, losses;  // lie on the line: every eighth step, in turn
    for (std::size_t t = 4 * i; t < steps.size(); t += 8) {
      at.push_back(steps[t]);
      losses.push_back(of_batch[t]);
    }
    loss.points(at, losses, labels[i]);
  }
  panels.draw(out);
}

void draw_lazy_rich(const Table& lazy, const std::filesystem::path& out) {
  Figure figure("lazy_rich");
  figure.title("The same loss, by features or without")
      .subtitle(
          "until the loss is a tenth of its start; mean and range of 8 "
          "seeds; dashed: derived")
      .x_axis("width n", Scale::log2)
      .y_axis("change of h_L, relative", Scale::log2);
  const char* labels[] = {"β = 1/2: NTK\nlazy", "β = 3/4", "β = 1: µP\nrich"};
  for (std::size_t i = 0; i < betas.size(); ++i) {
    const Curve moved =
        curve_of(lazy.where("table", members()[i].name), "moved");
    const auto derived = [&](double n) {
      return moved.mean[0] * std::pow(n / moved.widths[0], betas[i] - 1);
    };
    figure.line(moved.widths, moved.mean, labels[i])
        .band(moved.widths, moved.smallest, moved.largest)
        .dashed(moved.widths, derived);
  }
  figure.draw(out);
}

void draw_mixed(const Table& mixed, const std::filesystem::path& out) {
  Panels panels("mixed");
  panels.title("Mix two right tables, and the best rate moves")
      .subtitle(
          "loss after 200 steps of SGD on the spiral, median over seeds; "
          "base width 16")
      .x_axis("learning rate η", Scale::log2)
      .y_axis("loss", Scale::log10)
      .y_range(0.01, 2)
      .columns(3);
  const char* titles[] = {"µP\ntable 3, rates of 3",
                          "Too slow\ntable 8, rates of 3",
                          "Too fast\ntable 3, rates of 8"};
  const Values rates = mixed.distinct("lr");
  for (std::size_t i = 0; i < 3; ++i) {
    const Parametrisation table = mixed_tables()[i];
    panels.panel(titles[i])
        .line(rates, losses_of(mixed, table, narrow), "n = 16")
        .line(rates, losses_of(mixed, table, wide), "n = 128");
  }
  panels.draw(out);
}

}  // namespace gradus
