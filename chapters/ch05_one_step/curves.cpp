#include <algorithm>
#include <cmath>

#include "autodiff/ops.h"
#include "chapters/ch05_one_step/kernel.h"
#include "chapters/ch05_one_step/report.h"
#include "nn/instruments/exponents.h"
#include "nn/instruments/sharpness.h"

namespace gradus {

double Curve::slope(double first, double last) const {
  return exponent_of_medians(x, seeds, first, last).value;
}

Curve against(const char* setting, const Table& table, const char* quantity) {
  const Table rows = table.where("quantity", quantity);
  Values xs = rows.distinct(setting);
  std::sort(xs.begin(), xs.end());
  std::vector<Values> seeds;
  for (const double x : xs)
    seeds.push_back(rows.where(setting, x).numbers("value"));
  return {spread_of(seeds), xs, seeds};
}

Curve step_curve(const Table& steps, std::int64_t inputs, std::int64_t depth,
                 const char* layer) {
  return against("width", steps.where("inputs", inputs).where("depth", depth),
                 layer);
}

double derived_rise(double n, double inputs) { return n + inputs / 2; }

Examples::Examples(const Table& dots, std::int64_t inputs)
    : inputs_(static_cast<double>(inputs)),
      dots_(dots.where("inputs", inputs).numbers("dot")) {
  count_ = std::lround(std::sqrt(static_cast<double>(dots_.size())));
}

double Examples::lambda(double n, std::int64_t depth) const {
  const auto dot_of = [&](std::int64_t i, std::int64_t j) {
    return dots_[static_cast<std::size_t>(i * count_ + j)];
  };
  Values k;
  for (std::int64_t i = 0; i < count_; ++i)
    for (std::int64_t j = 0; j < count_; ++j) {
      const double lengths = std::sqrt(dot_of(i, i) * dot_of(j, j));
      k.push_back(kernel(dot_of(i, j) / lengths, lengths / inputs_, inputs_,
                         n, depth));
    }
  const Tensor matrix = from_host(k, {count_, count_}, DType::f64);
  const auto product = [&](const std::vector<Tensor>& v) {
    return std::vector<Tensor>{matmul(matrix, v[0])};
  };
  return sharpness(product, {zeros({count_, 1}, DType::f64)}).lambda_max /
         static_cast<double>(count_);
}

Results::Results(const Report& report)
    : steps(report.table("one_step").where("part", "step")),
      curvature(report.table("one_step").where("part", "curvature")),
      runs(report.table("one_step").where("part", "run")),
      spiral(report.table("dots"), 2),
      images(report.table("dots"), 784) {}

}  // namespace gradus
