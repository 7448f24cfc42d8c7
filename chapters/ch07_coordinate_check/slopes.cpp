#include "chapters/ch07_coordinate_check/report.h"

namespace gradus {
namespace {

// [slope]
Curve curve_of(const Table& rows, const char* quantity) {
  const Values widths = rows.distinct("width");
  std::vector<Values> seeds;  // at each width
  for (const double width : widths)
    seeds.push_back(rows.where("width", width).numbers(quantity));
  Curve curve{spread_of(seeds), widths};
  for (std::size_t i = 0; i < widths.size(); ++i)
    // Nothing has moved, as below a readout of zeros at t = 1; or diverged.
    if (!(curve.smallest[i] > 0 && std::isfinite(curve.largest[i])))
      return curve;
  curve.slope = exponent_over_seeds(widths, seeds);
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
