// Solution of exercise 7.1: a check that says yes or no.

#include <cmath>
#include <string>
#include <vector>

#include "nn/instruments/coordinate_check.h"
#include "nn/instruments/fits.h"

using namespace gradus;

/// rows[i] are those of width widths[i]; the names come in the order of the layers.
std::vector<std::string> suspicious(
    const std::vector<double>& widths,
    const std::vector<std::vector<CoordinateRow>>& rows, std::int64_t step,
    double tolerance) {
  std::vector<std::string> names;
  for (std::size_t row = 0; row < rows[0].size(); ++row) {
    if (rows[0][row].step != step) continue;
    std::vector<double> changes;
    bool moves = true;
    for (const std::vector<CoordinateRow>& of_width : rows) {
      changes.push_back(of_width[row].delta_rms);
      moves = moves && changes.back() > 0;
    }
    // Written so that a slope of NaN, after a divergence, is suspicious too.
    if (!(moves && std::abs(fit_log_log(widths, changes).slope) <= tolerance))
      names.push_back(rows[0][row].layer);
  }
  return names;
}
