// A small program with a sweep, for sweep_test.sh to kill, shard and resume. Each cell draws random
// numbers for some milliseconds and yields two rows.
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

#include "autodiff/check.h"
#include "autodiff/ops.h"
#include "autodiff/random.h"
#include "autodiff/threads.h"
#include "chapters/support/sweep.h"

using namespace gradus;

int main(int argc, char** argv) {
  int bad_width = 0, cell_threads = 0, seeds = 6;
  std::string note;
  const ChapterInfo info{.name = "sweep_program",
                         .question = "Does a sweep survive?",
                         .quick_time = "1 s",
                         .full_time = "1 s",
                         .takes_data = true,
                         .sweeps = true,
                         .extra = {{"--bad-width", &bad_width, "a width at which cells fail"},
                                   {"--cell-threads", &cell_threads, "a cell's threads; 0: any"},
                                   {"--seeds", &seeds, "networks of a width", false},
                                   {"--note", &note, "what no cell depends on", false}}};
  return run_experiment(argc, argv, info, [&](const Options& options) {
    Sweep sweep(options, "norms", {"width", "seed"}, {"row", "norm", "kind"});
    std::ostringstream data;
    data << std::ifstream(options.data).rdbuf();
    sweep.depends_on(data.str());
    for (const int width : {100, 200, 300, 400})
      for (std::uint64_t seed = 0; seed < static_cast<std::uint64_t>(seeds); ++seed)
        sweep.cell(
            {width, seed},
            [=](SweepRows& rows) {
              check(cell_threads == 0 || threads() == cell_threads, "a cell has ", threads(),
                    " threads");
              check(width != bad_width, "this width is bad");
              std::this_thread::sleep_for(std::chrono::milliseconds(width / 10));
              const Tensor x = random_normal({width, width}, {options.seed + seed, 0});
              rows.add({0, sum(square(x)).item(), "square"});
              rows.add({1, sum(abs(x)).item(), "absolute value"});
            },
            width);
    sweep.run();
    if (options.shards == 1) std::printf("done\n");
  });
}
