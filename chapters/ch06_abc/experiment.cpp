// Chapter 6. The freedoms of a parametrisation: which of them are real?
//
// Three forms of muP, trained from the same draws; how far one step moves
// each layer; what a family of parametrisations between NTK and muP does to the
// features; and two tables mixed.
//
// forms.csv: the loss of each batch, and the size of what the output layer
// stores after it; one row for each optimiser, width, form and step.
// readouts.csv (readouts.h): how far each layer has moved after one step and
// after two, if the output weights start smaller than in muP; one row for each
// of these tables, width, seed, step and quantity.
// abc.csv: one row for each part of the experiment (one step of SGD, one of
// Adam, lazy, mixed), parametrisation, width, rate, seed and quantity.

#include "chapters/ch06_abc/experiment.h"

#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/ch06_abc/readouts.h"
#include "chapters/support/options.h"
#include "chapters/support/sweep.h"
#include "data/batches.h"
#include "data/examples.h"
#include "data/generators.h"
#include "nn/instruments/norms.h"
#include "nn/losses.h"
#include "nn/optimisers.h"

using namespace gradus;

using Values = std::vector<double>;

Examples spiral_task(const Options& options) {
  return examples_of(spiral({.seed = options.seed}), options.dtype,
                     options.device);
}

Model spiral_net(const Parametrisation& table, std::int64_t width,
                 std::int64_t base_width) {
  return fcn({.in = 2,
              .width = width,
              .depth = 3,
              .out = 3,
              .bias = true,
              .parametrisation = table,
              .base_width = base_width});
}

struct Run {
  Values loss;    // of each batch
  Values output;  // rms of the numbers w of the output layer, after each step
  double final_loss;
};

template <class Optimiser>
Run train(const Model& net, Optimiser optimiser, const Examples& task,
          int steps, std::uint64_t seed) {
  Params w = init(net, seed, task.x.dtype(), task.x.device());
  const std::size_t output = w.size() - 2;  // its bias is the last
  Batches batches(task.x.dim(0), 64, seed);
  Run run;
  for (int step = 0; step < steps; ++step) {
    const std::vector<std::int64_t> picked = batches.at(step);
    const Tensor f = net(w, gather_rows(task.x, picked));
    const Tensor L = softmax_cross_entropy(f, gather_rows(task.y, picked));
    optimiser.step(w, grad(L, w));
    run.loss.push_back(L.item());
    run.output.push_back(rms(w[output]));
  }
  const NoGrad values_only;
  run.final_loss = softmax_cross_entropy(net(w, task.x), task.y).item();
  return run;
}

// [one-step]
template <class Optimiser>
void one_step(const Model& net, Optimiser optimiser, std::uint64_t seed,
              Device device, SweepRows& rows) {
  Params w = init(net, seed, DType::f64, device);
  const auto [x, c] = linear_task(seed, device);
  const std::vector<Layer> before = net.layers(w, x);
  Params moved = w;
  optimiser.step(moved, grad(linear_loss(before.back().h, c), w));
  const std::vector<Layer> after = net.layers(moved, x);
  for (std::size_t l = 0; l < after.size(); ++l)
    rows.add({after[l].name, rms(after[l].h - before[l].h)});
  // The part of the output layer's own weights: the others stay.
  w.back() = moved.back();
  rows.add({"own", rms(net(w, x) - before.back().h)});
}
// [one-step]

// [lazy]
void lazy_or_rich(const Model& net, const Examples& task, std::uint64_t seed,
                  SweepRows& rows) {
  Params w = init(net, seed, task.x.dtype(), task.x.device());
  const Tensor h_0 = net.layers(w, task.x)[1].h;
  const Tensor f_0 = stop_gradient(net(w, task.x));
  // What is trained is f - f_0: the loss starts at the same value everywhere.
  const auto loss = [&] {
    return mse_half_mean(net(w, task.x) - f_0, task.y);
  };
  Sgd sgd(net, {.lr = 0.005});
  const double target = loss().item() / 10;
  int steps = 0;
  for (Tensor L = loss(); L.item() > target; L = loss(), ++steps)
    sgd.step(w, grad(L, w));
  const Tensor h = net.layers(w, task.x)[1].h;
  rows.add({"moved", rms(h - h_0) / rms(h_0)});
  rows.add({"steps", steps});
}
// [lazy]

// The three forms of muP, at m = 16, a power of 2, and at m = 3.
void measure_forms(const Examples& task, const Options& options) {
  Sweep sweep(options, "forms", {"optimiser", "width", "table"},
              {"step", "loss", "output"});
  const auto cell = [&](const char* name, std::int64_t width,
                        const auto& optimiser) {
    for (const Parametrisation& form : forms()) {
      const Model net = spiral_net(form, width, 16);
      sweep.cell({name, width, form.name},
                 [=, seed = options.seed](SweepRows& rows) {
                   const Run run =
                       train(net, optimiser(net), task, 100, seed);
                   for (std::size_t t = 0; t < run.loss.size(); ++t)
                     rows.add({t + 1, run.loss[t], run.output[t]});
                 });
    }
  };
  const auto sgd = [](const Model& net) { return Sgd(net, {.lr = 0.5}); };
  const auto adam = [](const Model& net) {
    return Adam(net, {.lr = 0.03, .eps = 0});
  };
  cell("SGD", 256, sgd);
  cell("Adam", 256, adam);
  cell("SGD", 48, sgd);
  sweep.run();
}

struct Grid {
  std::vector<std::int64_t> step_widths, lazy_widths;
  int mixed_seeds;
};
const Values mixed_rates = {0.03125, 0.0625, 0.125, 0.25, 0.5, 1, 2, 4, 8};

Grid grid(bool full) {
  if (full)
    return {{128, 256, 512, 1024, 2048}, {128, 256, 512, 1024, 2048}, 5};
  return {{128, 256, 512, 1024}, {128, 256, 512}, 3};
}

void measure(const Grid& grid, const Examples& task, const Options& options) {
  Sweep sweep(options, "abc", {"part", "table", "width", "lr", "seed"},
              {"quantity", "value"});
  const auto seed_of = [&](int k) { return options.network_seed(k); };
  const auto cost = [](std::int64_t width, double passes) {
    return passes * static_cast<double>(width * (width + 64));
  };

  for (const Parametrisation& table : step_tables())
    for (const std::int64_t width : grid.step_widths)
      for (int k = 0; k < seeds; ++k) {
        const Model net = linear_net(table, width, 128);
        const auto seed = seed_of(k);
        sweep.cell(
            {"SGD", table.name, width, 1e-3, k},
            [=, device = options.device](SweepRows& rows) {
              one_step(net, Sgd(net, {.lr = 1e-3}), seed, device, rows);
            },
            cost(width, 60));
        sweep.cell(
            {"Adam", table.name, width, 1e-5, k},
            [=, device = options.device](SweepRows& rows) {
              one_step(net, Adam(net, {.lr = 1e-5, .eps = 0}), seed, device,
                       rows);
            },
            cost(width, 60));
      }

  Examples small = examples_of(
      teacher({.examples = 32, .input_size = 8, .seed = options.seed}),
      options.dtype, options.device);
  small.y = 4.0 * small.y;
  for (const Parametrisation& table : members())
    for (const std::int64_t width : grid.lazy_widths)
      for (int k = 0; k < seeds; ++k)
        sweep.cell(
            {"lazy", table.name, width, 0.005, k},
            [=, seed = seed_of(k)](SweepRows& rows) {
              const Model net = fcn({.in = 8,
                                     .width = width,
                                     .depth = 3,
                                     .out = 1,
                                     .parametrisation = table,
                                     .base_width = 128});
              lazy_or_rich(net, small, seed, rows);
            },
            cost(width, 40 * 32));

  for (const Parametrisation& table : mixed_tables())
    for (const std::int64_t width : {narrow, wide})
      for (const double lr : mixed_rates)
        for (int k = 0; k < grid.mixed_seeds; ++k)
          sweep.cell(
              {"mixed", table.name, width, lr, k},
              [=, seed = seed_of(k)](SweepRows& rows) {
                const Model net = spiral_net(table, width, narrow);
                const Run run =
                    train(net, Sgd(net, {.lr = lr}), task, 200, seed);
                rows.add({"loss", run.final_loss});
              },
              cost(width, 200 * 64));
  sweep.run();
}

void experiment(const Options& options) {
  const Examples task = spiral_task(options);
  measure_forms(task, options);
  measure_readouts(options);
  measure(grid(options.full), task, options);
}

int main(int argc, char** argv) {
  const ChapterInfo info{
      .name = "ch06_abc",
      .question =
          "The freedoms of a parametrisation: which of them are real?",
      .quick_time = "20 s",
      .full_time = "3 min",
      .sweeps = true,
      .defaults = {.dtype = DType::f64}};
  return run_experiment(argc, argv, info, experiment);
}
