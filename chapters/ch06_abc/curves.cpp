#include "chapters/ch06_abc/report.h"

namespace gradus {

Curve curve_of(const Table& rows, const char* quantity) {
  const Table all = rows.where("quantity", quantity);
  const Values widths = all.distinct("width");
  std::vector<Values> seeds;  // at each width
  for (const double width : widths)
    seeds.push_back(all.where("width", width).numbers("value"));
  return {spread_of(seeds), widths, exponent_over_seeds(widths, seeds)};
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
