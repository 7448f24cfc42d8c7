// The coordinate check of a network that another program trained:
//
//   ./run check FILE.csv
//
// FILE.csv has a row for each width, step and layer, and for each seed where
// there are several. Its column rms is the root mean square of h(t) - h(0),
// what training has changed in that layer; other columns are ignored.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "autodiff/check.h"
#include "chapters/ch07_coordinate_check/report.h"
#include "chapters/support/csv.h"
#include "chapters/support/plotting/panels.h"
#include "chapters/support/program.h"
#include "chapters/support/table.h"

using namespace gradus;

constexpr double tolerance = 0.15;  // of a slope; chapter 7 says why

// What training has changed, by layer, step, width and seed.
struct Record {
  std::vector<std::string> layers;  // in the order of the file
  std::set<std::int64_t> steps;
  std::set<double> widths, seeds;
  std::map<std::tuple<std::string, std::int64_t, double, double>, double> rms;
};

Record read_record(const std::string& path) {
  const Table table = Table::read(path);
  const bool seeds = table.has("seed");
  Record record;
  for (std::size_t row = 0; row < table.size(); ++row) {
    const std::string where =
        path + ", row " + std::to_string(row + 1) + ": ";
    const std::string& layer = table.text(row, "layer");
    const double width = table.number(row, "width");
    const std::int64_t step = table.integer(row, "step");
    const double seed = seeds ? table.number(row, "seed") : 0;
    const double rms = table.number(row, "rms");
    check(width > 0 && step >= 0, where, "width ", width, ", step ", step,
          "; a width is above 0, a step at least 0");
    check(!(rms < 0), where, "an rms of ", rms, " is below 0");
    if (step == 0) {
      check(rms == 0, where, "rms is ", rms, " at step 0; write the rms of ",
            "h(t) - h(0), what has changed, not that of h(t)");
      continue;
    }
    const bool is_new =
        record.rms.emplace(std::tuple{layer, step, width, seed}, rms).second;
    check(is_new, where, "layer '", layer, "' of width ", width, " at step ",
          step, " stands there twice; a column seed tells draws apart");
    if (std::count(record.layers.begin(), record.layers.end(), layer) == 0)
      record.layers.push_back(layer);
    record.steps.insert(step);
    record.widths.insert(width);
    record.seeds.insert(seed);
  }
  check(!record.layers.empty(), path, " has no row with a step above 0");
  return record;
}

void check_complete(const Record& record, const std::string& path) {
  const std::set<double>& widths = record.widths;
  check(widths.size() >= 3 && *widths.rbegin() >= 4 * *widths.begin(), path,
        " has ", widths.size(), " widths; a slope needs three at least, ",
        "over a factor of 4 or more");
  for (const std::string& layer : record.layers)
    for (const std::int64_t step : record.steps)
      for (const double width : widths)
        for (const double seed : record.seeds)
          check(record.rms.contains({layer, step, width, seed}), path,
                " lacks layer '", layer, "' of width ", width, ", seed ",
                seed, ", at step ", step);
}

Curve curve_of(const Record& record, const std::string& layer,
               std::int64_t step) {
  std::vector<Values> rms;
  for (const double width : record.widths) {
    rms.emplace_back();
    for (const double seed : record.seeds)
      rms.back().push_back(record.rms.at({layer, step, width, seed}));
  }
  return curve_over_seeds({record.widths.begin(), record.widths.end()}, rms);
}

// What one layer's curve says, and whether it is under suspicion.
struct Verdict {
  bool suspicious;
  std::string text;
};

Verdict judge(const Curve& curve) {
  for (std::size_t i = 0; i < curve.widths.size(); ++i) {
    const std::string width = std::to_string(std::llround(curve.widths[i]));
    if (!std::isfinite(curve.largest[i]))
      return {true, "diverged at width " + width + ": take a smaller rate"};
    if (curve.smallest[i] == 0)
      return {true, "has not moved at width " + width};
  }
  const double slope = curve.slope.value;
  if (std::fabs(slope) <= tolerance) return {false, "flat"};
  const char* nearest =  // of the exponents that the book derives
      slope > 1.25    ? "near n^3/2: SP's output under Adam"
      : slope > 0.75  ? "near n: a factor n_0/n is missing"
      : slope > 0.25  ? "near n^1/2: SP's hidden layers, SGD"
      : slope > -0.25 ? "slowly: take more steps and widths"
      : slope > -0.75 ? "near n^-1/2: a layer of NTK"
                      : "near 1/n: a bias scaled as a weight";
  return {true, (slope > 0 ? "grows " : "fades ") + std::string(nearest)};
}

struct Judged {
  std::string layer;
  std::int64_t step;
  Curve curve;
  Verdict verdict;
};

// The output early, since training leads it to its target at every width; the
// others late.
std::vector<Judged> judge_layers(const Record& record,
                                 const std::string& output) {
  std::vector<Judged> all;
  for (const std::string& layer : record.layers) {
    const std::int64_t step =
        layer == output ? *record.steps.begin() : *record.steps.rbegin();
    const Curve curve = curve_of(record, layer, step);
    all.push_back({layer, step, curve, judge(curve)});
  }
  return all;
}

void print(const std::vector<Judged>& all) {
  std::size_t longest = 16;
  for (const Judged& one : all) longest = std::max(longest, one.layer.size());
  const int column = static_cast<int>(longest);
  std::printf("%-*s%5s  %-14s%s\n", column, "layer", "step", "slope",
              "verdict");
  for (const Judged& one : all) {
    char slope[40] = "none";
    const Exponent& exponent = one.curve.slope;
    if (std::isfinite(exponent.value))
      std::snprintf(slope, sizeof slope, "%5.2f +- %.2f", exponent.value,
                    exponent.error);
    const bool is_wide = 2 * exponent.error > tolerance;
    std::printf("%-*s%5lld  %-14s%s%s\n", column, one.layer.c_str(),
                static_cast<long long>(one.step), slope,
                one.verdict.text.c_str(), is_wide ? "; take more seeds" : "");
  }
}

// The six curves that are furthest from flat: a figure has six colours.
void draw(std::vector<Judged> all, const std::filesystem::path& out) {
  const auto steepness = [](const Judged& one) {
    const double slope = one.curve.slope.value;
    return std::isfinite(slope) ? std::fabs(slope) : -1;
  };
  const std::size_t layers = all.size();
  std::stable_sort(all.begin(), all.end(), [&](const auto& a, const auto& b) {
    return steepness(a) > steepness(b);
  });
  all.resize(std::min<std::size_t>(layers, 6));
  Figure figure("coordinate_check");
  figure.title("What training changed, against the width")
      .subtitle((layers > all.size() ? "rms, the steepest of all layers; "
                                     : "rms; ") +
                std::string("median over seeds, smallest to largest"))
      .x_axis("width n", Scale::log2)
      .y_axis("change", Scale::log10);
  for (const Judged& one : all)
    if (std::isfinite(one.curve.slope.value))
      figure
          .line(one.curve.widths, one.curve.median,
                one.layer + "\nstep " + std::to_string(one.step))
          .band(one.curve.widths, one.curve.smallest, one.curve.largest);
  std::filesystem::create_directories(out);
  figure.draw(out);
}

int check_file(const std::string& path, std::string output,
               const std::filesystem::path& out) {
  const Record record = read_record(path);
  check_complete(record, path);
  if (output.empty()) output = record.layers.back();
  check(std::count(record.layers.begin(), record.layers.end(), output) == 1,
        path, " has no layer '", output, "'");

  const std::vector<Judged> all = judge_layers(record, output);
  print(all);
  draw(all, out);
  const auto suspects =
      std::count_if(all.begin(), all.end(),
                    [](const auto& one) { return one.verdict.suspicious; });
  std::printf(
      "\n%s\nNo slope shows a wrong base width, a constant that is wrong at "
      "every width,\nthe depth, or weight decay: see chapter 7.\n",
      suspects == 0 ? "Every layer moves alike at every width."
                    : "Not every layer moves alike at every width.");
  return suspects == 0 ? 0 : 1;
}

int main(int argc, char** argv) {
  return run_guarded("check", [&] {
    std::string path, output, out = "build/check";
    CLI::App app(
        "The coordinate check of chapter 7 on a network of your own: a table "
        "with the columns\nwidth, step, layer, rms and, with several draws, "
        "seed, where rms is that of h(t) - h(0).");
    app.add_option("FILE", path, "the table, CSV")->required();
    app.add_option("--output", output,
                   "the network's output (default: the last layer)");
    app.add_option("--out", out, "folder for the figure")
        ->capture_default_str();
    return parse_command_line(app, argc, argv) ? check_file(path, output, out)
                                               : 0;
  });
}
