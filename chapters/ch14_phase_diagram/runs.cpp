#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <optional>
#include <string>

#include "autodiff/check.h"
#include "chapters/ch14_phase_diagram/report.h"
#include "chapters/support/plotting/panels.h"
#include "nn/instruments/statistics.h"

namespace gradus {
namespace {

// Published runs.
std::optional<Table> source_of(const Report& report) {
  if (!report.has("source")) return {};
  const Table source = report.table("source");
  check(source.size() > 0, "source.csv has no rows below a header");
  for (const char* column : {"x", "loss", "accuracy", "sharpness"})
    source.numbers(column);
  return source;
}

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
      std::printf("  %6.2f %6.3f",
                  *std::max_element(course.begin(), course.end()),
                  course.back());
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

struct Network {
  std::string name;
  Table runs;
};

Trajectory run_at(const Network& network, double x) {
  return runs_of(network.runs.where("x", x), "").at(0);
}

// The highest loss of a run, in units of its start.
double peak(const Trajectory& run) {
  const Values course = relative(run.loss);
  return *std::max_element(course.begin(), course.end());
}

// The first x at which a run's loss passes its start, or infinity.
template <class RunAt>
double first_rise(const Values& x, RunAt run) {
  for (double at : x)
    for (double loss : relative(run(at).loss))
      if (!(loss <= 1)) return at;  // NaN has passed it, too
  return std::numeric_limits<double>::infinity();
}

void quote_source(const Table& source, Report& report) {
  const Statistics accuracy = statistics(source.numbers("accuracy"));
  report.number("source_rows", static_cast<double>(source.size()));
  report.number("source_lowest", statistics(source.numbers("loss")).smallest);
  report.number("source_least_accurate", accuracy.smallest);
  report.number("source_most_accurate", accuracy.largest);
  const double rises = first_rise(source.distinct("x"), [&](double at) {
    return source_run(source, at);
  });
  report.number("source_rises", rises);
  report.number("source_rises_c", std::exp2(rises));
}

// How near our network of the source's size comes to its published runs.
void claim_source(const Table& source, const Network& network,
                  const Values& x, Report& report) {
  double apart = 0, flattest = 1;
  for (double at : x) {
    const Trajectory run = run_at(network, at);
    flattest = std::min(flattest, relative(run.sharpness).back());
    if (at <= 4.6)
      apart = std::max(
          apart, largest_distance(relative(run.loss),
                                  relative(source_run(source, at).loss)));
  }
  report.claim(
      "apart",
      "x up to 4.6: our losses and the source's apart, over the start", apart,
      below(0.1));
  // A fully connected network of this width and depth 8 has 4.5.
  report.claim("rises", "log2 c at which our loss first passes its start",
               first_rise(x, [&](double at) { return run_at(network, at); }),
               above(4.5));
  report.claim("flattest", "least last sharpness of ours, over its start",
               flattest, below(0.01));
}

// Twice the filters: the wider network's loss rises at a lower rate.
void claim_wider(const Network& narrow, const Network& wide, double x,
                 Report& report) {
  const std::string at = "x = " + format_number(x) + ", " + narrow.name;
  report.claim("narrow_calm", at + ": highest loss over its start",
               peak(run_at(narrow, x)), equals(1));
  report.claim("wide_rises", "the same, " + wide.name, peak(run_at(wide, x)),
               above(1));
}

// One network's runs as a table, beside the source's.
void print_runs(const std::string& model, const Network& network,
                const Values& x, const std::optional<Table>& source) {
  const Table& runs = network.runs;
  std::printf("%s, %s: begins at loss %.4f, lambda_0 %.4f\n", model.c_str(),
              network.name.c_str(),
              runs.where("quantity", "loss").number(0, "value"),
              runs.where("quantity", "lambda_0").number(0, "value"));
  if (source)
    std::printf("the source, on the right: loss %.4f, lambda_0 %.4f\n",
                source->number(0, "loss"), source->number(0, "sharpness"));
  std::printf(
      "      loss / start  sharpness / start\n"
      "   x   highest  last   highest  last\n");
  for (double at : x) {
    const Trajectory ours = run_at(network, at);
    std::printf("%4.1f", at);
    print_course(ours);
    if (source) {
      const Trajectory theirs = source_run(*source, at);
      print_course(theirs);
      std::printf("  %5.2f apart", largest_distance(relative(ours.loss),
                                                    relative(theirs.loss)));
    }
    std::printf("\n");
  }
  std::printf("\n");
}

// The same lambda_t of each run, measured in three ways: the range of one way over
// another, beside what the curvature does.
void print_fresh(const Network& network, const Values& x, Report& report) {
  std::printf(
      "%s: λ_t / λ_0 at the last step; range of one λ_t over another\n"
      "      one set  batches  20 steps   batches / set    20 steps / "
      "batches\n",
      network.name.c_str());
  Values of_batches, of_power;
  double ways = 1;
  for (double at : x) {
    const Trajectory run = run_at(network, at);
    Values batches, power;
    for (std::size_t t = 1; t < run.fresh_power.size(); ++t) {
      batches.push_back(run.fresh_sharpness[t] / run.sharpness[t]);
      power.push_back(run.fresh_power[t] / run.fresh_sharpness[t]);
    }
    const Statistics set = statistics(batches), steps = statistics(power),
                     end = statistics({relative(run.sharpness).back(),
                                       relative(run.fresh_sharpness).back(),
                                       relative(run.fresh_power).back()});
    std::printf(
        "%4.1f  %8.3f  %7.3f  %8.3f    %.3f to %.3f     %.3f to %.3f\n", at,
        relative(run.sharpness).back(), relative(run.fresh_sharpness).back(),
        relative(run.fresh_power).back(), set.smallest, set.largest,
        steps.smallest, steps.largest);
    of_batches.insert(of_batches.end(), batches.begin(), batches.end());
    of_power.insert(of_power.end(), power.begin(), power.end());
    ways = std::max(ways, end.largest / end.smallest);
  }
  std::printf("\n");
  report.number("batches_least", statistics(of_batches).smallest, 0.1);
  report.number("batches_most", statistics(of_batches).largest, 0.1);
  report.number("power_least", statistics(of_power).smallest, 0.05);
  report.number("power_most", statistics(of_power).largest, 0.05);
  report.claim("ways",
               "largest over smallest of the last sharpness, three ways",
               ways, below(1.5));
}

// The loss or the sharpness at each x, all networks in one panel; dashed, if it is
// wanted, the constant answer of the first.
void draw_runs(const std::string& model, const char* file, const char* axis,
               double least, double most, Values Trajectory::*quantity,
               const std::vector<Network>& networks, const Values& x,
               const std::optional<Table>& source, bool constant,
               const std::filesystem::path& out) {
  Panels panels(file);
  panels.title(model)
      .subtitle(std::string("ten steps at c = 2^x") +
                (source ? "; dashed: the source's, level: f = 1/10" : ""))
      .x_axis("step")
      .x_range(0, 10)
      .y_axis(axis, Scale::log2)
      .y_range(least, most)
      .columns(std::min(5, static_cast<int>(x.size())));
  for (double at : x) {
    Figure& panel = panels.panel("x = " + format_number(at));
    for (const Network& network : networks) {
      const Values values = relative(run_at(network, at).*quantity);
      panel.line(steps_of(values), values, network.name);
    }
    if (constant) {
      const double level = constant_loss / run_at(networks[0], at).loss[0];
      panel.dashed({0, 10}, {level, level}, "f = 1/10");
    }
    if (!source) continue;
    const Values values = relative(source_run(*source, at).*quantity);
    panel.dashed(steps_of(values), values, "the source");
  }
  panels.draw(out);
}

}  // namespace

void report_runs(const Networks& networks, const Table& table,
                 Report& report) {
  const std::optional<Table> source = source_of(report);
  const std::string model = report.option("model");
  std::vector<Network> all;
  for (double d : networks.depths)
    for (double w : networks.widths)
      for (int k = 0; k < networks.seeds; ++k) {
        std::string name = "width " + format_number(w);
        if (networks.depths.size() > 1) name += ", depth " + format_number(d);
        if (networks.seeds > 1) name += ", network " + std::to_string(k + 1);
        all.push_back({name, cells(table, "run", w, d).where("seed", k)});
      }
  for (const Network& network : all)
    print_runs(model, network, networks.x, source);
  if (source) quote_source(*source, report);
  const bool of_book = model == "myrtle10" && networks.widths.front() == 128;
  if (of_book && source && networks.x.back() > 5)
    claim_source(*source, all.front(), networks.x, report);
  if (of_book && networks.widths.size() > 1)
    claim_wider(all.front(), all.back(), networks.x.back(), report);
  const Table first = all.front().runs.where("x", networks.x.front());
  if (!runs_of(first, "").at(0).fresh_power.empty())
    print_fresh(all.front(), networks.x, report);
  draw_runs(model, "runs_loss", "loss / loss_0", 1.0 / 16, 16,
            &Trajectory::loss, all, networks.x, source,
            has_constant_loss(report), report.out);
  draw_runs(model, "runs_sharpness", "λ / λ_0", 1.0 / 512, 8,
            &Trajectory::sharpness, all, networks.x, source, false,
            report.out);
}

}  // namespace gradus
