#include <cmath>
#include <string>

#include "chapters/ch12_sharpness/report.h"

namespace gradus {

Trace trace_of(const Table& convergence, const char* matrix,
               const char* method) {
  const Table rows =
      convergence.where("matrix", matrix).where("method", method);
  return {rows.numbers("value"), rows.numbers("residual")};
}

double exact_of(const Table& convergence, const char* matrix) {
  if (matrix == std::string("planted")) return 1;
  return trace_of(convergence, matrix, "Lanczos").value.back();
}

const std::vector<Growth>& growths() {
  // clang-format off
  static const std::vector<Growth> all = {
      {"sp",           "SP",                 "width", "sp",         "raw",      1},
      {"ntk",          "NTK",                "width", "ntk",        "raw",      0},
      {"mup_raw",      "µP, raw",            "width", "mup_table3", "raw",      1},
      {"mup",          "µP, with its rates", "width", "mup_table3", "weighted", 0},
      {"residual_sp",  "",                   "width", "sp",         "residual", 0.5},
      {"residual_ntk", "",                   "width", "ntk",        "residual", -0.5},
      {"residual_mup", "",                   "width", "mup_table3", "residual", 0}};
  // clang-format on
  return all;
}

Curve curve_of(const Table& sharpness, const Growth& growth) {
  const Table rows = sharpness.where("part", growth.part)
                         .where("table", growth.table)
                         .where("quantity", growth.quantity);
  Curve curve;
  std::vector<Values> by_size;
  curve.sizes = rows.distinct("size");
  for (const double size : curve.sizes) {
    by_size.push_back(
        rows.where("size", static_cast<std::int64_t>(size)).numbers("value"));
    double mean = 1;
    for (const double value : by_size.back())
      mean *=
          std::pow(value, 1.0 / static_cast<double>(by_size.back().size()));
    curve.means.push_back(mean);
  }
  curve.exponent = exponent_over_seeds(curve.sizes, by_size);
  return curve;
}

}  // namespace gradus
