// Chapter 14. The phase diagram: what happens at each learning rate in the first ten steps?
//
// Networks of several widths, each trained for ten steps at learning rates c / lambda_0 until one
// diverges: where the loss, then the sharpness, first pass their start (Kalra and Barkeshli 2023,
// "Phase diagram of early training dynamics in deep neural networks").

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "chapters/ch14_phase_diagram/report.h"
#include "chapters/support/claims.h"
#include "chapters/support/options.h"
#include "chapters/support/results.h"
#include "chapters/support/sweep.h"
#include "data/batches.h"
#include "data/load.h"
#include "nn/instruments/early_training.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/instruments/statistics.h"

using namespace gradus;

// What the reader may choose.
struct Setup {
  std::string model = "fcn", loss = "mse", output = "standard";
  std::string widths, depths, x;  // lists; empty: as the size says
  int seeds = 3, batch = 0, measure = 0, memory = 2;
  bool sweep = false;
  std::string beside;
};

Values numbers(const std::string& list, const std::string& option) {
  Values values;
  std::istringstream text(list);
  for (std::string item; std::getline(text, item, ',');) {
    char* end = nullptr;
    const double value = std::strtod(item.c_str(), &end);
    check(!item.empty() && *end == '\0' && std::isfinite(value), option,
          " takes numbers, with commas between; not ", list);
    check(std::find(values.begin(), values.end(), value) == values.end(), option, " ", list, ": ",
          item, " is there twice");
    values.push_back(value);
  }
  return values;
}

Values sizes(const std::string& list, const char* option) {
  const Values values = numbers(list, option);
  for (const double value : values)
    check(value >= 1 && value <= 1e6 && value == std::floor(value), option,
          " takes whole numbers from 1 up to a million; not ", list);
  return values;
}

void check_one_of(const std::string& value, const char* option,
                  const std::set<std::string>& known) {
  std::string all;
  for (const std::string& name : known) all += (all.empty() ? "" : ", ") + name;
  check(known.count(value) > 0, option, " ", value, " is not known; choose one of ", all);
}

// --- What is trained ---

LastLayer last_layer(const std::string& output) {
  const std::size_t equals = output.find('=');
  const std::string name = output.substr(0, equals);
  check_one_of(name, "--output", {"standard", "zero", "alpha", "si", "out_exp", "mup"});
  const bool needed = name == "alpha" || name == "out_exp";
  check(needed == (equals + 1 < output.size() && equals != std::string::npos),
        "--output alpha=A and out_exp=E take a number, the others none");
  const Values values =
      needed ? numbers(output.substr(equals + 1), "--output " + name + '=') : Values{0};
  check(values.size() == 1, "--output ", output, ": ", name, " takes one number, not ",
        values.size());
  const double value = values[0];
  if (name == "zero") return {.zero = true};
  if (name == "alpha") return {.alpha = value};
  if (name == "si") return {.inverse_square = true};
  if (name == "out_exp") return {.out_exp = value};
  return {};
}

Model net_of(const Setup& setup, const Dataset& images, std::int64_t width, std::int64_t depth) {
  const LastLayer last = last_layer(setup.output);
  const bool mup = setup.output == "mup";
  const Parametrisation& table = mup ? abc::mup_table9 : abc::sp;
  if (setup.model == "linear")
    return fcn({.in = images.image_size(), .width = width, .depth = depth,
                .out = images.classes, .activation = Activation::linear,
                .hidden_variance = 1, .last = last,
                .parametrisation = mup ? abc::mup_table9 : abc::ntk});
  if (setup.model.starts_with("myrtle"))
    return myrtle({.depth = depth, .width = width, .image_size = images.height,
                   .channels = images.channels, .out = images.classes, .last = last,
                   .parametrisation = table});
  if (setup.model == "resnet18") {
    check(depth == 18, "--depths ", depth, ": resnet18 has 18 layers");
    return resnet18({.width = width, .channels = images.channels, .out = images.classes,
                     .last = last, .parametrisation = table});
  }
  // ReLU, no bias; hidden weights N(0, 2 / fan_in), the last N(0, 1 / fan_in).
  return fcn({.in = images.image_size(), .width = width, .depth = depth,
              .out = images.classes, .last = last, .parametrisation = table});
}

// The first `measure` images; with --batch, training goes through all images in batches.
EarlyTraining training_of(const Setup& setup, const Dataset& images, const Options& options,
                          std::int64_t width, std::int64_t depth, std::uint64_t seed) {
  const bool flat = setup.model == "fcn" || setup.model == "linear";
  const auto examples = [&](const Dataset& part) {
    const Layout layout = flat ? Layout::flat : Layout::nhwc;
    return Examples{standardised_images(part, layout, options.dtype, options.device),
                    one_hot(part.labels, part.classes, options.dtype, options.device)};
  };
  const Model net = net_of(setup, images, width, depth);
  EarlyTraining training{
      .model = net,
      .loss = setup.loss == "mse" ? mse_half_mean : softmax_cross_entropy,
      .start = init(net, seed, options.dtype, options.device),
      .measuring = examples(first(images, setup.measure)),
      .hvp = {.budget_bytes = std::int64_t{setup.memory} << 30}};
  if (setup.batch > 0) {
    const Batches batches(images.size(), setup.batch, seed);
    training.batch = [=](int step) {
      Batches order = batches;
      return examples(select(images, order.at(step)));
    };
  }
  return training;
}

// The least memory of one cell, known before the work: the start, the weights, a gradient and a
// Hessian product, and of each layer and example that is measured on the outputs of one place.
void check_fits(const Setup& setup, const Grid& grid, const Dataset& images,
                const Options& options) {
  for (const double w : grid.widths)
    for (const double d : grid.depths) {
      const auto width = static_cast<std::int64_t>(w), depth = static_cast<std::int64_t>(d);
      const Model net = net_of(setup, images, width, depth);
      double entries = 4.0 * static_cast<double>(parameter_count(net));
      for (const Param& param : net.params)
        entries += static_cast<double>(setup.measure * param.shape[param.shape.rank() - 1]);
      check_memory(options, entries * static_cast<double>(size_of(options.dtype)),
                   "a network of width " + std::to_string(width) + " and depth " +
                       std::to_string(depth));
    }
}

// --- What is measured ---

// lambda_0 to a relative residual of 1e-3.
Sharpness start_of(const EarlyTraining& training) {
  return sharpness_at(training, training.start, {.tolerance = 1e-3});
}

void add_start(const Sharpness& initial, SweepRows& rows) {
  rows.add({"lambda_0", 0, 0, initial.lambda_max});
  rows.add({"residual", 0, 0, initial.relative_residual()});
  rows.add({"products", 0, 0, initial.products});
}

void add_run(const Trajectory& run, const std::string& phase, SweepRows& rows) {
  const double x = std::log2(run.c);
  for (std::size_t t = 0; t < run.loss.size(); ++t) rows.add({"loss" + phase, x, t, run.loss[t]});
  for (std::size_t t = 0; t < run.sharpness.size(); ++t)
    rows.add({"sharpness" + phase, x, t, run.sharpness[t]});
  if (run.barrier) rows.add({"barrier" + phase, x, 0, *run.barrier});
}

// One width, one seed: the boundaries; and, to be drawn, one run in the middle of each phase, and
// what 20 power iterations make of lambda_0.
void find(const EarlyTraining& training, bool drawn, SweepRows& rows) {
  const Sharpness initial = start_of(training);
  add_start(initial, rows);
  // [find]
  const CriticalGrid grid;  // x = 0, 0.1, 0.2, ...; c = 2^x
  const Boundaries found = find_boundaries(training, initial, grid);
  const CriticalConstants& c = found.constants;
  // [find]
  const auto x_of = [](const std::optional<CriticalConstant>& constant) {
    return constant ? std::log2(constant->c) : std::numeric_limits<double>::quiet_NaN();
  };
  const std::optional<CriticalConstant> all[] = {c.c_loss, c.c_sharp, c.c_barrier, c.c_max};
  for (std::size_t i = 0; i < std::size(all); ++i)
    rows.add({constants[i], x_of(all[i]), 0, all[i] ? all[i]->c : std::nan("")});
  rows.add({"runs", 0, 0, found.runs});
  rows.add({"sharpness_runs", 0, 0, found.sharpness_runs});
  rows.add({"lines", 0, 0, found.lines});
  rows.add({"contradictions", 0, 0, found.contradictions});

  const auto run = [&](double x, const std::string& phase, bool sharpness) {
    const double on_grid = std::floor(x * grid.per_octave + 1e-9) / grid.per_octave;
    add_run(train_early(training, initial, std::exp2(on_grid), {.sharpness = sharpness}), phase,
            rows);
  };
  run(0, "_0", drawn);
  if (!drawn) return;
  const double loss = x_of(c.c_loss), sharp = x_of(c.c_sharp), most = x_of(c.c_max);
  if (loss > 1) run((1 + loss) / 2, "_1", true);
  if (sharp > loss) run((loss + sharp) / 2, "_2", true);
  if (most >= sharp) run((sharp + most) / 2, "_3", true);
  if (c.c_max && std::isfinite(c.c_max->high)) run(std::log2(c.c_max->high), "_4", true);

  // [power]
  Hvp hvp(training.loss(training.model(training.start, training.measuring.x),
                        training.measuring.y),
          training.start);
  const Sharpness twenty = power_iteration(
      std::ref(hvp), training.start, {.tolerance = 0, .max_products = 20});
  // [power]
  rows.add({"power_20", 0, 0, twenty.lambda_max});
}

void sweep_all(const EarlyTraining& training, SweepRows& rows) {
  const Sharpness initial = start_of(training);
  add_start(initial, rows);
  for (const Trajectory& run : sweep_grid(training, initial)) add_run(run, "", rows);
}

// What all runs of one network begin with: the first of them finds it.
struct Start {
  std::once_flag found;
  Sharpness initial;
};

// To be drawn only, so lambda_t may have a residual of 3%. With that, those of a Myrtle-10 of 32
// filters were within 0.2% of what a residual of 0.1% gives.
void one_run(EarlyTraining training, Start& start, double x, SweepRows& rows) {
  std::call_once(start.found, [&] { start.initial = start_of(training); });
  add_start(start.initial, rows);
  training.tolerance = 3e-2;
  add_run(train_early(training, start.initial, std::exp2(x), {.sharpness = true}), "", rows);
}

double seconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

// Times differ from run to run, so they are no part of the results.
void log_cost(const Options& options, const char* part, std::int64_t width, std::int64_t depth,
              int seed, double x, double took) {
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  std::ofstream(options.out / "seconds.txt", std::ios::app)
      << part << " width " << width << " depth " << depth << " seed " << seed << " x " << x
      << ": " << took << " s\n";
}

Table measure(const Setup& setup, const Grid& grid, const Dataset& images,
              const Options& options) {
  Sweep sweep(options, "early_training", {"part", "width", "depth", "seed", "x"},
              {"quantity", "at", "step", "value"});
  sweep.depends_on(images.fingerprint());
  for (const double w : grid.widths)
    for (const double d : grid.depths)
      for (int k = 0; k < grid.seeds; ++k) {
        const auto width = static_cast<std::int64_t>(w), depth = static_cast<std::int64_t>(d);
        const std::uint64_t seed = 1000 * options.seed + static_cast<std::uint64_t>(k);
        const double cost = w * (w * d + 1000);
        const auto cell = [&](const char* part, double x, const auto& work) {
          sweep.cell({part, width, depth, k, x},
                     [=, &setup, &images, &options](SweepRows& rows) {
                       const double start = seconds();
                       work(training_of(setup, images, options, width, depth, seed), rows);
                       log_cost(options, part, width, depth, k, x, seconds() - start);
                     },
                     cost);
        };
        const auto start = std::make_shared<Start>();
        for (const double x : grid.x)
          cell("run", x, [=](const EarlyTraining& training, SweepRows& rows) {
            one_run(training, *start, x, rows);
          });
        if (!grid.x.empty()) continue;
        cell("find", 0, [k](const EarlyTraining& t, SweepRows& rows) { find(t, k == 0, rows); });
        const bool narrowest = w == grid.widths.front() && d == grid.depths.front() && k == 0;
        if (setup.sweep || narrowest)
          cell("sweep", 0, [](const EarlyTraining& t, SweepRows& rows) { sweep_all(t, rows); });
      }
  return sweep.run();
}

// --- What the sweep says ---

// Constants that differ between the search and the table of the whole sweep.
double disagreements(const Table& table, const Table& sweep) {
  double count = 0;
  std::set<std::string> done;
  for (std::size_t i = 0; i < sweep.size(); ++i) {
    const std::string w = sweep.text(i, "width"), d = sweep.text(i, "depth"),
                      k = sweep.text(i, "seed");
    if (!done.insert(w + "," + d + "," + k).second) continue;
    const Table found = table.where("part", "find").where("width", w).where("depth", d)
                            .where("seed", k);
    const CriticalConstants read = critical_constants(
        runs_of(sweep.where("width", w).where("depth", d).where("seed", k), ""));
    const std::optional<CriticalConstant> all[] = {read.c_loss, read.c_sharp, read.c_barrier,
                                                   read.c_max};
    for (std::size_t q = 0; q < std::size(all); ++q) {
      const double searched = found.where("quantity", constants[q]).number(0, "value");
      count += !all[q] || searched != all[q]->c;
    }
  }
  return count;
}

void boundary_results(const Setup& setup, const Grid& grid, const Table& table,
                      const Options& options, Claims& claims, Summary& summary) {
  print_boundaries(grid, table, summary);
  double out_of_order = 0, contradictions = 0, runs = 0, residual = 0, largest = 0, missed = 0;
  for (const double d : grid.depths)
    for (const double w : grid.widths) {
      const Values loss = over_seeds(table, w, d, "c_loss");
      const Values sharp = over_seeds(table, w, d, "c_sharp");
      for (std::size_t k = 0; k < loss.size(); ++k) out_of_order += sharp[k] < loss[k];
      for (const double count : over_seeds(table, w, d, "contradictions")) contradictions += count;
      for (const double count : over_seeds(table, w, d, "runs")) runs += count;
      for (const double r : over_seeds(table, w, d, "residual")) residual = std::max(residual, r);
      const Table seeds = cells(table, "find", w, d);
      for (int k = 0; k < grid.seeds; ++k) {
        const Values gentle = runs_of(seeds.where("seed", k), "_0").at(0).loss;
        for (std::size_t t = 1; t < gentle.size(); ++t)
          largest = std::max(largest, gentle[t] / gentle[t - 1]);
      }
      missed = std::max(missed, 1 - over_seeds(table, w, d, "power_20")[0] /
                                        over_seeds(table, w, d, "lambda_0")[0]);
    }
  const double first = grid.widths.front(), last = grid.widths.back(), d = grid.depths[0];
  if (grid.widths.size() > 1) {
    const double falls = median(over_seeds(table, first, d, "c_loss", "at")) -
                         median(over_seeds(table, last, d, "c_loss", "at"));
    const bool usual =
        setup.model == "fcn" && setup.output == "standard" && first == 64 && last == 512;
    claims.add("loss_falls", "octaves that c_loss falls, narrowest to widest", falls,
               above(usual ? 1 : 0));
  }
  claims.add("sweep", "constants that a whole sweep reads otherwise",
             disagreements(table, table.where("part", "sweep")), equals(0));
  claims.add("gentle", "largest loss of a step over the one before, c = 1", largest, below(1));
  claims.add("residual", "largest relative residual of lambda_0", residual, below(1e-3));
  summary.number("out_of_order", out_of_order);
  summary.number("contradictions", contradictions);
  summary.number("runs", runs, 50);
  summary.number("power_missed", missed, 0.01);
  quote_runs(grid, table, summary);
  draw_phases(grid, table, options);
  draw_diagram(grid, table, options, summary);
}

Grid grid_of(Setup& setup, bool full) {
  check_one_of(setup.model, "--model",
               {"fcn", "linear", "myrtle5", "myrtle7", "myrtle10", "resnet18"});
  check_one_of(setup.loss, "--loss", {"mse", "xent"});
  check(setup.seeds >= 1 && setup.seeds <= 1000, "--seeds ", setup.seeds,
        ": from 1 to 1000 networks, whose seeds begin at 1000 times --seed");
  check(setup.memory >= 1, "--memory ", setup.memory, ": a Hessian needs at least 1 GiB");
  check(setup.batch >= 0 && setup.measure >= 0, "--batch and --measure count examples; a negative ",
        "number of them is none");
  last_layer(setup.output);  // an unknown one is an error before the sweep begins
  if (setup.widths.empty()) setup.widths = full ? "256,512,1024,2048" : "64,128,256,512";
  if (setup.depths.empty())
    setup.depths = setup.model.starts_with("myrtle") ? setup.model.substr(6)
                   : setup.model == "resnet18"       ? "18"
                   : full                            ? "8"
                                                     : "4";
  if (setup.measure == 0) setup.measure = full ? 4096 : 512;
  if (full && setup.batch == 0) setup.batch = 512;
  return {sizes(setup.widths, "--widths"), sizes(setup.depths, "--depths"),
          numbers(setup.x, "--x"), setup.seeds};
}

int chapter(Setup setup, const Options& options) {
  const Grid grid = grid_of(setup, options.full);
  std::optional<Table> source;
  if (!setup.beside.empty()) source = read_published(setup.beside);
  const Dataset images = load_images(options.data).train;
  check(images.size() >= setup.measure, "there are ", images.size(), " images, fewer than the ",
        setup.measure, " to measure on; choose other --data, or a smaller --measure");
  check_fits(setup, grid, images, options);
  std::printf("%s\n\n", images.source.c_str());
  Claims claims;
  Summary summary(options);
  const Table table = measure(setup, grid, images, options);
  if (grid.x.empty())
    boundary_results(setup, grid, table, options, claims, summary);
  else
    report_runs(setup.model, grid, table, source, options);
  summary.save(claims);
  return claims.report(options.check);
}

int main(int argc, char** argv) {
  Setup setup;
  const ChapterInfo info{
      .name = "ch14_phase_diagram",
      .question = "The phase diagram: what happens at each learning rate in the first ten steps?",
      .quick_time = "50 s",
      .full_time = "many hours",
      .takes_data = true,
      .sweeps = true,
      .extra = {{"--model", &setup.model, "fcn, linear, myrtle5, myrtle7, myrtle10 or resnet18"},
                {"--loss", &setup.loss, "mse or xent"},
                {"--output", &setup.output, "standard, zero, alpha=A, si, out_exp=E or mup"},
                {"--widths", &setup.widths, "list (default: 64,128,256,512)", false},
                {"--depths", &setup.depths, "list (default: 4)", false},
                {"--seeds", &setup.seeds, "networks at each width", false},
                {"--batch", &setup.batch, "examples of a step; 0: all that are measured on"},
                {"--measure", &setup.measure, "examples that are measured on; 0: 512, with --full 4096"},
                {"--memory", &setup.memory,
                 "GiB for a Hessian's graph, per cell; larger ones are built anew for each product",
                 false},  // which only rounds differently
                {"--x", &setup.x, "list: no boundaries, but runs at c = 2^x, a cell each", false},
                {"--sweep", &setup.sweep, "besides, the whole grid for every network", false},
                {"--beside", &setup.beside, "with --x: CSV of a published run to draw beside",
                 false}}};
  return run_chapter(argc, argv, info,
                     [&](const Options& options) { return chapter(setup, options); });
}
