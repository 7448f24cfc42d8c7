// Chapter 14, the report: what early_training.csv says of the boundaries.

#include "chapters/ch14_phase_diagram/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
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

Values abscissas(const Networks& networks) {
  Values s;
  for (double d : networks.depths)
    for (double w : networks.widths)
      s.push_back((networks.depths.size() > 1 ? d : 1) / w);
  return s;
}

std::vector<BoundaryFit> fit_boundaries(const Networks& networks,
                                        const Table& table) {
  std::vector<BoundaryFit> fits;
  for (const char* constant : constants) {
    Values means, all;
    for (double d : networks.depths)
      for (double w : networks.widths) {
        const Values c = over_seeds(table, w, d, constant);
        all.insert(all.end(), c.begin(), c.end());
        means.push_back(statistics(c).mean);
      }
    fits.push_back({constant, all, fit_line(abscissas(networks), means)});
  }
  return fits;
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

void print_fits(const Networks& networks,
                const std::vector<BoundaryFit>& fits, Report& report) {
  std::printf("Fits c = a + b%s / n\n           a              b\n",
              networks.depths.size() > 1 ? " D" : "");
  for (const auto& [constant, c, fit] : fits) {
    std::printf("%-10s %5.2f +- %.2f  %7.1f +- %.1f\n", constant,
                fit.intercept, fit.intercept_error, fit.slope,
                fit.slope_error);
    report.number(std::string("a_") + constant, fit.intercept, 0.5);
    report.number(std::string("b_") + constant, fit.slope, 60);
  }
  std::printf("\n");
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
    const std::string w = sweep.text(i, "width"), d = sweep.text(i, "depth"),
                      k = sweep.text(i, "seed");
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

void claim_boundaries(const Networks& networks, const Table& table,
                      Report& report) {
  const double first = networks.widths.front(), last = networks.widths.back(),
               d = networks.depths[0];
  if (networks.widths.size() > 1) {
    const double falls = median(over_seeds(table, first, d, "c_loss", "at")) -
                         median(over_seeds(table, last, d, "c_loss", "at"));
    const bool usual = report.option("model") == "fcn" &&
                       report.option("output") == "standard" && first == 64 &&
                       last == 512;
    report.claim("loss_falls",
                 "octaves that c_loss falls, narrowest to widest", falls,
                 above(usual ? 1 : 0));
  }
  report.claim("sweep", "constants that a whole sweep reads otherwise",
               disagreements(table), equals(0));
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
  report.claim("residual", "largest relative residual of lambda_0", residual,
               below(1e-3));
  report.number("out_of_order", out_of_order);
  report.number("contradictions", contradictions);
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
  draw_phases(networks, table, report.out);
  if (abscissas(networks).size() < 3) return;
  const std::vector<BoundaryFit> fits = fit_boundaries(networks, table);
  print_fits(networks, fits, report);
  draw_diagram(networks, fits, report.out);
}

int main(int argc, char** argv) {
  return run_report(argc, argv, "ch14_phase_diagram", chapter);
}
