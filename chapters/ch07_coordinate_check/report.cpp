// Chapter 7, the report: slopes against the width, and who betrays which bug.
// A slope is the mean over seeds of each seed's own.

#include "chapters/ch07_coordinate_check/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "chapters/support/csv.h"

using namespace gradus;

struct Variant {
  const char *name, *text;
};
const std::vector<Variant> variants = {{"sp", "SP"},
                                       {"ntk", "NTK"},
                                       {"mup", "muP"},
                                       {"mup_random", "muP, random W_3"},
                                       {"bug_rate", "bug: hidden rate"},
                                       {"bug_output", "bug: output"},
                                       {"bug_biases", "bug: biases"}};

std::string text_of(const Curve& curve) {
  if (!std::isfinite(curve.slope.value)) return "none";
  char text[40];
  std::snprintf(text, sizeof text, "%5.2f +- %.2f", curve.slope.value,
                curve.slope.error);
  return text;
}

void print_slopes(const Slopes& slopes, const char* heading,
                  const char* quantity, std::int64_t t) {
  std::printf("%s\n%-23s%-14s%-14s%-14s%s\n", heading, "", "h_1", "h_2", "f",
              "b_1");
  for (const Variant& v : variants)
    for (const bool adam : {false, true})
      std::printf(
          "%-17s%-6s%-14s%-14s%-14s%s\n", v.text, adam ? "Adam" : "SGD",
          text_of(slopes(v.name, adam, "layer1", t, quantity)).c_str(),
          text_of(slopes(v.name, adam, "layer2", t, quantity)).c_str(),
          text_of(slopes(v.name, adam, "output", t, quantity)).c_str(),
          text_of(slopes(v.name, adam, "bias1", t, quantity)).c_str());
  std::printf("%-17s%-6s%-14s%-14s%s\n\n", "by hand", "SGD",
              text_of(slopes("own", false, "layer1", t, quantity)).c_str(),
              text_of(slopes("own", false, "layer2", t, quantity)).c_str(),
              text_of(slopes("own", false, "output", t, quantity)).c_str());
}

void save_slopes(const Table& table, const std::filesystem::path& path) {
  Csv csv({"variant", "optimiser", "layer", "step", "change", "change_error",
           "size"});
  for (const Variant& v : variants)
    for (const bool adam : {false, true})
      for (const char* layer : {"layer1", "layer2", "output", "bias1"}) {
        const char* optimiser = adam ? "Adam" : "SGD";
        const Table rows = table.where("variant", v.name)
                               .where("optimiser", optimiser)
                               .where("layer", layer);
        const Slopes few{rows};
        for (const std::int64_t t : {1, 2, 3, 5, 10, 20}) {
          const Curve change = few(v.name, adam, layer, t);
          csv.row({v.name, optimiser, layer, t, change.slope.value,
                   change.slope.error,
                   few(v.name, adam, layer, t, "rms").slope.value});
        }
      }
  csv.save(path);
}
void claim_slopes(const Slopes& slopes, Report& report) {
  const auto claim = [&](const std::string& name, const char* text,
                         const Curve& curve, Bounds expected) {
    report.claim(name, text, curve.slope.value, expected);
    report.number(name + "_error", curve.slope.error, 0.15);
  };
  claim("mup_sgd_h1", "muP, SGD, t = 20: slope of Δh_1",
        slopes("mup", false, "layer1", 20), equals(0, 0.15));
  claim("mup_sgd_h2", "muP, SGD, t = 20: slope of Δh_2",
        slopes("mup", false, "layer2", 20), equals(0, 0.15));
  claim("mup_adam_h1", "muP, Adam, t = 20: slope of Δh_1",
        slopes("mup", true, "layer1", 20), equals(0, 0.15));
  claim("mup_adam_h2", "muP, Adam, t = 20: slope of Δh_2",
        slopes("mup", true, "layer2", 20), equals(0, 0.15));
  claim("own_h1", "by hand, t = 20: slope of Δh_1",
        slopes("own", false, "layer1", 20), equals(0, 0.15));
  claim("own_h2", "by hand, t = 20: slope of Δh_2",
        slopes("own", false, "layer2", 20), equals(0, 0.15));
  claim("sp_sgd_h2", "SP, SGD, t = 1: slope of Δh_2",
        slopes("sp", false, "layer2", 1), above(0.35));
  claim("sp_sgd_f", "SP, SGD, t = 1: slope of Δf",
        slopes("sp", false, "output", 1), above(0.8));
  claim("sp_adam_h2", "SP, Adam, t = 1: slope of Δh_2",
        slopes("sp", true, "layer2", 1), above(0.35));
  claim("sp_adam_f", "SP, Adam, t = 1: slope of Δf",
        slopes("sp", true, "output", 1), above(0.8));
  claim("rate_h2", "hidden rate bug, Adam, t = 20: slope of Δh_2",
        slopes("bug_rate", true, "layer2", 20), above(0.35));
  claim("output_f", "output bug, SGD, t = 1: slope of Δf",
        slopes("bug_output", false, "output", 1), above(0.8));
  claim("output_adam_f", "output bug, Adam, t = 1: slope of Δf",
        slopes("bug_output", true, "output", 1), above(0.35));
  claim("biases_b1", "biases bug, SGD, t = 20: slope of Δb_1",
        slopes("bug_biases", false, "bias1", 20), equals(-1, 0.15));
  claim("biases_adam_b1", "biases bug, Adam, t = 20: slope of Δb_1",
        slopes("bug_biases", true, "bias1", 20), equals(-1, 0.15));
  claim("biases_h2", "biases bug, SGD, t = 20: slope of Δh_2",
        slopes("bug_biases", false, "layer2", 20), equals(0, 0.15));
  claim("ntk_h2", "NTK, SGD, t = 20: slope of Δh_2",
        slopes("ntk", false, "layer2", 20), below(-0.3));
  claim("ntk_size_h2", "NTK, SGD, t = 2: slope of the size of h_2",
        slopes("ntk", false, "layer2", 2, "rms"), equals(0, 0.15));
  claim("rate_size_h2",
        "hidden rate bug, Adam, t = 2: slope of the size of h_2",
        slopes("bug_rate", true, "layer2", 2, "rms"), equals(0, 0.15));
  double furthest = 0;
  for (const bool adam : {false, true})
    for (const char* layer : {"layer1", "layer2"}) {
      const Curve curve = slopes("mup", adam, layer, 20);
      furthest = std::max(furthest, std::abs(curve.slope.value));
    }
  report.number("mup_furthest", furthest, 0.15);
  report.number("rate_h2_early",
                slopes("bug_rate", true, "layer2", 2).slope.value, 0.15);
  report.number("rate_change_late",
                slopes("bug_rate", true, "layer2", 20).median.back(), 1);
  report.number("rate_size_late",
                slopes("bug_rate", true, "layer2", 20, "rms").slope.value,
                0.15);
  report.number("output_f_late",
                slopes("bug_output", false, "output", 20).slope.value, 0.3);
  report.number("sp_f_late", slopes("sp", false, "output", 20).slope.value,
                0.3);
  report.number("mup_sgd_f", slopes("mup", false, "output", 20).slope.value,
                0.15);
  report.number("mup_adam_f", slopes("mup", true, "output", 20).slope.value,
                0.15);
  report.number("random_h2",
                slopes("mup_random", false, "layer2", 1).slope.value, 0.2);
  report.number("random_h2_error",
                slopes("mup_random", false, "layer2", 1).slope.error, 0.15);
  report.number("random_f0",
                slopes("mup_random", false, "output", 0, "rms").slope.value,
                0.2);
  report.number("ntk_size_f",
                slopes("ntk", false, "output", 2, "rms").slope.value, 0.2);
  report.number("ntk_size_f_error",
                slopes("ntk", false, "output", 2, "rms").slope.error, 0.15);
}

// The largest relative difference between the changes in f32 and in f64, from
// step 2 on: before, zero-readout layers have not moved.
double rounding(const Table& table) {
  double largest = 0;
  const Table f32 = table.where("dtype", "f32"),
              f64 = table.where("dtype", "f64");
  for (std::size_t row = 0; row < f32.size(); ++row)
    if (f32.integer(row, "step") >= 2)
      largest = std::max(
          largest,
          std::abs(f32.number(row, "delta") / f64.number(row, "delta") - 1));
  return largest;
}

// How many changes of one variant, trained by SGD, differ from the other's.
double differences(const Table& table, const char* one, const char* other) {
  const Table sgd = table.where("optimiser", "SGD");
  const Table a = sgd.where("variant", one), b = sgd.where("variant", other);
  int apart = 0;
  for (std::size_t row = 0; row < a.size(); ++row)
    apart += a.text(row, "delta") != b.text(row, "delta");
  return apart;
}

// Four networks that the check passes, beside muP: slopes at t = 20, and how
// far the last hidden layer moves in units of muP's.
void claim_unseen(const Table& table, Report& report) {
  struct Row {
    const char *variant, *text, *last;
    Bounds factor;
  };
  const Row rows[] = {
      {"mup", "muP", "layer2", {}},  // the unit
      {"base_width", "n_0 = 16 for 64", "layer2", below(0.5)},
      {"gain", "1/fan_in for 2/fan_in", "layer2", below(0.9)},
      {"deep", "6 layers for 3", "layer5", above(2)},
      {"decay", "weight decay 0.1", "layer2", equals(1, 0.05)}};
  const Slopes slopes{table};
  const double unit = slopes("mup", true, "layer2", 20).median.back();
  std::printf(
      "Unseen: slopes (mean over seeds) at t = 20, Adam\n%-23s%-14s%-18s%s\n",
      "", "first layer", "last hidden one", "its change / muP's");
  double steepest = 0;
  for (const Row& row : rows) {
    const Curve first = slopes(row.variant, true, "layer1", 20),
                last = slopes(row.variant, true, row.last, 20);
    const double factor = last.median.back() / unit;
    std::printf("%-23s%-14s%-18s%5.2f\n", row.text, text_of(first).c_str(),
                text_of(last).c_str(), factor);
    steepest = std::max(
        {steepest, std::abs(first.slope.value), std::abs(last.slope.value)});
    if (row.variant != std::string("mup"))
      report.claim(std::string("unseen_") + row.variant,
                   std::string(row.text) +
                       ": change of the last hidden layer over muP's",
                   factor, row.factor);
  }
  std::printf("\n");
  report.claim("unseen", "the same five: steepest slope", steepest,
               below(0.15));
}

void chapter(Report& report) {
  const Table table = report.table("coordinates");
  const Slopes slopes{table};
  print_slopes(slopes,
               "Changes at t = 1: slope against width (mean over seeds)",
               "delta", 1);
  print_slopes(slopes,
               "Changes at t = 20: slope against width (mean over seeds)",
               "delta", 20);
  print_slopes(slopes,
               "Sizes at t = 2: slope against width (mean over seeds)", "rms",
               2);
  save_slopes(table, report.out / "slopes.csv");
  draw_figures(slopes, report.out);
  claim_slopes(slopes, report);
  claim_unseen(report.table("unseen"), report);
  report.claim("rate_sgd",
               "hidden rate bug, SGD: changes that differ from muP's",
               differences(table, "bug_rate", "mup"), equals(0));
  report.claim("rounding",
               "f32 against f64: largest relative difference of a change",
               rounding(report.table("rounding")), below(1e-3));
}

int main(int argc, char** argv) {
  return run_report(argc, argv, "ch07_coordinate_check", chapter);
}
