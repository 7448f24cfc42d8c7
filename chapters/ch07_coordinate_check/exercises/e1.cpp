// Exercise 7.1 (ten minutes): a check that says yes or no.
//
// Given the rows of coordinate checks at several widths, name the layers whose change after `step`
// steps is not independent of the width: those whose slope differs from 0 by more than `tolerance`,
// and those that have not moved at all, for a layer that stands still is no sign of health.
//
// Test it:
//   ./run exercise 7.1

#include <string>
#include <vector>

#include "nn/instruments/coordinate_check.h"

using namespace gradus;

/// rows[i] are those of width widths[i]; the names come in the order of the layers.
std::vector<std::string> suspicious(
    const std::vector<double>& widths,
    const std::vector<std::vector<CoordinateRow>>& rows, std::int64_t step,
    double tolerance) {
  (void)widths, (void)rows, (void)step, (void)tolerance;
  return {};  // your turn
}
