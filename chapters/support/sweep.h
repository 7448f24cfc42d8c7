#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chapters/support/csv.h"
#include "chapters/support/options.h"

namespace gradus {

/// The rows that one cell of a sweep yields.
class SweepRows {
 public:
  explicit SweepRows(std::size_t columns) : columns_(columns) {}
  /// Appends a row with one entry per measured column.
  void add(std::initializer_list<Cell> row);

 private:
  friend class Sweep;
  std::size_t columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// Measurements over a grid of settings that may take hours: they may be killed at any time and
/// continued, and spread over threads (--jobs), processes and machines (--shard, then --merge).
///
///     Sweep sweep(options, "training", {"width", "seed"}, {"step", "loss"});
///     for (int width : {64, 128})
///       for (int seed = 0; seed < 8; ++seed)
///         sweep.cell({width, seed}, [=](SweepRows& rows) { ...; rows.add({step, loss}); });
///     sweep.run();
///
/// Each finished cell is a file in OUT/cells and is not computed again. The cells at work share
/// --threads, so with as many jobs each has one. A cell must depend on nothing but its settings,
/// the options that say so (ChapterOption::cells_depend) and the data that `depends_on` names; then
/// the table is the same, byte for byte, however the work was spread and however often it was
/// killed. A cell that was damaged since is an error before any work is done.
class Sweep {
 public:
  using Work = std::function<void(SweepRows& rows)>;

  /// The table `name`, with columns for the settings of a cell and for what is measured in it.
  Sweep(const Options& options, std::string name, std::vector<std::string> settings,
        std::vector<std::string> measured);

  /// Says that the cells depend on data that were read, such as Dataset::fingerprint(): other
  /// contents are other cells, and where they were read from is of no account. A program with
  /// --data must say it.
  void depends_on(std::string_view data);

  /// Adds a cell; its settings must be new. `cost`, in any unit, is about how long it takes: the
  /// longest begin first, and the time left is told from it.
  void cell(std::initializer_list<Cell> settings, Work work, double cost = 1);

  /// Computes the cells that are missing and writes NAME.csv into the folder of the results: the
  /// cells in the order in which they were added. An Error in a cell ends the sweep; what is finished
  /// is kept. SIGTERM and SIGINT end the program with exit codes 75 and 130. With --shard only that
  /// shard's cells are computed and no table is written; with --merge none are, and if some are
  /// missing, the program ends with code 4.
  void run();

 private:
  struct Entry {
    std::vector<std::string> settings;
    Work work;
    double cost;
    std::filesystem::path file;  // its name in the folder of cells
  };
  using Rows = std::vector<std::vector<std::string>>;

  void find_folders();
  std::string last_line(const Entry& entry, const std::string& rows) const;
  std::optional<Rows> read(const Entry& entry) const;
  std::vector<const Entry*> missing() const;
  void compute(const std::vector<const Entry*>& entries) const;
  void compute(const Entry& entry) const;

  Options options_;
  std::string name_;
  std::vector<std::string> settings_, measured_;
  std::vector<Entry> entries_;
  std::string data_;                            // fingerprints
  std::string configuration_;                   // the sweep's name, and what its cells depend on
  std::filesystem::path folder_;                // where this build's cells are
  std::vector<std::filesystem::path> folders_;  // where finished cells may be, that one first
};

}  // namespace gradus
