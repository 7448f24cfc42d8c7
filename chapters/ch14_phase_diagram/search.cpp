// Chapter 14, the report: what the search took for granted, what whole sweeps
// say beside it, and what other examples would have said.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <optional>
#include <set>
#include <string>

#include "chapters/ch14_phase_diagram/report.h"
#include "nn/instruments/statistics.h"

namespace gradus {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

// The rows of one network, cut by part.
Table of_network(const Table& table, const char* part, const Table& like,
                 std::size_t row) {
  Table some = table.where("part", part);
  for (const char* setting : {"width", "depth", "seed"})
    some = some.where(setting, like.text(row, setting));
  return some;
}

double value(const Table& rows, const char* quantity) {
  return rows.where("quantity", quantity).number(0, "value");
}

// Whether any row has this entry.
bool has(const Table& table, const char* column, const std::string& entry) {
  for (std::size_t i = 0; i < table.size(); ++i)
    if (table.text(i, column) == entry) return true;
  return false;
}

// The Hessian products of a sweep's sharpnesses, without those of lambda_0.
double products_of(const Table& sweep) {
  const Table rows = sweep.where("quantity", "step_products");
  double sum = 0;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows.number(i, "step") > 0) sum += rows.number(i, "value");
  return sum;
}

double x_sharp(const std::vector<Trajectory>& runs, double margin) {
  const CriticalOptions limits{.sharpness_margin = margin};
  return std::log2(critical_constants(runs, limits).c_sharp->c);
}

}  // namespace

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

void compare_sweeps(const Table& table, Report& report) {
  const Table sweep = table.where("part", "sweep");
  const bool counted = has(table, "quantity", "search_products");
  if (counted)
    std::printf(
        "Search and whole sweep: trainings, Hessian products; x_sharp at a "
        "margin\n   n  D seed  search        sweep          0   5%%  10%%\n");
  double differ = 0, islands = 0, networks = 0, dearer = 0, cheapest = 0,
         moved = 0;
  Values above_sweep;  // octaves, where the two differ
  std::set<std::string> done;
  for (std::size_t i = 0; i < sweep.size(); ++i) {
    const std::string name = sweep.text(i, "width") + "," +
                             sweep.text(i, "depth") + "," +
                             sweep.text(i, "seed");
    if (!done.insert(name).second) continue;
    const Table found = of_network(table, "find", sweep, i),
                swept = of_network(table, "sweep", sweep, i);
    const std::vector<Trajectory> runs = runs_of(swept, "");
    const CriticalConstants read = critical_constants(runs);
    const std::optional<CriticalConstant> all[] = {
        read.c_loss, read.c_sharp, read.c_barrier, read.c_max};
    for (std::size_t q = 0; q < std::size(all); ++q) {
      const double searched = value(found, constants[q]);
      if (all[q] && searched == all[q]->c) continue;
      (std::string(constants[q]) == "c_barrier" ? islands : differ) += 1;
      above_sweep.push_back(all[q] ? std::log2(searched / all[q]->c)
                                   : -infinite);
    }
    networks += 1;
    const double x[] = {x_sharp(runs, 0), x_sharp(runs, .05),
                        x_sharp(runs, .1)};
    moved = std::max(moved, x[2] - x[0]);
    if (!counted) continue;
    const double ours = value(found, "search_products"),
                 theirs = products_of(swept);
    dearer = std::max(dearer, theirs / ours);
    cheapest = networks == 1 ? dearer : std::min(cheapest, theirs / ours);
    std::printf("%4s %2s %4s  %3.0f %7.0f  %3zu %8.0f   %4.1f %4.1f %4.1f\n",
                sweep.text(i, "width").c_str(),
                sweep.text(i, "depth").c_str(), sweep.text(i, "seed").c_str(),
                value(found, "runs") + value(found, "sharpness_runs"), ours,
                runs.size(), theirs, x[0], x[1], x[2]);
  }
  if (counted) std::printf("\n");
  // With a small output the sharpness may pass its start by a hair and come back.
  if (report.option("output") == "standard")
    report.claim("sweep",
                 "c_loss, c_sharp, c_max that a whole sweep reads otherwise",
                 differ, equals(0));
  report.number("islands", islands);
  if (!above_sweep.empty()) {
    const Statistics octaves = statistics(above_sweep);
    report.claim(
        "upper_bound",
        "octaves from a swept constant to the searched one, at least",
        octaves.smallest, above(0));
    report.number("island_octaves", octaves.largest, 0.3);
  }
  report.number("swept", networks);
  report.number("margin_moves", moved, 0.3);
  if (!counted) return;
  report.number("sweep_dearer", dearer, 5);
  report.number("sweep_cheapest", cheapest, 5);
}

void warm_starts(const Table& table, Report& report) {
  Values products;
  for (std::size_t i = 0; i < table.size(); ++i)
    if (table.text(i, "quantity").rfind("step_products", 0) == 0 &&
        table.number(i, "step") > 0)
      products.push_back(table.number(i, "value"));
  if (products.empty()) return;
  const Statistics of = statistics(products);
  std::printf("Products for one lambda_t: %.0f to %.0f, median %.0f\n\n",
              of.smallest, of.largest, of.median);
  report.number("warm_fewest", of.smallest, 1);
  report.number("warm_median", of.median, 1);
  report.number("warm_most", of.largest, 10);
}

void compare_examples(const Table& table, Report& report) {
  if (!has(table, "part", "others")) return;
  const Table others =
      table.where("part", "others").where("quantity", "lambda_0");
  Values changes;
  for (std::size_t i = 0; i < others.size(); ++i)
    changes.push_back(
        others.number(i, "value") /
            value(of_network(table, "find", others, i), "lambda_0") -
        1);
  const Statistics of = statistics(changes);
  std::printf(
      "lambda_0 on as many other images: %+.1f%% to %+.1f%% of it\n\n",
      100 * of.smallest, 100 * of.largest);
  report.number("others_smallest", of.smallest, 0.02);
  report.number("others_largest", of.largest, 0.02);
}

}  // namespace gradus
