#include "chapters/ch15_output_scale/zero_last.h"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <string>
#include <vector>

#include "chapters/ch15_output_scale/diagram.h"
#include "chapters/ch15_output_scale/experiment.h"
#include "chapters/support/csv.h"
#include "chapters/support/plotting/panels.h"
#include "nn/instruments/fits.h"
#include "nn/instruments/statistics.h"

namespace gradus {

using Values = std::vector<double>;
constexpr double infinite = std::numeric_limits<double>::infinity();

void depths(const Table& rows, Report& report) {
  const auto rising = [&](const char* quantity) {
    return statistics(rows.where("quantity", quantity).numbers("value"));
  };
  report.claim("depths_below",
               "zero last layer, depths 2 and 8: any rise at 2^0.9",
               rising("rises at 0.9").largest, equals(0));
  double fewest = 1;
  for (double depth : rows.distinct("depth"))
    for (double n : rows.distinct("width"))
      fewest = std::min(fewest, median(rows.where("depth", depth)
                                           .where("width", n)
                                           .where("quantity", "rises at 1.3")
                                           .numbers("value")));
  report.claim("depths_above",
               "the same at 2^1.3, median run of every depth and width",
               fewest, equals(1));
  report.number("depths_share", rising("rises at 1.3").mean, 0.2);
}

void rise(const Table& rows, Report& report) {
  const Values widths = rows.distinct("width");
  const auto of = [&](double n, const char* quantity) {
    return median(
        rows.where("width", n).where("quantity", quantity).numbers("value"));
  };
  std::printf(
      "Zero last layer: how far the sharpness rises in ten steps\n"
      "   n      c = 1    c = 2^1.2\n");
  Values wide, rises;
  for (double n : widths) {
    std::printf("%4.0f  %8.2f%%  %10.2f%%\n", n, 100 * of(n, "rise at 0"),
                100 * of(n, "rise at 1.2"));
    const std::string name = "rise_" + format_number(n);
    report.number(name, of(n, "rise at 0"), 0.02);
    if (n < 128) continue;
    wide.push_back(n);
    rises.push_back(of(n, "rise at 0"));
  }
  std::printf("\n");
  report.claim("rise_exponent", "exponent of the rise at c = 1, n >= 128",
               fit_log_log(wide, rises).slope, between(-2, -1));
  report.claim("margin", "n = 512, c = 2^1.2: rise of the sharpness",
               of(512, "rise at 1.2"), below(0.05));
}

void margins(const Table& rows, Report& report) {
  const Values widths = rows.distinct("width");
  Panels panels("margin");
  panels.title("The same runs, counted twice")
      .subtitle(
          "above: any rise of the sharpness counts; below: one of more than "
          "5%")
      .x_axis("1 / width", Scale::log2)
      .y_axis("c", Scale::log2)
      .y_range(1, 32)
      .columns(3);
  std::printf(
      "c_sharp, log2, with a margin of 0 and of 5%%\n                loss   "
      "0    5%%\n");
  double moved = 0, before = -infinite, order = infinite;
  for (const char* margin : {"x_sharp", "x_sharp_margin"})
    for (const char* name : {"sp", "si", "zero"}) {
      Diagram diagram;
      for (double n : widths) {
        const auto of = [&](const char* quantity) {
          return median(rows.where("variant", name)
                            .where("width", n)
                            .where("quantity", quantity)
                            .numbers("value"));
        };
        add_point(diagram, -std::log2(n), [&](const std::string& quantity) {
          return of(quantity == "x_sharp" ? margin : quantity.c_str());
        });
        if (margin == std::string("x_sharp")) continue;
        std::printf("%-4s %7.0f    %4.1f %4.1f  %4.1f\n", name, n,
                    of("x_loss"), of("x_sharp"), of("x_sharp_margin"));
        report.number(std::string("margin_") + name + "_" + format_number(n),
                      of("x_sharp_margin"), 0.2);
        const double later = of("x_sharp_margin") - of("x_loss");
        if (name == std::string("sp"))
          moved = std::max(moved, of("x_sharp_margin") - of("x_sharp"));
        if (name != std::string("zero")) continue;
        before = std::max(before, of("x_sharp") - of("x_loss"));
        if (n >= 256) order = std::min(order, later);
      }
      fill(panels.panel(named(name).title +
                        (margin == std::string("x_sharp") ? "" : ", 5%")),
           diagram);
    }
  report.claim("margin_sp", "octaves that 5% move c_sharp of SP, at most",
               moved, below(0.25));
  report.claim("margin_none",
               "octaves from c_loss to c_sharp, zero last layer, at most",
               before, below(0));
  report.claim("margin_order",
               "the same where 5% count, n = 256 and 512, at least", order,
               above(0));
  std::printf("\n");
  panels.draw(report.out);
}

}  // namespace gradus
