// Chapter 14, the report: what early_training.csv says of the boundaries.

#include "chapters/ch14_phase_diagram/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "nn/instruments/statistics.h"

namespace gradus {

Networks networks_of(const Table& table) {
  Networks networks{table.distinct("width"),
                    table.distinct("depth"),
                    {},
                    int(table.distinct("seed").size())};
  if (table.text(0, "part") == "run") networks.x = table.distinct("x");
  return networks;
}

Table cells(const Table& table, const char* part, double width,
            double depth) {
  return table.where("part", part)
      .where("width", width)
      .where("depth", depth);
}

Values over_seeds(const Table& table, double width, double depth,
                  const char* quantity, const char* column) {
  return cells(table, "find", width, depth)
      .where("quantity", quantity)
      .numbers(column);
}

std::vector<Trajectory> runs_of(const Table& cell, const std::string& phase) {
  std::vector<Trajectory> runs;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const std::string& quantity = cell.text(i, "quantity");
    const double c = std::exp2(cell.number(i, "at")),
                 value = cell.number(i, "value");
    const bool start =
        quantity == "loss" + phase && cell.number(i, "step") == 0;
    if (start) runs.push_back({.c = c, .loss = {}});
    if (quantity == "loss" + phase) runs.back().loss.push_back(value);
    if (quantity == "accuracy" + phase) runs.back().accuracy.push_back(value);
    if (quantity == "sharpness" + phase)
      runs.back().sharpness.push_back(value);
    if (quantity == "fresh_sharpness" + phase)
      runs.back().fresh_sharpness.push_back(value);
    if (quantity == "fresh_power" + phase)
      runs.back().fresh_power.push_back(value);
    if (quantity == "barrier" + phase) runs.back().barrier = value;
  }
  return runs;
}

Values relative(const Values& values) {
  Values result;
  for (double value : values) {
    result.push_back(value / values[0]);
    if (!(result.back() <= 64)) break;
  }
  return result;
}

Values steps_of(const Values& values) {
  Values steps;
  while (steps.size() < values.size())
    steps.push_back(static_cast<double>(steps.size()));
  return steps;
}

bool has_constant_loss(const Report& report) {
  const std::string source = report.table("images").text(0, "source");
  return report.option("loss") == "mse" &&
         source.find(", 10 classes") != std::string::npos;
}

}  // namespace gradus

using namespace gradus;

// The four boundaries of every width and depth.
void print_boundaries(const Networks& networks, const Table& table,
                      Report& report) {
  std::printf(
      "Boundaries x = log2 c, median over the seeds (smallest-largest)\n");
  std::printf(
      "   n  D  lambda_0  loss           sharp          barrier        "
      "max\n");
  for (double d : networks.depths)
    for (double w : networks.widths) {
      std::printf("%4.0f %2.0f  %8.2f", w, d,
                  median(over_seeds(table, w, d, "lambda_0")));
      for (const char* constant : constants) {
        const Statistics x =
            statistics(over_seeds(table, w, d, constant, "at"));
        std::printf("  %3.1f (%3.1f-%3.1f)", x.median, x.smallest, x.largest);
        const std::string depth =
            d == networks.depths[0] ? "" : "_" + format_number(d);
        report.number(constant + ("_" + format_number(w)) + depth, x.median,
                      0.15);
      }
      std::printf("\n");
    }
  std::printf("\n");
}

// Loss and accuracy of the drawn runs, on the images that they train on.
void print_reached(const Networks& networks, const Table& table) {
  if (runs_of(table, "_0").at(0).accuracy.empty()) return;
  std::printf("What ten steps reach (loss, accuracy), seed 0\n");
  std::printf(
      "   n      start        c = 1     2 to c_loss  to c_sharp     to "
      "c_max\n");
  for (double width : networks.widths) {
    const Table cell =
        cells(table, "find", width, networks.depths[0]).where("seed", 0);
    std::printf("%4.0f", width);
    for (int phase = -1; phase < phases - 1; ++phase) {
      const std::vector<Trajectory> runs =
          runs_of(cell, "_" + std::to_string(std::max(phase, 0)));
      if (runs.empty() || runs[0].accuracy.empty()) {
        std::printf("%13s", "");
        continue;
      }
      const std::size_t t = phase < 0 ? 0 : runs[0].loss.size() - 1;
      std::printf("  %.4f %3.0f%%", runs[0].loss[t],
                  100 * runs[0].accuracy[t]);
    }
    std::printf("\n");
  }
  std::printf("\n");
}

// How much ten steps achieve, at best, against a constant prediction.
void claim_ends(const Table& table, Report& report) {
  double lowest = std::numeric_limits<double>::infinity(), accurate = 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const std::string& quantity = table.text(i, "quantity");
    if (quantity.rfind("loss", 0) == 0)
      lowest = std::min(lowest, table.number(i, "value"));
    if (quantity.rfind("accuracy", 0) == 0)
      accurate = std::max(accurate, table.number(i, "value"));
  }
  report.number("lowest", lowest, 0.003);
  if (accurate > 0) report.number("most_accurate", accurate, 0.1);
  report.claim("forgets", "lowest loss of any run over that of f = 1/10",
               lowest / constant_loss, above(0.9));
}

// With a smaller output ten steps learn, at every width.
void claim_learns(const Networks& networks, const Table& table,
                  Report& report) {
  double worst = 0, accurate = 1;
  for (double width : networks.widths) {
    const Table cell =
        cells(table, "find", width, networks.depths[0]).where("seed", 0);
    double lowest = std::numeric_limits<double>::infinity(), best = 0;
    for (const char* phase : {"_0", "_1", "_2", "_3"})
      for (const Trajectory& run : runs_of(cell, phase)) {
        lowest = std::min(lowest, run.loss.back());
        best = std::max(best, run.accuracy.back());
      }
    worst = std::max(worst, lowest);
    accurate = std::min(accurate, best);
  }
  report.claim("learns",
               "lowest loss over that of f = 1/10, at the worst width",
               worst / constant_loss, below(0.9));
  report.number("accurate", accurate, 0.1);
}

// Of the drawn runs of the narrowest and the widest network: the learning rate,
// the highest and the last loss, and the highest and the last sharpness, in
// units of the start.
void quote_runs(const Networks& networks, const Table& table,
                Report& report) {
  for (double width : {networks.widths.front(), networks.widths.back()}) {
    const Table cell =
        cells(table, "find", width, networks.depths[0]).where("seed", 0);
    for (const char* phase : {"_0", "_1", "_2", "_3"})
      for (const Trajectory& run : runs_of(cell, phase)) {
        const std::string name = phase + ("_" + format_number(width));
        report.number("reached" + name, run.loss.back(), 0.01);
        if (!run.accuracy.empty())
          report.number("accuracy" + name, run.accuracy.back(), 0.1);
        const Values loss = relative(run.loss),
                     sharpness = relative(run.sharpness);
        report.number("c" + name, run.c, run.c / 10);
        report.number("peak" + name,
                      *std::max_element(loss.begin(), loss.end()), 0.3);
        report.number("end" + name, loss.back(), 0.03);
        report.number("sharpest" + name,
                      *std::max_element(sharpness.begin(), sharpness.end()),
                      0.3);
        report.number("flat" + name, sharpness.back(), 0.05);
      }
    if (networks.widths.size() == 1) break;
  }
}

// An output of a quarter of the size.
constexpr const char* quarter = "alpha=.25";

// The networks that the book's statements are about, with this last layer.
bool usual(const Networks& networks, const Report& report,
           const char* output = "standard") {
  return report.option("model") == "fcn" &&
         report.option("output") == output &&
         report.option("loss") == "mse" && networks.widths.front() == 64 &&
         networks.widths.back() == 512;
}

void claim_boundaries(const Networks& networks, const Table& table,
                      Report& report) {
  const auto octaves = [&](double width, const char* constant) {
    return median(
        over_seeds(table, width, networks.depths[0], constant, "at"));
  };
  const double first = networks.widths.front(), last = networks.widths.back();
  const bool of_book = usual(networks, report);
  if (networks.widths.size() > 1)
    report.claim("loss_falls",
                 "octaves that c_loss falls, narrowest to widest",
                 octaves(first, "c_loss") - octaves(last, "c_loss"),
                 usual(networks, report, "si") ? between(0, 0.5)
                 : of_book || usual(networks, report, quarter) ? above(1)
                                                               : above(0));
  if (!of_book) return;
  const double ridge = octaves(last, "c_barrier");
  report.claim("ridge_late", "octaves from c_sharp to c_barrier, widest",
               ridge - octaves(last, "c_sharp"), above(0));
  report.claim("ridge", "octaves from c_barrier to c_max, widest",
               octaves(last, "c_max") - ridge, above(0));
  if (networks.depths.size() == 1) {
    double widest_gap = 0;
    for (double width : networks.widths) {
      if (width > 128) continue;
      const auto of = [&](const char* constant) {
        return over_seeds(table, width, networks.depths[0], constant, "at");
      };
      const Values max = of("c_max"), barrier = of("c_barrier");
      for (std::size_t k = 0; k < max.size(); ++k)
        widest_gap = std::max(widest_gap, max[k] - barrier[k]);
    }
    report.claim("no_ridge",
                 "octaves from c_barrier to c_max, n = 64 and 128, at most",
                 widest_gap, below(0.15));
  }
  report.claim("max_above_4", "log2 c_max, widest", octaves(last, "c_max"),
               above(2));
}

void chapter(Report& report) {
  const Table table = report.table("early_training");
  std::printf("%s\n\n", report.table("images").text(0, "source").c_str());
  const Networks networks = networks_of(table);
  if (!networks.x.empty()) return report_runs(networks, table, report);
  print_boundaries(networks, table, report);
  claim_boundaries(networks, table, report);
  claim_search(networks, table, report);
  compare_sweeps(table, report);
  warm_starts(table, report);
  compare_examples(table, report);
  print_reached(networks, table);
  quote_runs(networks, table, report);
  const bool of_book = usual(networks, report);
  if (of_book && has_constant_loss(report)) claim_ends(table, report);
  const bool small = usual(networks, report, "si");
  if (small || usual(networks, report, quarter))
    claim_learns(networks, table, report);
  draw_phases(networks, table, report);
  if (abscissas(networks).size() < 3) return;
  const std::vector<BoundaryFit> fits = fit_boundaries(networks, table);
  print_fits(networks, fits, report);
  if ((of_book || small) && abscissas(networks).size() > 3)
    claim_fits(fits, of_book, report);
  if (of_book && networks.depths.size() == 1 && networks.seeds >= 10)
    print_widest(networks, table, report);
  if (of_book && networks.depths.size() > 1)
    claim_collapse(networks, table, report);
  draw_diagram(networks, fits, report.out);
}

int main(int argc, char** argv) {
  return run_report(argc, argv, "ch14_phase_diagram", chapter);
}
