// Chapter 10, the report: what more.csv says of rates per layer in SP, and of
// weight decay under muP.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>

#include "chapters/ch10_transfer_adam/report.h"
#include "nn/instruments/statistics.h"

namespace gradus {
namespace {

void rates(const Table& trained, Report& report) {
  const Values widths = trained.distinct("width");
  std::printf(
      "Best rate, log2, and loss there\n          n    rate   loss\n");
  for (const char* name : {"sp", "layers", "mup"})
    for (double width : widths) {
      const Curve curve = curve_of(trained, name, width);
      const Vertex vertex = best(curve.octaves, curve.medians);
      const double loss = std::exp2(vertex.y);
      std::printf("%-8s%4.0f  %6.2f  %.3f\n", name, width, vertex.x, loss);
      const std::string key =
          std::string("more_") + name + "_" + format_number(width);
      report.number("best_" + key, vertex.x, 0.5);
      report.number("loss_" + key, loss, 0.03);
    }
  std::printf("\nOctaves that it moves, and the seeds' standard error\n");
  const auto moved = [&](const char* name) {
    const Shift of = shift(curve_of(trained, name, widths.front()),
                           curve_of(trained, name, widths.back()));
    std::printf("%-8s %5.2f +- %.2f\n", name, of.value, of.error);
    report.number(std::string("more_error_") + name, of.error, 0.3);
    return of.value;
  };
  const double sp = moved("sp"), layers = moved("layers"), mup = moved("mup");
  std::printf("\n");
  report.claim("more_sp", "octaves from n = 64 to the widest, SP, one rate",
               sp, below(-1));
  report.number("more_layers", layers, 0.7);
  report.claim("more_layers_less",
               "the same, SP with rates per layer, over SP's", layers / sp,
               below(0.5));
  report.claim("more_mup", "the same, µP", mup, equals(0, 0.5));
  const auto lowest = [&](const char* name) {
    const Curve curve = curve_of(trained, name, widths.back());
    return std::exp2(best(curve.octaves, curve.medians).y);
  };
  report.claim("more_lower",
               "lowest loss, widest, SP with rates per layer over µP",
               lowest("layers") / lowest("mup"), below(1));
}

// What decay has left of the weights: their rms over that without decay,
// medians over the seeds.
void decays(const Table& decayed, Report& report) {
  const Values widths = decayed.distinct("width");
  const auto rms_of = [&](const std::string& curve, double width,
                          const char* layer) {
    return median(decayed.where("curve", curve)
                      .where("width", width)
                      .where("quantity", layer)
                      .numbers("value"));
  };
  std::printf(
      "Weights with decay over weights without, rms after 200 steps\n"
      "                       hidden                   output\n"
      "decay       table");
  for (int layer = 0; layer < 2; ++layer)
    for (double width : widths) std::printf("  n = %-4.0f", width);
  std::printf("\n");
  std::map<std::string, Values> left;  // "decoupled 3 hidden": at each width
  for (const std::string form : {"decoupled", "independent", "coupled"})
    for (const std::string table : {"3", "8"}) {
      std::printf("%-12s%4s ", form.c_str(), table.c_str());
      for (const std::string layer : {"hidden", "output"})
        for (double width : widths) {
          // Table 8 stores the output m times as large as table 3.
          const double m =
              layer == "output" && table == "8" ? width / base_width : 1;
          const double share =
              rms_of(form + " " + table, width, layer.c_str()) /
              (m * rms_of("none", width, layer.c_str()));
          std::printf("    %.3f ", share);
          left[form + " " + table + " " + layer].push_back(share);
          report.number(
              form + "_" + table + "_" + layer + "_" + format_number(width),
              share, 0.1);
        }
      std::printf("\n");
    }
  std::printf("\n");
  // How much of the decay at the base width is left at the widest, as logarithms.
  const auto stays = [&](const char* name) {
    return std::log(left[name].back()) / std::log(left[name].front());
  };
  double apart = 0;
  for (const std::string layer : {" hidden", " output"})
    for (std::size_t i = 0; i < widths.size(); ++i)
      apart = std::max(apart, std::fabs(left["independent 3" + layer][i] -
                                        left["independent 8" + layer][i]));
  report.claim("independent_same",
               "shares that independent decay leaves, table 3 minus 8, at "
               "most",
               apart, equals(0, 0.01));
  report.claim("independent_stays",
               "its logarithm, hidden, widest over narrowest",
               stays("independent 3 hidden"), equals(1, 0.5));
  report.claim("decoupled_hidden", "the same, decoupled",
               stays("decoupled 3 hidden"), below(0.35));
  report.claim("decoupled_output_3", "the same, output, table 3",
               stays("decoupled 3 output"), below(0.35));
  report.claim("decoupled_output_8", "the same, output, table 8",
               stays("decoupled 8 output"), equals(1, 0.5));
  report.claim(
      "coupled_output",
      "share that coupled decay leaves of the output, widest, table "
      "3 minus 8",
      left["coupled 3 output"].back() - left["coupled 8 output"].back(),
      above(0.3));
}

}  // namespace

void report_more(Report& report) {
  const Table table = report.table("more");
  const Table trained = table.where("quantity", "loss");
  rates(trained.where("part", "rates"), report);
  decays(table.where("part", "decay"), report);
  draw_layers(trained.where("part", "rates"), report.out);
}

}  // namespace gradus
