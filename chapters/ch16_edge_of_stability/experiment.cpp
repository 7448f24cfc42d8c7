// Chapter 16. The edge of stability: where does the curvature come to rest?
//
// The uv model as a map of two lengths, and networks with the sharpness along
// their training: images in --dtype, all else in f64.
//
// engine.csv: the uv model trained by the engine beside the map.
// orbits.csv: for each psi the last kernels of a long training on the map.
// cycles.csv: what such a training does in the long run: means, period, and the
//   mean logarithms by which it multiplies a small change (`lyapunov`) and the
//   product P M (`imbalance`); `minus` is the last M.
// doublings.csv: the psi from which the period is longer than `period`.
// toy.csv: a tanh network on 20 points, its sharpness along training.
// images.csv: the runs of experiment.h, the same.
// output.csv: the sharpness before and after 60 steps, for outputs of any size.

#include "chapters/ch16_edge_of_stability/experiment.h"

#include <cmath>
#include <string>
#include <vector>

#include "chapters/ch16_edge_of_stability/long_runs.h"
#include "chapters/ch16_edge_of_stability/map.h"
#include "chapters/support/csv.h"
#include "chapters/support/options.h"
#include "chapters/support/sweep.h"
#include "data/batches.h"
#include "data/generators.h"
#include "data/load.h"
#include "nn/instruments/sharpness_along.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/vectors.h"

using namespace gradus;

// --- 1. The uv model ---

// [engine]
// u and v, trained and measured as any network is, and the two factors.
void train_uv(double psi, Start start, int steps, Csv& csv) {
  const UvConfig config{.width = 16};
  const double root = 4;  // of N
  const TrainingAlong training{
      .model = uv(config),
      .loss = mse_half_mean,
      .start = uv_params(config, start.f * root, start.lam),
      .measuring = {ones({1, 1}, DType::f64), full({1, 1}, root, DType::f64)},
      .steps = steps,
      .measure = [=](int t) { return t <= 200 || t % (steps / 100) == 0; },
      .tolerance = 1e-11};
  const Sgd sgd(training.model, {.lr = psi});  // since y / sqrt(N) = 1
  std::vector<Lengths> map = {start.at(psi)};
  for (int t = 0; t < steps; ++t) map.push_back(next(map.back(), psi));
  for (const SharpnessRow& row : sharpness_along(training, sgd)) {
    const Lengths s = map[static_cast<std::size_t>(row.step)];
    csv.row({psi, start.f, start.lam, row.step,
             psi * std::sqrt(2 * row.loss) / root, psi * row.sharpness,
             std::abs(s.phi() - psi), eta_lambda(s, psi),
             psi * row.along_step});
  }
}
// [engine]

Csv engine() {
  Csv csv({"psi", "f0", "lam0", "step", "delta", "eta_lambda", "map_delta",
           "map_eta_lambda", "eta_along"});
  for (double psi : {0.5, 0.95, 1.05, 1.2, 1.25})
    train_uv(psi, unequal, 200, csv);
  for (const Start& start : slow_starts) train_uv(0.005, start, 5000, csv);
  return csv;
}

Csv orbits() {
  Csv csv({"lam0", "psi", "kappa"});
  for (const Start& start : {unequal, parallel})
    for (int i = 0; i <= 300; ++i) {
      const double psi = 0.499 + 0.005 * i;
      Lengths s = after(20000, start.at(psi), psi);
      for (int t = 0; t < 24 && s.kappa() < 10; ++t, s = next(s, psi))
        csv.row({start.lam, psi, s.kappa()});
    }
  return csv;
}

Csv cycles() {
  Csv csv({"lam0", "psi", "period", "lowest", "highest", "mean_kappa",
           "mean_lambda", "lyapunov", "imbalance", "minus"});
  for (const Start& start : {unequal, parallel})
    for (double psi : {0.7, 0.9, 0.98, 1.05, 1.1, 1.2, 1.23, 1.25, 1.29, 1.35,
                       1.42, 1.6, 1.83, 1.9, 1.99}) {
      const Lengths s = after(20000, start.at(psi), psi);
      if (!(s.kappa() < 10)) continue;  // diverged
      const LongRun run = long_run(s, psi, 100000);
      csv.row({start.lam, psi, period(s, psi), run.lowest, run.highest,
               run.kappa, run.lambda, run.lyapunov, run.imbalance,
               run.minus});
    }
  return csv;
}

Csv doublings() {
  Csv csv({"period", "psi"});
  for (int length : {1, 2, 4, 8, 16}) csv.row({length, longer_from(length)});
  return csv;
}

// --- 2. Networks ---

// [measured]
// Often at first. Later two steps in a row: at the edge every second one is
// alike.
bool measured(int step) {
  const int every = step < 200 ? 10 : step < 1000 ? 40 : 100;
  return step <= 10 || step % every <= 1;
}
// [measured]

template <class Optimiser>
void measure(TrainingAlong training, const Optimiser& optimiser,
             SweepRows& rows) {
  training.tolerance = 1e-3;
  const double lr = optimiser.options.lr;
  for (const SharpnessRow& row : sharpness_along(training, optimiser))
    rows.add({row.step, row.loss, lr * row.sharpness, row.residual, row.rises,
              lr * row.along_step});
}

void train_toy(double lr, int steps, std::uint64_t seed, SweepRows& rows) {
  const Samples points = chebyshev_t5(20);
  FcnConfig config{.in = 1, .width = 64, .depth = 4, .out = 1};
  config.activation = Activation::tanh;
  config.bias = true;
  config.hidden_variance = 1.5 * 1.5;
  const Model net = fcn(config);
  measure({.model = net,
           .loss = mse_half_mean,
           .start = init(net, seed, DType::f64),
           .measuring = examples_of(points, DType::f64),
           .steps = steps,
           .measure = [](int step) { return step % 20 <= 1; }},
          Sgd(net, {.lr = lr}), rows);
}

Examples load(const Options& options) {
  const Dataset some = first(embedded_fashion_mnist().train, image_count);
  return {pooled_images(some, 4, Layout::flat, options.dtype, options.device),
          one_hot(some.labels, some.classes, options.dtype, options.device)};
}

Model network(double last_variance) {
  return fcn(
      {.in = 49,
       .width = 64,
       .depth = 4,
       .last = {.variance = last_variance, .zero = last_variance == 0}});
}

void train_images(const Run& run, const Options& options, std::uint64_t seed,
                  SweepRows& rows) {
  const Model net = network(run.last_variance);
  const Examples data = load(options);
  Batches batches(image_count, run.batch > 0 ? run.batch : image_count, seed);
  TrainingAlong training{
      .model = net,
      .loss = mse_half_mean,
      .start = init(net, seed, options.dtype, options.device),
      .measuring = data,
      .steps = options.full ? 3 * run.steps : run.steps,
      .measure = measured};
  if (run.batch > 0)
    training.batch = [&](int step) -> Examples {
      const auto batch = batches.at(step);
      return {gather_rows(data.x, batch), gather_rows(data.y, batch)};
    };
  if (run.beta1 > 0)
    measure(training, Adam(net, {.lr = run.lr, .beta1 = run.beta1}), rows);
  else
    measure(training, Sgd(net, {.lr = run.lr, .momentum = run.momentum}),
            rows);
}

void change_of_sharpness(double variance, const Options& options,
                         std::uint64_t seed, SweepRows& rows) {
  const Model net = network(variance);
  TrainingAlong training{
      .model = net,
      .loss = mse_half_mean,
      .start = init(net, seed, options.dtype, options.device),
      .measuring = load(options),
      .steps = 0,
      .measure = [](int step) { return step % output_steps == 0; },
      .tolerance = 1e-3};
  const double at_0 =
      sharpness_along(training, Sgd(net, {.lr = 0}))[0].sharpness;
  training.steps = output_steps;
  const Sgd half_stable(net, {.lr = 0.5 / at_0});
  const double last = sharpness_along(training, half_stable)[1].sharpness;
  const auto& [x, y] = training.measuring;
  const double f_over_y = norm({net(training.start, x)}) / norm({y});
  rows.add({f_over_y, at_0, last});
}

void experiment(const Options& options) {
  const int seeds = options.full ? 8 : 4;
  const std::vector<std::string> columns = {"step",     "loss",  "eta_lambda",
                                            "residual", "rises", "eta_along"};
  Sweep toy(options, "toy", {"lr", "seed"}, columns);
  Sweep training(options, "images", {"run", "seed"}, columns);
  Sweep output(options, "output", {"variance", "seed"},
               {"f_over_y", "lambda_0", "lambda_60"});
  for (int k = 0; k < seeds; ++k) {
    const std::uint64_t seed = options.network_seed(k);
    for (double lr : {0.02, 0.03})
      toy.cell({lr, k}, [=, &options](SweepRows& rows) {
        train_toy(lr, options.full ? 5 * toy_steps : toy_steps, seed, rows);
      });
    for (const Run& run : all_runs)
      training.cell(
          {run.name, k},
          [=, &options](SweepRows& rows) {
            train_images(run, options, seed, rows);
          },
          run.steps);
    for (double variance : {0.0, 0.1, 0.5, 1.0, 4.0, 16.0})
      output.cell({variance, k}, [=, &options](SweepRows& rows) {
        change_of_sharpness(variance, options, seed, rows);
      });
  }
  toy.run();
  training.run();
  output.run();

  engine().save(options.out / "engine.csv");
  orbits().save(options.out / "orbits.csv");
  cycles().save(options.out / "cycles.csv");
  doublings().save(options.out / "doublings.csv");
}

int main(int argc, char** argv) {
  const ChapterInfo info{.name = "ch16_edge_of_stability",
                         .question = "Where does the curvature come to rest?",
                         .quick_time = "40 s",
                         .full_time = "5 min",
                         .sweeps = true};
  return run_experiment(argc, argv, info, experiment);
}
