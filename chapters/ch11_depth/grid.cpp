// One learning rate, found at the smallest network, for all sizes.

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "chapters/ch11_depth/report.h"
#include "chapters/support/csv.h"
#include "chapters/support/plotting/heatmap.h"
#include "nn/instruments/statistics.h"

namespace gradus {
namespace {

Heatmaps::Rows losses_of(const Table& grid, const std::string& net) {
  const Table rows = grid.where("net", net).where("quantity", "loss");
  Heatmaps::Rows losses;
  for (double L : rows.distinct("blocks")) {
    losses.emplace_back();
    for (double n : rows.distinct("width"))
      losses.back().push_back(
          median(rows.where("blocks", L).where("width", n).numbers("value")));
  }
  return losses;
}

}  // namespace

void report_grid(const Table& tune, const Table& grid, Report& report) {
  std::printf(
      "The smallest network, n = 16 and L = 2: loss at each rate "
      "(medians)\n          ");
  for (double octave : tune.distinct("lr"))
    std::printf("    2^%2.0f", octave);
  std::printf("\n");
  for (const char* net : {"plain", "depth_mup"}) {
    const Curve curve = curve_of(tune, net, smallest_depth);
    std::printf("%-10s", net);
    for (double loss : curve.medians) std::printf("  %6.4f", loss);
    std::printf("\n");
    // Eight plain networks of this size do not tell 1/2 from 1/4 in every run.
    report.claim(std::string("tuned_") + net,
                 std::string("log2 of the rate that is best there, ") + net,
                 curve.best(),
                 equals(best_octave, net == std::string("plain") ? 1 : 0));
  }
  const Values singly = tune.where("net", "depth_mup")
                            .where("lr", best_octave)
                            .where("quantity", "loss")
                            .numbers("value");
  report.number("tuned_astray",
                double(std::count_if(singly.begin(), singly.end(),
                                     [](double L) { return !(L <= 0.05); })),
                4);
  std::printf("\n");

  const Heatmaps::Rows plain = losses_of(grid, "plain"),
                       scaled = losses_of(grid, "depth_mup");
  const double smallest =
      curve_of(tune, "depth_mup", smallest_depth).at(best_octave);
  const Values widths = grid.distinct("width");
  const Values blocks = grid.distinct("blocks");
  Csv medians({"width", "blocks", "plain", "depth_mup"});
  double sizes = 0, plain_fail = 0, astray = 0;
  double worst = 0;  // of those wider than where the rate was found
  for (std::size_t row = 0; row < scaled.size(); ++row)
    for (std::size_t column = 0; column < scaled[row].size(); ++column) {
      const double loss = scaled[row][column];
      medians.row({widths[column], blocks[row], plain[row][column], loss});
      ++sizes;
      plain_fail += !(plain[row][column] <= 0.1);
      astray += !(loss <= 0.1);
      if (column > 0) worst = std::max(worst, loss);
    }
  medians.save(report.out / "grid.csv");
  report.number("sizes", sizes);
  report.claim("grid_depth_mup",
               "depth-µP: largest loss of all sizes from n = 32 up", worst,
               below(0.05));
  report.claim("grid_astray",
               "depth-µP: share of all sizes with a loss above 0.1",
               astray / sizes, below(0.1));
  report.claim("grid_plain", "the same, plain", plain_fail / sizes,
               above(0.5));
  report.number("grid_plain_fail", plain_fail, 3);
  report.claim("largest", "depth-µP: loss of the largest over the smallest",
               scaled.back().back() / smallest, below(0.5));
  report.number("loss_largest", scaled.back().back(), 0.001);

  const std::string count = std::to_string(std::lround(sizes));
  Heatmaps("grid")
      .title("One learning rate, " + count + " sizes, again")
      .subtitle(
          "loss after 500 steps on the spiral; rate 1/2, the best at n = 16, "
          "L = 2")
      .scale(Scale::log10)
      .format("%#.2g")
      .missing("∞")
      .x_axis("width n", category_names(widths))
      .y_axis("depth L", category_names(blocks))
      .panel("plain, SP", plain)
      .mark(0, 0)
      .panel("residual, depth-µP", scaled)
      .mark(0, 0)
      .draw(report.out);
}

}  // namespace gradus
