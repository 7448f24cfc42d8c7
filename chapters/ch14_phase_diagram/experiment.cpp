// Chapter 14. The phase diagram: what happens at each learning rate in the
// first ten steps?
//
// Networks of several widths, each trained for ten steps at learning rates
// c / lambda_0 until one diverges: where the loss, then the sharpness, first
// pass their start (Kalra and Barkeshli 2023, "Phase diagram of early training
// dynamics in deep neural networks").
//
// early_training.csv: of every network (part "find") lambda_0, the boundaries,
// what the search for them cost, and runs to be drawn; of the narrowest (part
// "sweep") all runs of the grid; of every one on the next images (part "others")
// lambda_0 alone; with --x (part "run") runs at those x alone.
// images.csv: where the images come from.

#include "chapters/ch14_phase_diagram/experiment.h"

#include <cmath>
#include <future>
#include <limits>
#include <optional>
#include <string>

#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "chapters/ch14_phase_diagram/training.h"
#include "chapters/support/csv.h"
#include "chapters/support/sweep.h"
#include "data/load.h"
#include "nn/instruments/early_training.h"

using namespace gradus;

// --- What is measured ---

// lambda_0 to a relative residual of 1e-3; `near` is about its eigenvector, if
// one is known.
Sharpness start_of(const EarlyTraining& training,
                   const std::vector<Tensor>& near = {}) {
  return sharpness_at(training, training.start,
                      {.tolerance = 1e-3, .start = near});
}

void add_start(const Sharpness& initial, SweepRows& rows) {
  rows.add({"lambda_0", 0, 0, initial.lambda_max});
  rows.add({"residual", 0, 0, initial.relative_residual()});
  rows.add({"products", 0, 0, initial.products});
}

void add_run(const Trajectory& run, const std::string& phase,
             SweepRows& rows) {
  const double x = std::log2(run.c);
  const auto add = [&](const char* quantity, const std::vector<double>& of) {
    for (std::size_t t = 0; t < of.size(); ++t)
      rows.add({quantity + phase, x, t, of[t]});
  };
  add("loss", run.loss);
  add("accuracy", run.accuracy);
  add("sharpness", run.sharpness);
  add("step_products", run.products);
  add("fresh_sharpness", run.fresh_sharpness);
  add("fresh_power", run.fresh_power);
  if (run.barrier) rows.add({"barrier" + phase, x, 0, *run.barrier});
}

double x_of(const std::optional<CriticalConstant>& constant) {
  return constant ? std::log2(constant->c)
                  : std::numeric_limits<double>::quiet_NaN();
}

// Its lambda_t are to be drawn only, so they may have a residual of 3%. Where
// eigenvalues stand close together they can then be a few percent too low.
Trajectory run_at(double x, EarlyTraining training, const Sharpness& initial,
                  bool drawn = true) {
  training.tolerance = 3e-2;
  return train_early(training, initial, std::exp2(x),
                     {.sharpness = drawn, .accuracy = true});
}

// A run at c = 1; to be drawn, with its sharpness, and one more in the middle of
// each phase.
void add_phases(const EarlyTraining& training, const Sharpness& initial,
                const CriticalConstants& c, bool drawn, SweepRows& rows) {
  const auto run = [&](double x, const std::string& phase) {
    const int per_octave = CriticalGrid().per_octave;
    const double on_grid = std::floor(x * per_octave + 1e-9) / per_octave;
    add_run(run_at(on_grid, training, initial, drawn), phase, rows);
  };
  run(0, "_0");
  if (!drawn) return;
  const double loss = x_of(c.c_loss), sharp = x_of(c.c_sharp),
               most = x_of(c.c_max);
  if (loss > 1) run((1 + loss) / 2, "_1");
  if (sharp > loss) run((loss + sharp) / 2, "_2");
  if (most >= sharp) run((sharp + most) / 2, "_3");
  if (c.c_max && std::isfinite(c.c_max->high))
    run(std::log2(c.c_max->high), "_4");
}

// [power]
// What 20 power iterations make of lambda_0.
double power_20(const EarlyTraining& training) {
  const auto& [x, y] = training.measuring;
  Hvp hvp(training.loss(training.model(training.start, x), y),
          training.start);
  return power_iteration(std::ref(hvp), training.start,
                         {.tolerance = 0, .max_products = 20})
      .lambda_max;
}
// [power]

// [find]
// One width, one seed: the boundaries, searched on x = 0, 0.1, 0.2, ...
void find(const EarlyTraining& training, const Sharpness& initial, bool drawn,
          SweepRows& rows) {
  add_start(initial, rows);
  const Boundaries found = find_boundaries(training, initial);
  const CriticalConstants& c = found.constants;
  const std::optional<CriticalConstant> all[] = {c.c_loss, c.c_sharp,
                                                 c.c_barrier, c.c_max};
  for (std::size_t i = 0; i < std::size(all); ++i)
    rows.add(
        {constants[i], x_of(all[i]), 0, all[i] ? all[i]->c : std::nan("")});
  rows.add({"runs", 0, 0, found.cost.runs});
  rows.add({"sharpness_runs", 0, 0, found.cost.sharpness_runs});
  rows.add({"lines", 0, 0, found.cost.lines});
  rows.add({"search_products", 0, 0, found.cost.products});
  rows.add({"contradictions", 0, 0, found.contradictions});
  add_phases(training, initial, c, drawn, rows);
  if (drawn) rows.add({"power_20", 0, 0, power_20(training)});
}
// [find]

void sweep_all(const EarlyTraining& training, const Sharpness& initial,
               SweepRows& rows) {
  add_start(initial, rows);
  for (const Trajectory& run : sweep_grid(training, initial))
    add_run(run, "", rows);
}

void one_run(const EarlyTraining& training, const Sharpness& initial,
             double x, SweepRows& rows) {
  add_start(initial, rows);
  add_run(run_at(x, training, initial), "", rows);
}

// --- Which networks ---

// The next images, as many as are measured on; none where there are too few.
Dataset next_images(const Dataset& images, std::int64_t count) {
  std::vector<std::int64_t> next;
  for (std::int64_t i = count; i < 2 * count && 2 * count <= images.size();
       ++i)
    next.push_back(i);
  return select(images, next);
}

void measure(const Setup& setup, const Grid& grid, const Dataset& images,
             const Options& options) {
  const Dataset next = next_images(images, setup.measure);
  const bool others = next.size() > 0 && setup.batch == 0;
  const Measuring here = measuring_of(setup, images, options),
                  there = others ? measuring_of(setup, next, options) : here;
  Sweep sweep(options, "early_training",
              {"part", "width", "depth", "seed", "x"},
              {"quantity", "at", "step", "value"});
  sweep.depends_on(images.fingerprint());
  const auto cells_of = [&](std::int64_t width, std::int64_t depth, int k,
                            bool narrowest) {
    const auto network = [=, &setup, &images, &options](const Measuring& on) {
      return training_of(setup, images, on, options, width, depth,
                         options.network_seed(k));
    };
    // What all cells of one network begin with: the first of them finds it.
    const std::shared_future<Sharpness> initial =
        std::async(std::launch::deferred, [=, &here] {
          return start_of(network(here));
        }).share();
    // `cost` is about that in searches without runs to be drawn.
    const auto cell = [&](const char* part, double x, double cost,
                          const auto& work, const Measuring& on) {
      sweep.cell(
          {part, width, depth, k, x},
          [=, &on](SweepRows& rows) {
            const Sharpness& start = initial.get();
            work(network(on), start, rows);
          },
          cost * double(width * (width * depth + 1000)));
    };
    for (double x : grid.x)
      cell(
          "run", x, 0.3,
          [=](const EarlyTraining& training, const Sharpness& start,
              SweepRows& rows) { one_run(training, start, x, rows); },
          here);
    if (!grid.x.empty()) return;
    const bool drawn = k == 0;
    cell(
        "find", 0, drawn ? 2.3 : 1,
        [=](const EarlyTraining& training, const Sharpness& start,
            SweepRows& rows) { find(training, start, drawn, rows); },
        here);
    if (setup.sweep || narrowest) cell("sweep", 0, 16, sweep_all, here);
    if (others)
      cell(
          "others", 0, 0.1,
          [](const EarlyTraining& training, const Sharpness& start,
             SweepRows& rows) {
            add_start(start_of(training, start.eigenvector), rows);
          },
          there);
  };
  for (double w : grid.widths)
    for (double d : grid.depths)
      for (int k = 0; k < grid.seeds; ++k)
        cells_of(std::int64_t(w), std::int64_t(d), k,
                 w == grid.widths[0] && d == grid.depths[0] && k == 0);
  sweep.run();
}

void experiment(Setup setup, const Options& options) {
  const Grid grid = grid_of(setup, options.full);
  const Dataset images = load_images(options.data).train;
  check(images.size() >= setup.measure, "there are ", images.size(),
        " images, fewer than the ", setup.measure,
        " to measure on; choose other --data, or a smaller --measure");
  check_fits(setup, grid, images, options);
  measure(setup, grid, images, options);
  Csv origin({"source"});
  origin.row({images.source});
  origin.save(options.out / "images.csv");
}

int main(int argc, char** argv) {
  Setup setup;
  const ChapterInfo info{
      .name = "ch14_phase_diagram",
      .question =
          "The phase diagram: what happens at each learning rate in "
          "the first ten steps?",
      .quick_time = "30 s",
      .full_time = "many hours",
      .takes_data = true,
      .sweeps = true,
      .extra = options_of(setup)};
  return run_experiment(argc, argv, info, [&](const Options& options) {
    experiment(setup, options);
  });
}
