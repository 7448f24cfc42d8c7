#include <algorithm>
#include <cmath>

#include "autodiff/check.h"
#include "chapters/ch09_transfer_sgd/report.h"
#include "nn/instruments/statistics.h"

namespace gradus {

const Values& Curve::at(double log_rate) const {
  const auto found = std::find(log_rates.begin(), log_rates.end(), log_rate);
  check(found != log_rates.end(),
        "losses.csv has no runs at log2_lr = ", log_rate);
  return seeds[static_cast<std::size_t>(found - log_rates.begin())];
}

Values Curve::medians() const {
  Values result;
  for (const Values& losses : seeds) result.push_back(median(losses));
  return result;
}

Values Curve::of_seed(std::size_t k) const {
  Values result;
  for (const Values& losses : seeds) result.push_back(losses.at(k));
  return result;
}

UCurves u_curves(const Table& losses, const std::string& task,
                 double chance) {
  UCurves result{chance, {}};
  const Table ends = losses.where("task", task).where("quantity", "loss");
  for (std::size_t i = 0; i < compared().size(); ++i) {
    const Table rows = ends.where("table", compared()[i].name);
    for (double width : rows.distinct("width")) {
      const Table of = rows.where("width", width);
      result.tables[i].push_back({static_cast<std::int64_t>(width),
                                  of.distinct("log2_lr"),
                                  of.grouped("log2_lr", "value")});
    }
  }
  return result;
}

// [vertex]
// The first minimum from the left: the curve ends where it has risen by a
// tenth. A net that diverged knows nothing, so its loss counts as `chance`.
Vertex first_minimum(const Values& log_rates, const Values& losses,
                     double chance) {
  Values x, y;
  double lowest = chance;
  for (std::size_t i = 0; i < losses.size(); ++i) {
    const double loss = std::min(losses[i], chance);
    x.push_back(log_rates[i]);
    y.push_back(std::log2(loss));
    lowest = std::min(lowest, loss);
    if (loss > 1.1 * lowest) break;
  }
  return fit_vertex(x, y);
}
// [vertex]

Best best_of(const Curve& curve, double chance) {
  const Vertex of_medians =
      first_minimum(curve.log_rates, curve.medians(), chance);
  Values rates;
  for (std::size_t k = 0; k < curve.seeds[0].size(); ++k)
    rates.push_back(
        first_minimum(curve.log_rates, curve.of_seed(k), chance).x);
  const Statistics of = statistics(rates);
  return {of_medians.x, std::exp2(of_medians.y), of.smallest, of.largest};
}

Values shifts(const Curve& narrow, const Curve& wide, double chance) {
  Values octaves;
  for (std::size_t k = 0; k < narrow.seeds[0].size(); ++k)
    octaves.push_back(
        first_minimum(wide.log_rates, wide.of_seed(k), chance).x -
        first_minimum(narrow.log_rates, narrow.of_seed(k), chance).x);
  return octaves;
}

Shift mean_shift(const Values& shifts) {
  const std::size_t freedom = shifts.size() - 1;
  constexpr double student[] = {6.31, 2.92, 2.35, 2.13, 2.02, 1.94, 1.89};
  check(freedom >= 1 && freedom <= std::size(student),
        "chapter 9 takes 2 to 8 seeds, not ", shifts.size());
  const Statistics of = statistics(shifts);
  return {of.mean, of.deviation / std::sqrt(double(shifts.size())),
          student[freedom - 1]};
}

}  // namespace gradus
