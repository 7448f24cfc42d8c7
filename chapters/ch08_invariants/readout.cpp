#include <cmath>
#include <cstdio>

#include "chapters/ch08_invariants/report.h"
#include "nn/instruments/fits.h"
#include "nn/instruments/statistics.h"

namespace gradus {

void report_readout(const Table& table, Report& report) {
  std::printf(
      "Output weights: their gain over what they do (medians; derived)\n");
  std::printf("     n   to z, at the start   to z's change in a step\n");
  std::vector<double> widths = table.distinct("width"), starts, changes,
                      derived;
  for (const double n : widths) {
    const Table rows = table.where("width", n);
    starts.push_back(median(rows.numbers("start")));
    changes.push_back(median(rows.numbers("change")));
    derived.push_back(1 + std::sqrt(n / outputs));
    std::printf("  %4.0f   %11.1f (%4.1f)   %23.2f\n", n, starts.back(),
                derived.back(), changes.back());
  }
  std::printf("\n");
  report.claim("readout_random", "exponent of the gain over |zW|, start",
               fit_log_log(widths, starts).slope,
               equals(fit_log_log(widths, derived).slope, 0.15));
  report.claim("readout_aligned", "exponent of the same for z's change",
               fit_log_log(widths, changes).slope, equals(0, 0.15));
  report.number("readout_start", starts.back(), 3);
  report.number("readout_change", changes.back(), 0.2);
}

}  // namespace gradus
