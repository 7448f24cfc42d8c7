#include "chapters/ch15_output_scale/zero_last.h"

#include <cstdio>
#include <string>
#include <vector>

#include "chapters/support/csv.h"
#include "nn/instruments/fits.h"
#include "nn/instruments/statistics.h"

namespace gradus {

using Values = std::vector<double>;

void depths(const Table& rows, Report& report) {
  const auto rising = [&](const char* quantity) {
    return statistics(rows.where("quantity", quantity).numbers("value"));
  };
  report.claim("depths_below",
               "zero last layer, depths 2 and 8: any rise at 2^0.9",
               rising("rises at 0.9").largest, equals(0));
  report.claim("depths_above", "the same at 2^1.3, share of the runs",
               rising("rises at 1.3").mean, equals(1));
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

}  // namespace gradus
