// Chapter 8, the report on losses.csv: how SP's loss falls at each width.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <vector>

#include "chapters/ch08_invariants/report.h"
#include "nn/instruments/statistics.h"

namespace gradus {

void report_losses(const Table& table, Report& report) {
  constexpr std::int64_t shown[] = {0, 1, 2, 4, 8, 16, 32};
  std::printf("SP: loss of the batch after t steps, medians of %zu seeds\n",
              table.distinct("seed").size());
  std::printf("width  t =");
  for (const std::int64_t t : shown) std::printf("%8d", static_cast<int>(t));
  std::printf("\n");
  for (const double width : table.distinct("width")) {
    std::printf("%5.0f     ", width);
    const Table rows = table.where("width", width);
    for (const std::int64_t t : shown)
      std::printf("%8.3g", median(rows.where("step", t).numbers("loss")));
    std::printf("\n");
  }
  std::printf("\n");

  const auto after = [&](std::int64_t width, std::int64_t t) {
    return table.where("width", width).where("step", t).numbers("loss");
  };
  report.claim("losses_fall", "SP, t = 8: loss at n = 512 over that at 64",
               median(after(512, 8)) / median(after(64, 8)), below(1));
  double least = 1e9, back = 0;  // of the widths from 1024 on
  for (const std::int64_t width : {1024, 2048}) {
    const std::vector<double> first = after(width, 0), next = after(width, 1);
    for (std::size_t k = 0; k < first.size(); ++k)
      least = std::min(least, next[k] / first[k]);
    back = std::max(back, median(after(width, 8)) / median(first));
  }
  report.claim("losses_first_step",
               "SP, n = 1024, 2048: loss after one step over the first, "
               "smallest",
               least, above(1));
  report.claim("losses_back", "the same after 8 steps, larger median", back,
               below(1));
}

}  // namespace gradus
