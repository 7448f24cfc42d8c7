// Chapter 9. Transfer with SGD: does a learning rate tuned on a narrow
// network serve a wide one?
//
// Networks of several widths trained by SGD at many learning rates, under SP
// and muP: on the spiral, on images, and in the setting of chapter 4.
//
// losses.csv: one row for each task, parametrisation, width, rate, seed and
// quantity: the mean loss of every ten batches; at the end the loss on all
// examples and the largest loss of any batch (inf if the training diverged);
// of SP's wide networks on the spiral also the sharpness and each layer's
// share of active units, at the start and after 30 steps. With --mse instead: the
// spiral with squared error.

#include "chapters/ch09_transfer_sgd/experiment.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "autodiff/program/program.h"
#include "chapters/support/options.h"
#include "chapters/support/sweep.h"
#include "data/batches.h"
#include "data/generators.h"
#include "data/load.h"
#include "nn/instruments/sharpness.h"
#include "nn/losses.h"
#include "nn/optimisers.h"

using namespace gradus;

using Params = std::vector<Tensor>;
using Values = std::vector<double>;
using Integers = std::vector<std::int64_t>;

constexpr double infinite = std::numeric_limits<double>::infinity();

struct Task : Examples {
  std::string name;
  std::int64_t depth, base_width, batch, steps;
  std::function<Tensor(const Tensor& f, const Tensor& y)> loss =
      softmax_cross_entropy;
};

Examples arms(const Options& options) {
  return examples_of(spiral({.seed = options.seed}), options.dtype,
                     options.device);
}

Examples images(const Options& options) {
  return examples_of(first(embedded_fashion_mnist().train, 2048),
                     Layout::flat, options.dtype, options.device);
}

Task spiral_task(const Options& options) {
  return {arms(options), "spiral", 3, 32, 64, 200};
}

Task images_task(const Options& options) {
  return {images(options), "images", 3, 64, 64, 200};
}

// The spiral again, with squared error.
Task squared_task(const Options& options) {
  Task task = spiral_task(options);
  task.name = "squared";
  task.loss = mse_half_mean;
  return task;
}

// The setting of chapter 4.
Task long_task(const Options& options) {
  return {arms(options), "chapter 4", 4, 64, 32, 500};
}

// [inside]
// The sharpness on every tenth example, and the share of active units.
void look_inside(const Task& task, const Model& net, const Params& w,
                 std::int64_t step, SweepRows& rows) {
  Integers some;
  for (std::int64_t i = 0; i < task.x.dim(0); i += 10) some.push_back(i);
  const Tensor x = gather_rows(task.x, some);
  Hvp hessian(task.loss(net(w, x), gather_rows(task.y, some)), w);
  rows.add({"lambda", step,
            sharpness(std::ref(hessian), w, {.tolerance = 0.05}).lambda_max});
  const std::vector<Layer> layers = net.layers(w, x);
  for (std::size_t l = 0; l + 1 < layers.size(); ++l) {
    const Tensor z = layers[l].z;
    const Tensor active = greater(z, zeros(z.shape(), z.dtype(), z.device()));
    rows.add({"active" + std::to_string(l + 1), step, mean(active).item()});
  }
}
// [inside]

// [train]
Model network(const Task& task, const Parametrisation& table,
              std::int64_t width) {
  return fcn({.in = task.x.dim(1),
              .width = width,
              .depth = task.depth,
              .out = task.y.dim(1),
              .bias = true,
              .parametrisation = table,
              .base_width = task.base_width});
}

void train(const Task& task, const Model& net, double lr, std::uint64_t seed,
           bool inside, SweepRows& rows) {
  Params w = init(net, seed, task.x.dtype(), task.x.device());
  Sgd sgd(net, {.lr = lr});
  Program step(
      [&](const Params& batch) -> Params {
        const Tensor L = task.loss(net(w, batch[0]), batch[1]);
        sgd.step(w, grad(L, w));
        return {L};
      },
      {&w}, {.onto = false});
  Batches batches(task.x.dim(0), task.batch, seed);
  double recent = 0;  // mean loss of the last ten batches
  double peak = 0;    // the largest loss of any batch
  bool diverged = false;
  for (std::int64_t t = 0; t < task.steps && !diverged; ++t) {
    if (inside && (t == 0 || t == inside_step))
      look_inside(task, net, w, t, rows);
    const std::vector<std::int64_t> picked = batches.at(t);
    const Tensor L =
        step({gather_rows(task.x, picked), gather_rows(task.y, picked)})[0];
    diverged = !(L.item() <= 1e5);  // `L > 1e5` would let a NaN pass
    peak = std::max(peak, L.item());
    recent += L.item() / 10;
    if (t % 10 == 9) {
      rows.add({"batch_loss", t + 1, recent});
      recent = 0;
    }
  }
  const NoGrad values_only;
  const double loss = task.loss(net(w, task.x), task.y).item();
  diverged = diverged || !(loss <= 1e5);
  rows.add({"loss", task.steps, diverged ? infinite : loss});
  rows.add({"peak", task.steps, diverged ? infinite : peak});
}
// [train]

struct Grid {
  Integers spiral = {32, 128, 512}, images = {64, 256}, chapter_4 = {64, 512};
  // log2; finer near SP's second minimum
  Values spiral_rates = {-4, -3, -2, -1, 0, 0.5, 1};
  Values images_rates = {-5, -4, -3, -2, -1};
  int seeds = 4;
};

Values half_octaves(double low, double high) {
  Values log_rates;
  for (double at = low; at <= high; at += 0.5) log_rates.push_back(at);
  return log_rates;
}

Grid grid(bool full) {
  if (!full) return {};
  return {.spiral = {32, 64, 128, 256, 512, 1024},
          .images = {64, 128, 256, 512},
          .chapter_4 = {64, 128, 256, 512},
          .spiral_rates = half_octaves(-6, 2.5),
          .images_rates = half_octaves(-6, -0.5),
          .seeds = 8};
}

void experiment(const Options& options, bool squared) {
  const Grid sizes = grid(options.full);
  Sweep sweep(options, "losses",
              {"task", "table", "width", "log2_lr", "seed"},
              {"quantity", "step", "value"});
  const auto cell = [&](const Task& task, const Parametrisation& table,
                        std::int64_t width, double log_rate, int k) {
    const bool inside = task.name == "spiral" && width == inside_width &&
                        table.name == std::string(abc::sp.name);
    const std::uint64_t seed = options.network_seed(k);
    const std::int64_t weights =
        width * (task.x.dim(1) + (task.depth - 2) * width);
    sweep.cell(
        {task.name, table.name, width, log_rate, k},
        [=](SweepRows& rows) {
          train(task, network(task, table, width), std::exp2(log_rate), seed,
                inside, rows);
        },
        static_cast<double>(weights * task.steps * task.batch));
  };
  const auto cells = [&](const Task& task, const Integers& widths,
                         const Values& log_rates) {
    for (const Parametrisation& table : compared())
      for (std::int64_t width : widths)
        for (double log_rate : log_rates)
          for (int k = 0; k < (squared ? 8 : sizes.seeds); ++k)
            cell(task, table, width, log_rate, k);
  };
  if (squared) {
    cells(squared_task(options), {32, 128, 512}, half_octaves(-8, 2));
    return sweep.run();
  }
  cells(spiral_task(options), sizes.spiral, sizes.spiral_rates);
  cells(images_task(options), sizes.images, sizes.images_rates);
  cells(long_task(options), sizes.chapter_4, {std::log2(0.1)});
  sweep.run();
}

int main(int argc, char** argv) {
  bool squared = false;
  const ChapterInfo info{
      .name = "ch09_transfer_sgd",
      .question = "Does a rate tuned on a narrow network serve a wide one?",
      .quick_time = "40 s",
      .full_time = "10 min",
      .sweeps = true,
      .extra = {{"--mse", &squared,
                 "instead: the spiral with squared error (2 min)"}}};
  return run_experiment(argc, argv, info, [&](const Options& options) {
    experiment(options, squared);
  });
}
