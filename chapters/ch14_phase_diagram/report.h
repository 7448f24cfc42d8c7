#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "chapters/ch14_phase_diagram/experiment.h"
#include "chapters/support/report.h"
#include "nn/instruments/critical.h"
#include "nn/instruments/fits.h"

/// What the report reads off the table of chapter 14.
namespace gradus {

using Values = std::vector<double>;

/// The networks in the table, in its order: `seeds` of each width and depth.
/// `x` is that of single runs; empty where boundaries were searched.
struct Networks {
  Values widths, depths, x;
  int seeds;
};
Networks networks_of(const Table& table);

/// The cells of a part at one width and depth.
Table cells(const Table& table, const char* part, double width, double depth);

/// One column of a quantity that the search found, over the seeds.
Values over_seeds(const Table& table, double width, double depth,
                  const char* quantity, const char* column = "value");

/// The runs of one cell whose quantities end in `phase`.
std::vector<Trajectory> runs_of(const Table& cell, const std::string& phase);

/// In units of the start, as far as it can be drawn.
Values relative(const Values& values);
/// 0, 1, 2, ..., one for each value.
Values steps_of(const Values& values);

/// A boundary as Kalra and Barkeshli fit it, c = a + b s with s = 1 / width, or
/// with several depths s = depth / width.
struct BoundaryFit {
  const char* constant;
  Values c;     ///< every seed's, at each s
  LineFit fit;  ///< through the means over the seeds
};
/// s of each width and depth; the fits need three of them.
Values abscissas(const Networks& networks);
std::vector<BoundaryFit> fit_boundaries(const Networks& networks,
                                        const Table& table);

/// A run from the middle of each phase, one network per column.
void draw_phases(const Networks& networks, const Table& table,
                 const std::filesystem::path& out);
/// The phase diagram against s.
void draw_diagram(const Networks& networks,
                  const std::vector<BoundaryFit>& fits,
                  const std::filesystem::path& out);

/// Single runs of every network, printed and drawn; where a table "source"
/// (x, loss, sharpness; a row for each step) lies in the folder, beside its.
void report_runs(const Networks& networks, const Table& table,
                 Report& report);

}  // namespace gradus
