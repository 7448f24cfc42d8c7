#include <cmath>

#include "chapters/ch10_transfer_adam/report.h"
#include "nn/instruments/statistics.h"

namespace gradus {

Curve curve_of(const Table& trained, const std::string& name, double width) {
  const Table rows = trained.where("curve", name).where("width", width);
  Curve result{rows.distinct("lr"), {}, {}};
  for (const Values& seeds : rows.grouped("lr", "value"))
    result.medians.push_back(median(seeds));
  result.of_seed = rows.grouped("seed", "value");
  return result;
}

// [best]
// Where the loss is lowest: the vertex of log loss over log2 of the rate.
Vertex best(const Values& octaves, const Values& losses) {
  Values logs;
  for (double loss : losses) logs.push_back(std::log2(loss));
  return fit_vertex(octaves, logs);
}

// Octaves from the best rate of one curve to that of another: of medians, and
// the standard error of the single seeds' mean.
Shift shift(const Curve& narrow, const Curve& wide) {
  Values shifts;
  for (std::size_t k = 0; k < narrow.of_seed.size(); ++k)
    shifts.push_back(best(wide.octaves, wide.of_seed[k]).x -
                     best(narrow.octaves, narrow.of_seed[k]).x);
  const double from = best(narrow.octaves, narrow.medians).x;
  const double seeds = static_cast<double>(shifts.size());
  return {best(wide.octaves, wide.medians).x - from,
          statistics(shifts).deviation / std::sqrt(seeds)};
}
// [best]

}  // namespace gradus
