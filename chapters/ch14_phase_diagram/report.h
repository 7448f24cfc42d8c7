#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chapters/support/options.h"
#include "chapters/support/results.h"
#include "chapters/support/table.h"
#include "nn/instruments/critical.h"

/// What chapter 14 reads from the table of its sweep, prints and draws.
namespace gradus {

using Values = std::vector<double>;

/// The constants of a network, as its rows in the table are called.
inline constexpr const char* constants[] = {"c_loss", "c_sharp", "c_barrier", "c_max"};

/// What is swept: `seeds` networks of each width and depth; with values of x, single runs of them.
struct Grid {
  Values widths, depths, x;
  int seeds = 1;
};

// --- Reading the table ---

/// The cells of a part at one width and depth.
Table cells(const Table& table, const char* part, double width, double depth);

/// One column of a quantity that the search found, over the seeds.
Values over_seeds(const Table& table, double width, double depth, const char* quantity,
                  const char* column = "value");

/// The runs of one cell whose quantities end in `phase`.
std::vector<Trajectory> runs_of(const Table& cell, const std::string& phase);

/// Published runs: a CSV file with columns x, loss and sharpness, one row per step.
Table read_published(const std::string& path);

// --- Telling what it says ---

/// The four boundaries of every width and depth.
void print_boundaries(const Grid& grid, const Table& table, Summary& summary);

/// Of the drawn runs of the narrowest and the widest network: the learning rate, the highest and
/// the last loss, and the highest and the last sharpness, in units of the start.
void quote_runs(const Grid& grid, const Table& table, Summary& summary);

/// A run from the middle of each phase, one network per column.
void draw_phases(const Grid& grid, const Table& table, const Options& options);

/// The phase diagram against s: 1 / n, or with several depths D / n. Three or more s make a line.
void draw_diagram(const Grid& grid, const Table& table, const Options& options, Summary& summary);

/// Single runs of every network, beside those of the source if there is one.
void report_runs(const std::string& model, const Grid& grid, const Table& table,
                 const std::optional<Table>& source, const Options& options);

}  // namespace gradus
