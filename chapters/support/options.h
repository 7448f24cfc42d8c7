#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "autodiff/device.h"
#include "autodiff/dtype.h"

namespace gradus {

/// What the reader chose on the command line of a chapter.
struct Options {
  bool full = false;               ///< the paper's size instead of the quick one
  std::uint64_t seed = 0;          ///< start of every random stream
  DType dtype = DType::f32;        ///< precision of the tensors
  Device device = Device::cpu;     ///< where they are computed
  int threads = 0;                 ///< worker threads; 0 before parsing means all
  std::filesystem::path out = {};  ///< folder of the results; exists and can be written once parsed
  std::string data = {};           ///< file or folder of a data set; empty means the default one
  bool takes_data = false;         ///< whether there is --data; set by run_experiment

  /// The seed of network k < 1000, in an experiment with several: another --seed shares none of them.
  std::uint64_t network_seed(std::int64_t k) const {
    return 1000 * seed + static_cast<std::uint64_t>(k);
  }

  // Of programs with a sweep (sweep.h).
  int jobs = 0;        ///< cells at the same time; after parsing at least 1
  int shard = 0;       ///< compute the cells of this shard only ...
  int shards = 1;      ///< ... of so many
  bool merge = false;  ///< compute nothing; put the finished cells together
  bool reuse = false;  ///< also take cells that another build of the program has finished

  std::string chapter = {};  ///< "ch01_chain_rule"; set by run_experiment
  std::string command =
      {};  ///< the command line as the reader could type it; set by run_experiment
  /// All that a sweep's cells depend on besides their settings, the program's code and data that
  /// it reads, as text; set by run_experiment.
  std::string identity = {};
  std::chrono::steady_clock::time_point start = {};  ///< when the run began; set by run_experiment
};

/// An option that only one chapter has: a name such as "--width" and the variable that it sets. The
/// variable's value is the default; a bool is a flag.
struct ChapterOption {
  std::string name;
  std::variant<bool*, int*, double*, std::string*> value;
  std::string help;
  /// Whether the rows of a sweep's cell depend on it. Not those of an option that only chooses
  /// which cells there are, since its values are settings of the cells, or what is drawn of them.
  bool cells_depend = true;
};

/// What `--help` says about a chapter, and the chapter's own defaults and options.
struct ChapterInfo {
  std::string name;         ///< as in chapters/: "ch01_chain_rule"
  std::string question;     ///< the chapter's question in one line
  std::string quick_time;   ///< expected run time of --quick, such as "20 s"
  std::string full_time;    ///< expected run time of --full
  bool takes_data = false;  ///< whether there is a --data option
  bool sweeps = false;      ///< whether there are --jobs, --shard, --merge and --reuse
  Options defaults = {};    ///< where the chapter departs from the usual defaults (f32, seed 0)
  std::vector<ChapterOption> extra = {};  ///< the chapter's own options
};

/// Thrown where a program has done all that it was asked for, as after one shard of a sweep.
struct Finished {
  std::string message;
  int exit_code;
};

/// Throws where `what` takes more bytes than the computer has; what a device has is not known here.
void check_memory(const Options& options, double bytes, const std::string& what);

/// The main function of every experiment: reads the command line, says on stderr what is about to
/// run, calls `body`, which writes tables, and writes run.json beside them (run_record.h). Wrong
/// options, a gradus::Error and a result that could not be written end in one sentence on stderr and
/// exit code 2. One shard of its sweeps (sweep.h) ends with 0 and without run.json.
int run_experiment(int argc, const char* const* argv, const ChapterInfo& info,
                   const std::function<void(const Options&)>& body);

}  // namespace gradus
