// Chapter 14, the report: what early_training.csv says of the boundaries.

#include "chapters/ch14_phase_diagram/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <optional>
#include <set>

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
    if (quantity == "sharpness" + phase)
      runs.back().sharpness.push_back(value);
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

// How much ten steps achieve, at best, against a constant prediction.
void claim_ends(const Table& table, Report& report) {
  double lowest = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < table.size(); ++i)
    if (table.text(i, "quantity").rfind("loss", 0) == 0)
      lowest = std::min(lowest, table.number(i, "value"));
  report.number("lowest", lowest, 0.003);
  report.claim("forgets", "lowest loss of any run over that of f = 1/10",
               lowest / constant_loss, above(0.9));
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
        const Values loss = relative(run.loss),
                     sharpness = relative(run.sharpness);
        const std::string name = phase + ("_" + format_number(width));
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

// Constants that differ between the search and the table of the whole sweep.
double disagreements(const Table& table) {
  const Table sweep = table.where("part", "sweep");
  double count = 0;
  std::set<std::string> done;
  for (std::size_t i = 0; i < sweep.size(); ++i) {
    const std::string &w = sweep.text(i, "width"),
                      &d = sweep.text(i, "depth"), &k = sweep.text(i, "seed");
    if (!done.insert(w + "," + d + "," + k).second) continue;
    const auto network = [&](const Table& part) {
      return part.where("width", w).where("depth", d).where("seed", k);
    };
    const Table found = network(table.where("part", "find"));
    const CriticalConstants read =
        critical_constants(runs_of(network(sweep), ""));
    const std::optional<CriticalConstant> all[] = {
        read.c_loss, read.c_sharp, read.c_barrier, read.c_max};
    for (std::size_t q = 0; q < std::size(all); ++q) {
      const double searched =
          found.where("quantity", constants[q]).number(0, "value");
      count += !all[q] || searched != all[q]->c;
    }
  }
  return count;
}

// The networks that the book's statements are about.
bool usual(const Networks& networks, const Report& report) {
  return report.option("model") == "fcn" &&
         report.option("output") == "standard" &&
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
                 above(of_book ? 1 : 0));
  report.claim("sweep", "constants that a whole sweep reads otherwise",
               disagreements(table), equals(0));
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

// What the search took for granted, and what it cost.
void claim_search(const Networks& networks, const Table& table,
                  Report& report) {
  double out_of_order = 0, contradictions = 0, runs = 0, residual = 0,
         largest = 0, missed = 0;
  for (double d : networks.depths)
    for (double w : networks.widths) {
      const auto found = [&](const char* quantity) {
        return over_seeds(table, w, d, quantity);
      };
      const Values loss = found("c_loss"), sharp = found("c_sharp");
      for (std::size_t k = 0; k < loss.size(); ++k)
        out_of_order += sharp[k] < loss[k];
      for (double count : found("contradictions")) contradictions += count;
      for (double count : found("runs")) runs += count;
      for (double r : found("residual")) residual = std::max(residual, r);
      const Table seeds = cells(table, "find", w, d);
      for (int k = 0; k < networks.seeds; ++k) {
        const Values gentle =
            runs_of(seeds.where("seed", k), "_0").at(0).loss;
        for (std::size_t t = 1; t < gentle.size(); ++t)
          largest = std::max(largest, gentle[t] / gentle[t - 1]);
      }
      missed =
          std::max(missed, 1 - found("power_20")[0] / found("lambda_0")[0]);
    }
  report.claim("gentle", "largest loss of a step over the one before, c = 1",
               largest, below(1));
  report.number("residual", residual, 1e-3);
  report.number("out_of_order", out_of_order);
  report.claim("contradictions", "answers that change back as c grows",
               contradictions, equals(0));
  report.number("runs", runs, 50);
  report.number("power_missed", missed, 0.01);
}

void chapter(Report& report) {
  const Table table = report.table("early_training");
  std::printf("%s\n\n", report.table("images").text(0, "source").c_str());
  const Networks networks = networks_of(table);
  if (!networks.x.empty()) return report_runs(networks, table, report);
  print_boundaries(networks, table, report);
  claim_boundaries(networks, table, report);
  claim_search(networks, table, report);
  quote_runs(networks, table, report);
  const bool of_book = usual(networks, report);
  if (of_book && has_constant_loss(report)) claim_ends(table, report);
  draw_phases(networks, table, report);
  if (abscissas(networks).size() < 3) return;
  const std::vector<BoundaryFit> fits = fit_boundaries(networks, table);
  print_fits(networks, fits, report);
  if (of_book && abscissas(networks).size() > 3) claim_fits(fits, report);
  if (of_book && networks.depths.size() > 1)
    claim_collapse(networks, table, report);
  draw_diagram(networks, fits, report.out);
}

int main(int argc, char** argv) {
  return run_report(argc, argv, "ch14_phase_diagram", chapter);
}
