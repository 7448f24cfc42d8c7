// Chapter 15. The scale of the output: which phases exist?
//
// The boundaries of chapter 14 for networks that differ in the last layer only,
// what predicts the boundary of a zero last layer from its features, and the
// layers that one learning rate leaves behind.
//
// scale.csv: of every variant (part "phases"), of an output times alpha
// ("alpha") and of labels that are zero ("no labels") the start and the
// boundaries; for several seeds ("seeds") whether the loss rises at three c; how
// far one step moves each layer ("moves"); alpha against labels ("exact").
// depths.csv: the same three c for a zero last layer at depths 2 and 8.
// rise.csv: how far the sharpness of a zero last layer rises at c = 1 and 2^1.2.
// others.csv, with --others instead: boundaries of other networks and losses.
// margin.csv, with --margin instead: boundaries of three variants, c_sharp also
// where a rise of 5% counts.

#include "chapters/ch15_output_scale/experiment.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/ch15_output_scale/boundaries.h"
#include "chapters/ch15_output_scale/frozen.h"
#include "chapters/ch15_output_scale/rising.h"
#include "chapters/support/csv.h"
#include "chapters/support/options.h"
#include "chapters/support/sweep.h"
#include "data/load.h"
#include "nn/instruments/early_training.h"
#include "nn/instruments/norms.h"
#include "nn/losses.h"
#include "nn/optimisers.h"

using namespace gradus;

// --- 1. What is measured ---

// [kernel]
// Labels that the network gives already leave no residual, and the Hessian is
// that of the linearised network, J^T J.
double kernel_sharpness(const EarlyTraining& training) {
  EarlyTraining fitted = training;
  const Tensor& x = training.measuring.x;
  fitted.measuring.y = stop_gradient(training.model(training.start, x));
  return initial_sharpness(fitted).lambda_max;
}
// [kernel]

void measure_with_kernel(const EarlyTraining& training, SweepRows& rows) {
  measure(training, rows);
  const double kernel = kernel_sharpness(training);
  rows.add({"over_kernel", initial_sharpness(training).lambda_max / kernel});
}

// The same for a zero last layer, and what its features predict.
void rising_and_predicted(const EarlyTraining& training, SweepRows& rows) {
  rising(training, rows);
  const Sharpness initial = initial_sharpness(training);
  const EarlyTraining last = frozen_features(training);
  int i = 0;
  while (i < 60 && !rises(last, initial, i / 10.0)) ++i;
  rows.add({"x_frozen", i / 10.0});
  rows.add({"mode", initial_sharpness(last).lambda_max / initial.lambda_max});
  rows.add({"share", label_share(last)});
}

// [moves]
// How far one step moves the pre-activations of each layer through that
// layer's own weights. Only quotients are used, so any rate will do.
void moves(const EarlyTraining& training, SweepRows& rows) {
  const Model& net = training.model;
  const auto& [x, y] = training.measuring;
  const std::vector<Layer> layers = net.layers(training.start, x);
  Params w = training.start;
  Sgd sgd(net, {.lr = 1});
  const Tensor L = training.loss(net(training.start, x), y);
  sgd.step(w, grad(L, training.start));
  for (std::size_t l = 0; l < w.size(); ++l) {
    const Tensor input = l == 0 ? x : layers[l - 1].z;
    const Tensor change =
        net.params[l].multiplier * (w[l] - training.start[l]);
    rows.add({layers[l].name, rms(matmul(input, change))});
  }
}
// [moves]

// The largest difference between ten steps at c = 4 with alpha = 4 and labels y,
// and with alpha = 1 and labels y / 4, whose loss is 16 times as small.
double alpha_or_labels(std::int64_t width, const Examples& data,
                       std::uint64_t seed) {
  const auto losses = [&](int octave, double labels) {
    const EarlyTraining training = training_of(
        times_alpha(octave), width, seed, {data.x, labels * data.y});
    return train_early(training, initial_sharpness(training), 4, {}).loss;
  };
  const std::vector<double> scaled = losses(2, 1), plain = losses(0, 0.25);
  double largest = 0;
  for (std::size_t t = 0; t < scaled.size(); ++t)
    largest = std::max(largest, std::abs(scaled[t] - 16 * plain[t]));
  return largest;
}

// --- 2. The sweeps ---

Examples first_images(std::int64_t count, Layout layout,
                      const Options& options) {
  return examples_of(first(embedded_fashion_mnist().train, count), layout,
                     options.dtype, options.device);
}

void sweep_scale(const Options& options) {
  const Examples data = first_images(512, Layout::flat, options);
  Sweep sweep(options, "scale", {"part", "variant", "width", "seed"},
              {"quantity", "value"});
  const auto cell = [&](const char* part, const Variant& v, std::int64_t n,
                        int k, double cost, auto work) {
    sweep.cell(
        {part, v.name, n, k},
        [=](SweepRows& rows) {
          work(training_of(v, n, options.network_seed(k), data), rows);
        },
        cost * double(n * (n + 400)));
  };

  std::vector<std::int64_t> widths = {32, 64, 128};
  if (options.full) widths = {64, 128, 256, 512};
  const std::int64_t alpha_width = options.full ? 128 : 64;
  for (int k = 0; k < (options.full ? 3 : 1); ++k) {
    for (std::int64_t n : widths)
      for (const Variant& v : variants)
        cell("phases", v, n, k, 40, measure_with_kernel);
    for (int octave : octaves)
      if (octave != 0)
        cell("alpha", times_alpha(octave), alpha_width, k, 40,
             measure_with_kernel);
    cell("no labels", named("sp"), alpha_width, k, 40,
         [](EarlyTraining training, SweepRows& rows) {
           training.measuring.y = 0 * training.measuring.y;
           measure_with_kernel(training, rows);
         });
  }
  for (int k = 0; k < 3; ++k)
    for (std::int64_t n : {64, 128, 256}) {
      cell("seeds", named("sp"), n, k, 4, rising);
      cell("seeds", named("zero"), n, k, 4, rising_and_predicted);
    }
  for (int k = 0; k < 8; ++k)
    for (std::int64_t n : {64, 128, 256, 512})
      for (const char* name : {"sp", "zero", "mup", "half", "one"})
        cell("moves", named(name), n, k, 0.2, moves);
  cell("exact", named("sp"), 64, 0, 4,
       [=](const EarlyTraining&, SweepRows& rows) {
         rows.add({"difference",
                   alpha_or_labels(64, data, options.network_seed(0))});
       });
  sweep.run();
}

// A zero last layer at more depths, and at more widths.
void sweep_zero(const Options& options) {
  const Examples data = first_images(512, Layout::flat, options);
  const auto zero = [=](std::int64_t n, int k, std::int64_t depth) {
    return training_of(named("zero"), n, options.network_seed(k), data,
                       depth);
  };
  Sweep depths(options, "depths", {"depth", "width", "seed"},
               {"quantity", "value"});
  for (std::int64_t depth : {2, 8})
    for (std::int64_t n : {64, 128})
      for (int k = 0; k < 3; ++k)
        depths.cell(
            {depth, n, k},
            [=](SweepRows& rows) { rising(zero(n, k, depth), rows); },
            double(depth * n * (n + 400)));
  depths.run();
  Sweep rise(options, "rise", {"width", "seed"}, {"quantity", "value"});
  for (int k = 0; k < (options.full ? 3 : 1); ++k)
    for (std::int64_t n : {64, 128, 256, 512})
      rise.cell(
          {n, k},
          [=](SweepRows& rows) { sharpness_rises(zero(n, k, 4), rows); },
          double(n * (n + 400)));
  rise.run();
}

// Three last layers, where the sharpness counts as raised from a margin on, too.
void sweep_margin(const Options& options) {
  const Examples data = first_images(512, Layout::flat, options);
  Sweep sweep(options, "margin", {"variant", "width", "seed"},
              {"quantity", "value"});
  for (int k = 0; k < (options.full ? 3 : 1); ++k)
    for (std::int64_t n : {64, 128, 256, 512})
      for (const char* name : {"sp", "si", "zero"})
        sweep.cell(
            {name, n, k},
            [=, seed = options.network_seed(k)](SweepRows& rows) {
              measure(training_of(named(name), n, seed, data), rows, 0.05);
            },
            double(n * (n + 400)));
  sweep.run();
}

// Other losses and networks, small: 64 images of 14 x 14 pixels, one seed.
void sweep_others(const Options& options) {
  Examples data = first_images(64, Layout::nhwc, options);
  data.x = avg_pool2d(data.x);
  Sweep sweep(options, "others", {"network", "loss", "last"},
              {"quantity", "value"});
  for (bool zero : {false, true})
    for (const Network& network : other_networks({.zero = zero})) {
      const auto cell = [&](const char* loss_name, auto loss) {
        sweep.cell(
            {network.name, loss_name, zero ? "zero" : "standard"},
            [=, net = network.net, seed = options.seed](SweepRows& rows) {
              measure(
                  {net, loss,
                   init(net, seed, data.x.dtype(), data.x.device()), data},
                  rows);
            },
            network.cost);
      };
      cell("mse", mse_half_mean);
      cell("cross-entropy", softmax_cross_entropy);
    }
  sweep.run();
}

int main(int argc, char** argv) {
  bool others = false, margin = false;
  const ChapterInfo info{
      .name = "ch15_output_scale",
      .question = "The scale of the output: which phases exist?",
      .quick_time = "20 s",
      .full_time = "10 min",
      .sweeps = true,
      .extra = {{"--others", &others,
                 "instead: other losses and networks, small (30 s)"},
                {"--margin", &margin,
                 "instead: c_sharp at a margin of 5% beside 0 (1 min)"}}};
  return run_experiment(argc, argv, info, [&](const Options& options) {
    if (others) return sweep_others(options);
    if (margin) return sweep_margin(options);
    sweep_scale(options);
    sweep_zero(options);
  });
}
