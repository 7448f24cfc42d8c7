#include "chapters/ch06_abc/report.h"

namespace gradus {

Curve curve_of(const Table& rows, const char* quantity) {
  const Table all = rows.where("quantity", quantity);
  const Values widths = all.distinct("width");
  const std::vector<Values> seeds = all.grouped("width", "value");
  return {spread_of(seeds), widths, exponent_over_seeds(widths, seeds)};
}

Values losses_of(const Table& mixed, const Parametrisation& table,
                 std::int64_t width) {
  const Table rows = mixed.where("table", table.name).where("width", width);
  Values losses;
  for (const Values& seeds : rows.grouped("lr", "value"))
    losses.push_back(median(seeds));
  return losses;
}

}  // namespace gradus
