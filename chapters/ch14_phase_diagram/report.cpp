#include "chapters/ch14_phase_diagram/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <limits>
#include <sstream>

#include "autodiff/check.h"
#include "chapters/support/panels.h"
#include "nn/instruments/fits.h"
#include "nn/instruments/statistics.h"

namespace gradus {
namespace {

// In units of the start, as far as it can be drawn.
Values relative(const Values& values) {
  Values result;
  for (const double value : values) {
    result.push_back(value / values[0]);
    if (!(result.back() <= 64)) break;
  }
  return result;
}

Values steps_of(const Values& values) {
  Values steps;
  while (steps.size() < values.size()) steps.push_back(static_cast<double>(steps.size()));
  return steps;
}

// c = a + b s, as Kalra and Barkeshli fit it, with s = 1 / width or depth / width.
Values fitted(const LineFit& fit, const Values& at) {
  Values c;
  for (const double x : at) c.push_back(fit.intercept + fit.slope * x);
  return c;
}

}  // namespace

// --- Reading the table ---

Table cells(const Table& table, const char* part, double width, double depth) {
  return table.where("part", part).where("width", width).where("depth", depth);
}

Values over_seeds(const Table& table, double width, double depth, const char* quantity,
                  const char* column) {
  return cells(table, "find", width, depth).where("quantity", quantity).numbers(column);
}

std::vector<Trajectory> runs_of(const Table& cell, const std::string& phase) {
  std::vector<Trajectory> runs;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const std::string& quantity = cell.text(i, "quantity");
    const double c = std::exp2(cell.number(i, "at")), value = cell.number(i, "value");
    const bool start = quantity == "loss" + phase && cell.number(i, "step") == 0;
    if (start) runs.push_back({.c = c, .loss = {}});
    if (quantity == "loss" + phase) runs.back().loss.push_back(value);
    if (quantity == "sharpness" + phase) runs.back().sharpness.push_back(value);
    if (quantity == "barrier" + phase) runs.back().barrier = value;
  }
  return runs;
}

Table read_published(const std::string& path) try {
  std::ifstream file(path);
  check(bool(file), "cannot be read");
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    std::istringstream text(line);
    rows.emplace_back();
    for (std::string item; std::getline(text, item, ',');) rows.back().push_back(item);
  }
  check(rows.size() > 1, "has no rows below a header");
  const std::vector<std::string> header = rows.front();
  rows.erase(rows.begin());
  Table table(header, rows);
  for (const char* column : {"x", "loss", "sharpness"}) table.numbers(column);
  return table;
} catch (const Error& error) {
  fail("--beside ", path, ": ", error.what());
}

// --- The diagram ---

void print_boundaries(const Grid& grid, const Table& table, Summary& summary) {
  std::printf("Boundaries x = log2 c, median over the seeds (smallest-largest)\n");
  std::printf("   n  D  lambda_0  loss           sharp          barrier        max\n");
  for (const double d : grid.depths)
    for (const double w : grid.widths) {
      std::printf("%4.0f %2.0f  %8.2f", w, d, median(over_seeds(table, w, d, "lambda_0")));
      for (const char* constant : constants) {
        const Statistics x = statistics(over_seeds(table, w, d, constant, "at"));
        std::printf("  %3.1f (%3.1f-%3.1f)", x.median, x.smallest, x.largest);
        const std::string depth = d == grid.depths[0] ? "" : "_" + format_number(d);
        summary.number(constant + ("_" + format_number(w)) + depth, x.median, 0.15);
      }
      std::printf("\n");
    }
  std::printf("\n");
}

void quote_runs(const Grid& grid, const Table& table, Summary& summary) {
  for (const double width : {grid.widths.front(), grid.widths.back()}) {
    const Table cell = cells(table, "find", width, grid.depths[0]).where("seed", 0);
    for (const char* phase : {"_0", "_1", "_2", "_3"})
      for (const Trajectory& run : runs_of(cell, phase)) {
        const Values loss = relative(run.loss), sharpness = relative(run.sharpness);
        const std::string name = phase + ("_" + format_number(width));
        summary.number("c" + name, run.c, run.c / 10);
        summary.number("peak" + name, *std::max_element(loss.begin(), loss.end()), 0.3);
        summary.number("end" + name, loss.back(), 0.03);
        summary.number("sharpest" + name, *std::max_element(sharpness.begin(), sharpness.end()),
                       0.3);
        summary.number("flat" + name, sharpness.back(), 0.05);
      }
    if (grid.widths.size() == 1) break;
  }
}

void draw_phases(const Grid& grid, const Table& table, const Options& options) {
  const char* names[] = {"c = 1", "2 to c_{loss}", "c_{loss} to c_{sharp}", "c_{sharp} to c_{max}",
                         "above c_{max}"};
  Panels panels("trajectories");
  panels.title("Up, and down again")
      .subtitle("one network per column; a learning rate from the middle of each phase")
      .x_axis("step").x_range(0, 10)
      .columns(static_cast<int>(grid.widths.size()));
  for (const bool loss : {true, false})
    for (const double width : grid.widths) {
      Figure& panel =
          panels.panel(loss ? "n = " + format_number(width) : std::string())
              .y_axis(loss ? "loss / loss_0" : "λ / λ_0", Scale::log2)
              .y_range(loss ? 1.0 / 16 : 1.0 / 32, loss ? 64 : 16);
      const Table cell = cells(table, "find", width, grid.depths[0]).where("seed", 0);
      for (int phase = 0; phase < 5; ++phase) {
        const std::vector<Trajectory> runs = runs_of(cell, "_" + std::to_string(phase));
        Values values;  // none where the network has no such phase
        if (!runs.empty()) values = relative(loss ? runs[0].loss : runs[0].sharpness);
        panel.line(steps_of(values), values, names[phase]);
      }
    }
  panels.draw(options.out);
}

void draw_diagram(const Grid& grid, const Table& table, const Options& options, Summary& summary) {
  const bool depths = grid.depths.size() > 1;
  if (grid.widths.size() * grid.depths.size() < 3) return;
  Values s, all_s;
  for (const double d : grid.depths)
    for (const double w : grid.widths) s.push_back((depths ? d : 1) / w);
  for (const double value : s)
    all_s.insert(all_s.end(), static_cast<std::size_t>(grid.seeds), value);
  const double least = *std::min_element(s.begin(), s.end()) / 1.1;
  const double most = *std::max_element(s.begin(), s.end()) * 1.1;
  Values at;
  for (int i = 0; i <= 64; ++i) at.push_back(least * std::pow(most / least, i / 64.0));

  std::vector<Values> seeds, curves;
  std::printf("Fits c = a + b%s / n\n           a              b\n", depths ? " D" : "");
  for (const char* constant : constants) {
    Values means, all;
    for (const double d : grid.depths)
      for (const double w : grid.widths) {
        const Values c = over_seeds(table, w, d, constant);
        all.insert(all.end(), c.begin(), c.end());
        means.push_back(statistics(c).mean);
      }
    seeds.push_back(all);
    const LineFit fit = fit_line(s, means);
    curves.push_back(fitted(fit, at));
    std::printf("%-10s %5.2f +- %.2f  %7.1f +- %.1f\n", constant, fit.intercept,
                fit.intercept_error, fit.slope, fit.slope_error);
    summary.number(std::string("a_") + constant, fit.intercept, 0.5);
    summary.number(std::string("b_") + constant, fit.slope, 60);
  }
  std::printf("\n");
  const Values& loss = curves[0];
  const Values& sharp = curves[1];
  const Values& max = curves[3];
  const Values two(at.size(), 2), one(at.size(), 1),
      above(at.size(), std::numeric_limits<double>::infinity());
  Figure figure("diagram");
  figure.title("The phase diagram of the first ten steps")
      .subtitle("boundaries of " + std::to_string(grid.seeds) +
                " seeds each (dots), and fits linear in " +
                (depths ? "D / n" : "1 / n"))
      .x_axis(depths ? "depth over width, D / n" : "1 / n", Scale::log2)
      .x_range(least, most)
      .y_axis("c = η λ_0", Scale::log2)
      .y_range(1, 32);
  figure.band(at, one, two, "loss falls\nc < 2")
      .band(at, two, loss, "loss still falls\n2 to c_{loss}")
      .band(at, loss, sharp, "loss catapult\nc_{loss} to c_{sharp}")
      .line(at, loss).points(all_s, seeds[0])
      .band(at, sharp, max, "catapult of both\nc_{sharp} to c_{max}")
      .line(at, sharp).points(all_s, seeds[1])
      .dashed(at, curves[2], "c_{barrier}").points(all_s, seeds[2])
      .band(at, max, above, "divergence\nabove c_{max}")
      .line(at, max).points(all_s, seeds[3])
      .dashed(at, two, "c = 2")
      .draw(options.out);
}

// --- Single runs ---

namespace {

Trajectory source_run(const Table& source, double x) {
  Trajectory run;
  for (std::size_t i = 0; i < source.size(); ++i) {
    if (source.number(i, "x") != x) continue;
    run.loss.push_back(source.number(i, "loss"));
    run.sharpness.push_back(source.number(i, "sharpness"));
  }
  return run;
}

// The highest and the last of a run, in units of its start.
void print_course(const Trajectory& run) {
  for (const Values& values : {run.loss, run.sharpness}) {
    if (values.empty()) break;
    const Values course = relative(values);
    if (course.back() <= 64)
      std::printf("  %6.2f %6.3f", *std::max_element(course.begin(), course.end()), course.back());
    else
      std::printf("  %13s", "diverges");
  }
}

double largest_distance(const Values& a, const Values& b) {
  double largest = 0;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    largest = std::max(largest, std::fabs(a[i] - b[i]));
  return largest;
}

// The runs at one width and depth as a table, beside the source's.
void print_runs(const std::string& title, const Table& runs, const Values& x,
                const std::optional<Table>& source) {
  std::printf("%s: begins at loss %.4f, lambda_0 %.4f\n", title.c_str(),
              runs.where("quantity", "loss").number(0, "value"),
              runs.where("quantity", "lambda_0").number(0, "value"));
  if (source)
    std::printf("the source, on the right: loss %.4f, lambda_0 %.4f\n", source->number(0, "loss"),
                source->number(0, "sharpness"));
  std::printf("      loss / start  sharpness / start\n   x   highest  last   highest  last\n");
  for (const double at : x) {
    const Trajectory ours = runs_of(runs.where("x", at), "").at(0);
    std::printf("%4.1f", at);
    print_course(ours);
    if (source) {
      const Trajectory theirs = source_run(*source, at);
      print_course(theirs);
      std::printf("  %5.2f apart", largest_distance(relative(ours.loss), relative(theirs.loss)));
    }
    std::printf("\n");
  }
  std::printf("\n");
}

}  // namespace

void report_runs(const std::string& model, const Grid& grid, const Table& table,
                 const std::optional<Table>& source, const Options& options) {
  struct Network {
    std::string name;
    Table runs;
  };
  std::vector<Network> networks;
  for (const double d : grid.depths)
    for (const double w : grid.widths)
      for (int k = 0; k < grid.seeds; ++k) {
        std::string name = "width " + format_number(w);
        if (grid.depths.size() > 1) name += ", depth " + format_number(d);
        if (grid.seeds > 1) name += ", network " + std::to_string(k + 1);
        networks.push_back({name, cells(table, "run", w, d).where("seed", k)});
      }
  for (const Network& network : networks)
    print_runs(model + ", " + network.name, network.runs, grid.x, source);

  Panels losses("runs_loss"), sharpnesses("runs_sharpness");
  for (Panels* panels : {&losses, &sharpnesses})
    panels->title(model)
        .subtitle(std::string("ten steps at c = 2^x") + (source ? "; dashed: the source's" : ""))
        .x_axis("step").x_range(0, 10).columns(std::min(5, static_cast<int>(grid.x.size())));
  losses.y_axis("loss / loss_0", Scale::log2).y_range(1.0 / 16, 16);
  sharpnesses.y_axis("λ / λ_0", Scale::log2).y_range(1.0 / 512, 8);
  for (const double x : grid.x) {
    Figure& loss = losses.panel("x = " + format_number(x));
    Figure& sharpness = sharpnesses.panel("x = " + format_number(x));
    for (const Network& network : networks) {
      const Trajectory run = runs_of(network.runs.where("x", x), "").at(0);
      const Values l = relative(run.loss), s = relative(run.sharpness);
      loss.line(steps_of(l), l, network.name);
      sharpness.line(steps_of(s), s, network.name);
    }
    if (!source) continue;
    const Trajectory run = source_run(*source, x);
    const Values l = relative(run.loss), s = relative(run.sharpness);
    loss.dashed(steps_of(l), l, "the source");
    sharpness.dashed(steps_of(s), s, "the source");
  }
  losses.draw(options.out);
  sharpnesses.draw(options.out);
}

}  // namespace gradus
