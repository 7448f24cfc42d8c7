#include "chapters/ch06_abc/report.h"
#include "nn/instruments/statistics.h"

namespace gradus {

Curve curve_of(const Table& rows, const char* quantity) {
  const Table all = rows.where("quantity", quantity);
  Curve curve;
  std::vector<Values> by_width;
  curve.widths = all.distinct("width");
  for (const double width : curve.widths) {
    by_width.push_back(all.where("width", width).numbers("value"));
    const Statistics of = statistics(by_width.back());
    curve.means.push_back(of.mean);
    curve.smallest.push_back(of.smallest);
    curve.largest.push_back(of.largest);
  }
  curve.exponent = exponent_over_seeds(curve.widths, by_width);
  return curve;
}

Values losses_of(const Table& mixed, const Parametrisation& table,
                 std::int64_t width) {
  const Table rows = mixed.where("table", table.name).where("width", width);
  Values losses;
  for (const double lr : rows.distinct("lr"))
    losses.push_back(median(rows.where("lr", lr).numbers("value")));
  return losses;
}

}  // namespace gradus
