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

/// What predicting 1/10 everywhere costs: 0.9 / 20.
constexpr double constant_loss = 0.045;
/// Whether the run's loss is the one of which that holds.
bool has_constant_loss(const Report& report);

/// A boundary as Kalra and Barkeshli fit it, c = a + b s with s = 1 / width, or
/// with several depths s = depth / width. c_barrier has no fit: it ends at c_max
/// by definition, and a line does not know that.
struct BoundaryFit {
  const char* constant;
  Values c;                    ///< every seed's, at each s
  std::optional<LineFit> fit;  ///< through the means over the seeds
};
/// s of each width and depth; the fits need three of them.
Values abscissas(const Networks& networks);
std::vector<BoundaryFit> fit_boundaries(const Networks& networks,
                                        const Table& table);
void print_fits(const Networks& networks,
                const std::vector<BoundaryFit>& fits, Report& report);
/// That a of c_loss agrees with 2, and b is not 0 where it `falls` with the
/// width: needs four points.
void claim_fits(const std::vector<BoundaryFit>& fits, bool falls,
                Report& report);
/// c_loss by the two widest networks of one depth, of ten seeds or more.
void print_widest(const Networks& networks, const Table& table,
                  Report& report);
/// With several depths: whether c_loss varies less between networks of one D / n
/// than between those of one n.
void claim_collapse(const Networks& networks, const Table& table,
                    Report& report);

/// What the search took for granted, and what it cost.
void claim_search(const Networks& networks, const Table& table,
                  Report& report);
/// The networks of the part "sweep": what their whole tables say beside the
/// search, what both cost, and what a margin would have made of c_sharp.
void compare_sweeps(const Table& table, Report& report);
/// The Hessian products that a lambda_t takes from the eigenvector before it.
void warm_starts(const Table& table, Report& report);
/// lambda_0 on other images, where the table has it.
void compare_examples(const Table& table, Report& report);

/// A run from the middle of each phase, one network per column.
void draw_phases(const Networks& networks, const Table& table,
                 const Report& report);
/// The phase diagram against s.
void draw_diagram(const Networks& networks,
                  const std::vector<BoundaryFit>& fits,
                  const std::filesystem::path& out);

/// Single runs of every network, printed and drawn; where a table "source"
/// (x, loss, accuracy, sharpness; a row for each step) lies in the folder, beside its.
void report_runs(const Networks& networks, const Table& table,
                 Report& report);

}  // namespace gradus
