#pragma once

#include <cmath>
#include <filesystem>
#include <vector>

#include "chapters/support/report.h"
#include "nn/instruments/exponents.h"
#include "nn/instruments/statistics.h"

/// What the report reads off the table of chapter 7.
namespace gradus {

using Values = std::vector<double>;

/// One layer's rms of h or of Delta h after some step, against the width.
struct Curve : Spread {
  Values widths;
  Exponent slope = {NAN, NAN};  // over the seeds
};

/// The curve of what each seed gave at each width; without a slope where something has not moved or
/// is not finite. A single seed's error is that of its line.
Curve curve_over_seeds(const Values& widths,
                       const std::vector<Values>& seeds);

/// The table, asked for one curve at a time.
struct Slopes {
  const Table& table;

  Curve operator()(const char* variant, bool adam, const char* layer,
                   std::int64_t t, const char* quantity = "delta") const;
};

void draw_figures(const Slopes& slopes, const std::filesystem::path& out);

}  // namespace gradus
