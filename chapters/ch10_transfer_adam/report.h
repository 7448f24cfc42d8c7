#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "chapters/ch10_transfer_adam/experiment.h"
#include "chapters/support/report.h"
#include "nn/instruments/fits.h"

/// What the report reads off the table of chapter 10.
namespace gradus {

using Values = std::vector<double>;

/// The loss after training, over log2 of the learning rate.
struct Curve {
  Values octaves, medians;  // over the seeds
  std::vector<Values> of_seed;
};
/// Of the rows of part "train".
Curve curve_of(const Table& trained, const std::string& name, double width);

Vertex best(const Values& octaves, const Values& losses);

struct Shift {
  double value, error;
};
Shift shift(const Curve& narrow, const Curve& wide);

/// What eps leaves of the first step, against the width: medians over seeds.
struct Kept {
  Values widths, fixed, scaled;
  Values predicted;  // for a fixed eps, from the gradients at the base width
};

/// What more.csv says, the run with --more.
void report_more(Report& report);

void draw_layers(const Table& trained, const std::filesystem::path& out);
void draw_u_curves(const Table& trained, const std::filesystem::path& out);
void draw_kept(const Kept& kept, const std::filesystem::path& out);

}  // namespace gradus
