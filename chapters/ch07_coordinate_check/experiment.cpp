// Chapter 7. The coordinate check: is my parametrisation right?
//
// How far each layer moves in 1 to 20 steps, against the width: SP, NTK and
// muP, SGD and Adam, three planted bugs, and a network written by hand.
//
// coordinates.csv: a row for each variant, optimiser, width, seed, step, layer.
// unseen.csv: the same for muP and four changes that no slope shows, by Adam.
// rounding.csv: muP at width 256 in single and in double precision.

#include <cmath>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/support/options.h"
#include "chapters/support/sweep.h"
#include "data/generators.h"
#include "nn/instruments/coordinate_check.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"

using namespace gradus;

using Params = std::vector<Tensor>;

constexpr std::int64_t inputs = 8, outputs = 4, base_width = 64, steps = 20;
constexpr double sgd_lr = 0.04, adam_lr = 0.001;

struct Task : Examples {  // 32 to train on, all in every step
  Tensor x_new;           // 32 others to look at
};

Task teacher_task(DType dtype, const Options& options) {
  const Samples samples = teacher({.examples = 32,
                                   .input_size = inputs,
                                   .target_size = outputs,
                                   .seed = options.seed});
  return {examples_of(samples, dtype, options.device),
          random_normal({32, inputs}, {options.seed, 100}, 1.0, dtype,
                        options.device)};
}

struct Variant {
  const char* name;
  Parametrisation table;
  bool zero_readout;
};

Variant mup() { return {"mup", abc::mup_table3, true}; }

std::vector<Variant> variants() {
  const auto bug = [](PlantedBug planted_bug) {
    return planted(abc::mup_table3, planted_bug);
  };
  return {{"sp", abc::sp, false},
          {"ntk", abc::ntk, false},
          mup(),
          {"mup_random", abc::mup_table3, false},
          {"bug_rate", bug(PlantedBug::hidden_lr_unscaled), true},
          {"bug_output", bug(PlantedBug::output_unscaled), false},
          {"bug_biases", bug(PlantedBug::biases_like_weights), true}};
}

Model net_of(const Variant& variant, std::int64_t width) {
  return fcn({.in = inputs,
              .width = width,
              .depth = 3,
              .out = outputs,
              .bias = true,
              .last = {.zero = variant.zero_readout},
              .parametrisation = variant.table,
              .base_width = base_width});
}

// [check]
template <class Optimiser>
std::vector<CoordinateRow> check_net(const Model& net, Optimiser optimiser,
                                     const Task& task, std::uint64_t seed) {
  const TrainingStep step = [&](Params w, std::int64_t) {
    optimiser.step(w, grad(mse_half_mean(net(w, task.x), task.y), w));
    return w;
  };
  const LayersOf layers = [&](const Params& w) {
    std::vector<Layer> all = net.layers(w, task.x_new);
    // The first layer's biases, for they hide in the sum x W + b.
    all.insert(all.begin(), {"bias1", w[1], w[1]});
    return all;
  };
  const Params w = init(net, seed, task.x.dtype(), task.x.device());
  return coordinate_check(layers, w, step, steps);
}
// [check]

std::vector<CoordinateRow> check_variant(const Variant& variant, bool adam,
                                         std::int64_t width, const Task& task,
                                         std::uint64_t seed) {
  const Model net = net_of(variant, width);
  return adam ? check_net(net, Adam(net, {.lr = adam_lr, .eps = 0}), task,
                          seed)
              : check_net(net, Sgd(net, {.lr = sgd_lr}), task, seed);
}

// [own]
// Two layers of tanh with a shortcut. Your network stands here.
std::vector<Layer> own_net(const Params& w, const Tensor& x) {
  const Tensor h1 = matmul(x, w[0]), z1 = tanh(h1);
  const Tensor h2 = z1 + matmul(z1, w[1]), z2 = tanh(h2);
  const Tensor f = matmul(z2, w[2]);
  return {{"layer1", h1, z1}, {"layer2", h2, z2}, {"output", f, f}};
}
// [own]

// [own-check]
std::vector<CoordinateRow> check_own(std::int64_t width, const Task& task,
                                     std::uint64_t seed) {
  const double n = static_cast<double>(width), m = n / base_width;
  const auto normal = [&](const Shape& shape, std::uint64_t stream,
                          double std) {
    return random_normal(shape, {seed, stream}, std, task.x.dtype(),
                         task.x.device());
  };
  const Params start = {
      normal({inputs, width}, 0, 1 / std::sqrt(inputs)),
      normal({width, width}, 1, 1 / std::sqrt(n)),
      zeros({width, outputs}, task.x.dtype(), task.x.device())};
  // muP for SGD, table 3.
  const std::vector<double> rates = {sgd_lr * m, sgd_lr, sgd_lr / m};
  const TrainingStep step = [&](const Params& w, std::int64_t) {
    const Tensor f = own_net(w, task.x).back().h;
    const Params g = grad(mse_half_mean(f, task.y), w);
    Params next;
    for (std::size_t i = 0; i < w.size(); ++i)
      next.push_back(stop_gradient(w[i] - rates[i] * g[i]));
    return next;
  };
  const LayersOf layers = [&](const Params& w) {
    return own_net(w, task.x_new);
  };
  return coordinate_check(layers, start, step, steps);
}
// [own-check]

void add(const std::vector<CoordinateRow>& measured, SweepRows& rows) {
  for (const CoordinateRow& row : measured)
    rows.add({row.step, row.layer, row.rms, row.delta_rms});
}

struct Grid {
  std::vector<std::int64_t> widths;
  int seeds;
};

Grid grid(bool full) {
  if (full) return {{64, 128, 256, 512, 1024, 2048}, 10};
  return {{64, 128, 256, 512, 1024}, 4};
}

void measure(const Grid& grid, const Options& options) {
  Sweep sweep(options, "coordinates",
              {"variant", "optimiser", "width", "seed"},
              {"step", "layer", "rms", "delta"});
  const Task task = teacher_task(options.dtype, options);
  for (const std::int64_t width : grid.widths)
    for (int k = 0; k < grid.seeds; ++k) {
      const std::uint64_t seed = options.network_seed(k);
      const double cost = static_cast<double>(width * (width + 64));
      for (const Variant& variant : variants())
        for (const bool adam : {false, true})
          sweep.cell(
              {variant.name, adam ? "Adam" : "SGD", width, k},
              [=](SweepRows& rows) {
                add(check_variant(variant, adam, width, task, seed), rows);
              },
              cost);
      sweep.cell(
          {"own", "SGD", width, k},
          [=](SweepRows& rows) { add(check_own(width, task, seed), rows); },
          cost);
    }
  sweep.run();
}

// What no slope shows: each differs from muP at every width alike.
struct Unseen {
  const char* name;
  std::int64_t base_width = ::base_width, depth = 3;
  double hidden_variance = 2, weight_decay = 0;
};

void measure_unseen(const Options& options) {
  Sweep sweep(options, "unseen", {"variant", "optimiser", "width", "seed"},
              {"step", "layer", "rms", "delta"});
  const Task task = teacher_task(options.dtype, options);
  for (const Unseen& u : {Unseen{"mup"},
                          {"base_width", 16},
                          {"deep", 64, 6},
                          {"gain", 64, 3, 1},
                          {"decay", 64, 3, 2, 0.1}})
    for (const std::int64_t width : {64, 128, 256, 512})
      for (int k = 0; k < 4; ++k) {
        const Model net = fcn({.in = inputs,
                               .width = width,
                               .depth = u.depth,
                               .out = outputs,
                               .bias = true,
                               .hidden_variance = u.hidden_variance,
                               .last = {.zero = true},
                               .parametrisation = abc::mup_table3,
                               .base_width = u.base_width});
        const Adam adam(
            net, {.lr = adam_lr, .eps = 0, .weight_decay = u.weight_decay});
        sweep.cell({u.name, "Adam", width, k},
                   [=, seed = options.network_seed(k)](SweepRows& rows) {
                     add(check_net(net, adam, task, seed), rows);
                   });
      }
  sweep.run();
}

void measure_rounding(const Options& options) {
  Sweep sweep(options, "rounding", {"optimiser", "dtype"},
              {"step", "layer", "rms", "delta"});
  for (const bool adam : {false, true})
    for (const DType dtype : {DType::f32, DType::f64}) {
      const Task task = teacher_task(dtype, options);
      sweep.cell({adam ? "Adam" : "SGD", to_string(dtype)},
                 [=, seed = options.seed](SweepRows& rows) {
                   add(check_variant(mup(), adam, 256, task, seed), rows);
                 });
    }
  sweep.run();
}

void experiment(const Options& options) {
  measure(grid(options.full), options);
  measure_unseen(options);
  measure_rounding(options);
}

int main(int argc, char** argv) {
  const ChapterInfo info{
      .name = "ch07_coordinate_check",
      .question = "The coordinate check: is my parametrisation right?",
      .quick_time = "20 s",
      .full_time = "8 min",
      .sweeps = true};
  return run_experiment(argc, argv, info, experiment);
}
