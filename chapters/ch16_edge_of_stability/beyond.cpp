// Chapter 16, the report: other optimisers, other edges.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "chapters/ch16_edge_of_stability/report.h"
#include "chapters/support/plotting/plot.h"
#include "nn/instruments/statistics.h"

namespace gradus {
namespace {

// eta lambda at which a period of two steps is neutral, as derived in the text.
double edge(const Run& run) {
  return 2 * (1 + run.momentum) * (1 + run.beta1) / (1 - run.beta1);
}

bool full_batch_edge(const Run& run) {
  return run.batch == 0 && std::string(run.name) != "zero" &&
         std::string(run.name) != "large";
}

void edges(const Table& images, Report& report) {
  std::printf(
      "Edges: mean eta lambda of two steps, last half\n"
      "run             derived  median  smallest  largest   along\n");
  Figure figure("edges");
  figure.title("Five optimisers come to rest where two steps cancel")
      .subtitle(
          "256 images, full batch, 4 seeds each, last half of training; "
          "dashed: derived")
      .x_axis("derived edge", Scale::log2)
      .y_axis("measured η λ", Scale::log2)
      .x_range(1.5, 48)
      .y_range(1.5, 48);
  std::string last;
  double off = 0;
  for (const Run& run : all_runs) {
    if (!full_batch_edge(run)) continue;
    const Table seeds = images.where("run", run.name);
    const Values values = of_seeds(seeds, pair_mean);
    const Statistics spread = statistics(values);
    const double curvature = median(of_seeds(seeds, along));
    std::printf("%-14s %8.2f %7.3f %9.3f %8.3f", run.name, edge(run),
                spread.median, spread.smallest, spread.largest);
    std::printf(run.beta1 > 0 ? "\n" : "%8.4f\n", curvature);
    const std::string kind = run.beta1 > 0      ? "Adam"
                             : run.momentum > 0 ? "momentum"
                                                : "gradient descent";
    figure.points(Values(values.size(), edge(run)), values,
                  kind == last ? "" : kind);
    last = kind;
    off = std::max(off, std::abs(spread.median / edge(run) - 1));
  }
  std::printf("\n");
  report.claim("edges", "medians over derived edges, farthest from 1", off,
               below(0.06));
  figure.dashed({1.5, 48}, {1.5, 48}, "derived").draw(report.out);
}

void batches(const Table& images, Report& report) {
  std::printf(
      "Batches: last half, medians of the seeds\n"
      "batch  eta lambda  from     to      last loss\n");
  Figure figure("batches");
  figure.title("Small batches keep the sharpness below the edge")
      .subtitle("the same network, η = 0.8; sharpness of all 256 images")
      .x_axis("step", Scale::log10)
      .y_axis("η λ_{max}")
      .x_range(10, 4000)
      .y_range(0, 2.4);
  Values medians;
  for (const Run& run : all_runs) {
    if (run.batch == 0 && std::string(run.name) != "standard") continue;
    const int batch = run.batch > 0 ? run.batch : image_count;
    const Table seeds = images.where("run", run.name);
    const Statistics spread = statistics(of_seeds(seeds, pair_mean));
    medians.push_back(spread.median);
    std::printf("%5d %10.3f %7.3f %6.3f %12.5f\n", batch, spread.median,
                spread.smallest, spread.largest,
                median(of_seeds(
                    seeds, [](const Table& one) { return tail(one).loss; })));
    report.number("batch_" + std::to_string(batch), spread.median, 0.1);
    for (double seed : seeds.distinct("seed")) {
      const Pairs all = pairs(seeds.where("seed", seed));
      figure.line(all.steps, all.means,
                  seed == 0 ? "B = " + std::to_string(batch) : "");
    }
  }
  std::printf("\n");
  figure.dashed({10, 4000}, {2, 2}, "2").draw(report.out);
  report.claim("batch_order", "η λ, batch 32 minus all",
               medians[1] - medians[0], below(-0.05));
  report.claim("batch_8", "η λ, batch 8 over batch 32",
               medians[2] / medians[1], below(0.8));
}

}  // namespace

void report_beyond(const Table& images, Report& report) {
  edges(images, report);
  batches(images, report);
}

}  // namespace gradus
