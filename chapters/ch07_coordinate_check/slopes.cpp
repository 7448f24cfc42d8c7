#include "chapters/ch07_coordinate_check/report.h"
#include "nn/instruments/statistics.h"

namespace gradus {
namespace {

// [slope]
Curve curve_of(const Table& rows, const char* quantity) {
  Curve curve;
  std::vector<Values> seeds;  // at each width
  for (const double width : rows.distinct("width")) {
    seeds.push_back(rows.where("width", width).numbers(quantity));
    const Statistics of = statistics(seeds.back());
    curve.widths.push_back(width);
    curve.medians.push_back(of.median);
    curve.smallest.push_back(of.smallest);
    curve.largest.push_back(of.largest);
    // Nothing has moved, as below a readout of zeros at t = 1; or diverged.
    if (!(of.smallest > 0 && std::isfinite(of.largest))) return curve;
  }
  curve.slope = exponent_over_seeds(curve.widths, seeds);
  return curve;
}
// [slope]

}  // namespace

Curve Slopes::operator()(const char* variant, bool adam, const char* layer,
                         std::int64_t t, const char* quantity) const {
  return curve_of(table.where("variant", variant)
                      .where("optimiser", adam ? "Adam" : "SGD")
                      .where("layer", layer)
                      .where("step", t),
                  quantity);
}

}  // namespace gradus
