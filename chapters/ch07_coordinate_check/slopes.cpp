#include "chapters/ch07_coordinate_check/report.h"

namespace gradus {

// [slope]
Curve curve_over_seeds(const Values& widths,
                       const std::vector<Values>& seeds) {
  Curve curve{spread_of(seeds), widths};
  for (std::size_t i = 0; i < widths.size(); ++i)
    // Nothing has moved, as below a readout of zeros at t = 1; or diverged.
    if (!(curve.smallest[i] > 0 && std::isfinite(curve.largest[i])))
      return curve;
  curve.slope = seeds[0].size() > 1 ? exponent_over_seeds(widths, seeds)
                                    : exponent_of_medians(widths, seeds);
  return curve;
}
// [slope]

Curve Slopes::operator()(const char* variant, bool adam, const char* layer,
                         std::int64_t t, const char* quantity) const {
  const Table rows = table.where("variant", variant)
                         .where("optimiser", adam ? "Adam" : "SGD")
                         .where("layer", layer)
                         .where("step", t);
  return curve_over_seeds(rows.distinct("width"),
                          rows.grouped("width", quantity));
}

}  // namespace gradus
