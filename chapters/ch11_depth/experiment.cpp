// Chapter 11. Can one learning rate serve every depth too?
//
// What L residual branches do to the length of a signal, to one step of training,
// to the curvature, and to the best learning rate of SGD and of Adam; blocks of
// two layers; and one learning rate over a grid of widths and depths.
//
// signals.csv: R = |h_L|^2 / |h_0|^2 in many networks: its mean, and the variance
//   of its logarithm. Each network is drawn as n normals per block.
// depth.csv: one row for each part of the experiment, network, width, depth, log2
//   of the learning rate, seed and quantity. step: growth of the signal; change of
//   h_L, of f and, in blocks of two layers, of what the middle one reads inside, in
//   one step of the blocks alone, over the rate. curvature: sharpness at the start.
//   sgd, adam: after training, loss and on the spiral accuracy. inside: the same,
//   and the change inside. tune: of the smallest network. grid: of all sizes, at
//   the rate that is best there. no_bias: of a network without biases.

#include "chapters/ch11_depth/experiment.h"

#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "chapters/ch11_depth/one_step.h"
#include "chapters/ch11_depth/signals.h"
#include "chapters/support/csv.h"
#include "chapters/support/options.h"
#include "chapters/support/sweep.h"
#include "data/batches.h"
#include "data/examples.h"
#include "data/generators.h"
#include "data/load.h"
#include "nn/instruments/sharpness.h"
#include "nn/instruments/statistics.h"
#include "nn/losses.h"
#include "nn/optimisers.h"

using namespace gradus;

using Integers = std::vector<std::int64_t>;

// --- 1. The length of a signal ---

Csv signals(const Options& options) {
  const std::int64_t draws = 2000;
  Csv csv({"branch", "width", "blocks", "draws", "mean_R", "variance_ln_R"});
  for (const Branch& branch : {Branch{"plain", 0, true, false},
                               {"one", 0, false, false},
                               {"root", 0.5, false, false},
                               {"over_L", 1, false, false},
                               {"relu_last", 0.5, false, true},
                               {"relu_last_over_L", 1, false, true}})
    for (std::int64_t blocks : {2, 4, 8, 16, 32, 64}) {
      std::vector<double> R = draw_R(options, branch, draws, width, blocks);
      const double mean_R = statistics(R).mean;
      for (double& value : R) value = std::log(value);
      const double deviation = statistics(R).deviation;
      csv.row(
          {branch.name, width, blocks, draws, mean_R, deviation * deviation});
    }
  return csv;
}

// --- 2. One step, and the curvature, on random data ---

void curvature(const std::string& name, const Size& size, std::uint64_t seed,
               SweepRows& rows) {
  const Model net = network(name, size);
  const Params w = init(net, seed);
  const Tensor x = gaussian(inputs, seed, 5000, DType::f32);
  const Tensor y = gaussian(outputs, seed, 5001, DType::f32);
  Hvp H(mse_half_mean(net(w, x), y), w);
  const Sharpness top = sharpness(std::ref(H), w, {.tolerance = 1e-2});
  rows.add({"lambda_0", top.lambda_max});
}

// --- 3. Training ---

struct Trained {
  double loss = std::numeric_limits<double>::infinity();
  Params w = {};
};

// [train]
// The loss is the mean over the last 32 batches; infinite if one diverges.
template <class Optimiser>
Trained train(const Model& net, Optimiser optimiser, const Examples& data,
              std::int64_t batch, int steps, std::uint64_t seed) {
  Params w = init(net, seed, data.x.dtype(), data.x.device());
  Batches batches(data.x.dim(0), batch, seed);
  double sum = 0;
  for (int step = 0; step < steps; ++step) {
    const std::vector<std::int64_t> picked = batches.at(step);
    const Tensor f = net(w, gather_rows(data.x, picked));
    const Tensor loss = softmax_cross_entropy(f, gather_rows(data.y, picked));
    if (!(loss.item() <= 1e5)) return {};
    if (step >= steps - 32) sum += loss.item();
    optimiser.step(w, grad(loss, w));
  }
  return {sum / 32, w};
}

Trained train_spiral(const Model& net, int octave, const Examples& spiral,
                     std::uint64_t seed) {
  return train(net, Sgd(net, {.lr = std::exp2(octave)}), spiral, 32, 500,
               seed);
}

Trained train_images(const Model& net, int octave, const Examples& images,
                     std::uint64_t seed) {
  return train(net, Adam(net, {.lr = std::exp2(octave), .eps = 0}), images,
               64, 200, seed);
}
// [train]

// --- 4. All parts ---

// 1,024 images of Fashion-MNIST, means over 4 x 4 pixels: 49 inputs.
Examples small_images(const Options& options) {
  const Dataset images = first(embedded_fashion_mnist().train, 1024);
  return {
      pooled_images(images, 4, Layout::flat, options.dtype, options.device),
      one_hot(images.labels, images.classes, options.dtype, options.device)};
}

void experiment(const Options& options) {
  const Examples points = examples_of(spiral({.seed = options.seed}),
                                      options.dtype, options.device);
  const Examples images = small_images(options);
  Sweep sweep(options, "depth",
              {"part", "net", "width", "blocks", "lr", "seed"},
              {"quantity", "value"});
  using Work = std::function<void(std::uint64_t, SweepRows&)>;
  const auto cell = [&](const char* part, const char* net, std::int64_t n,
                        std::int64_t L, int octave, std::int64_t k,
                        const Work& work, double passes) {
    sweep.cell(
        {part, net, n, L, octave, k},
        [=, seed = options.network_seed(k)](SweepRows& rows) {
          work(seed, rows);
        },
        passes * static_cast<double>(L * n * (n + 50)));
  };
  const auto on_spiral = [&](const char* part, const char* name,
                             std::int64_t n, std::int64_t base,
                             std::int64_t L, int octave, std::int64_t k) {
    cell(
        part, name, n, L, octave, k,
        [=](std::uint64_t seed, SweepRows& rows) {
          const Model net = network(name, {2, n, L, 3, base});
          const Trained end = train_spiral(net, octave, points, seed);
          rows.add({"loss", end.loss});
          if (!end.w.empty())
            rows.add({"accuracy", accuracy(net(end.w, points.x), points.y)});
        },
        500);
  };
  const auto on_images = [&](const char* part, const char* name,
                             std::int64_t L, int octave, std::int64_t k) {
    cell(
        part, name, 64, L, octave, k,
        [=](std::uint64_t seed, SweepRows& rows) {
          const Model net = network(name, {49, 64, L, 10});
          const Trained end = train_images(net, octave, images, seed);
          rows.add({"loss", end.loss});
          if (std::string(part) != "inside") return;
          const Params start = init(net, seed, options.dtype, options.device);
          rows.add({"inner", inside(net, start, end.w, images.x, L)});
        },
        400);
  };

  const Integers powers = {2, 4, 8, 16};
  for (std::int64_t k = 0; k < 8; ++k)
    for (const char* name :
         {"plain", "root", "over_L", "two_depth_mup", "two_complete_p"})
      for (std::int64_t L : {4, 8, 16, 32, 64})
        cell(
            "step", name, width, L, 0, k,
            [=](std::uint64_t seed, SweepRows& rows) {
              for (const auto& [quantity, value] : one_step(name, L, seed))
                rows.add({quantity, value});
            },
            50);
  for (std::int64_t k = 0; k < 16; ++k)
    for (const char* name : {"plain", "root"})
      for (std::int64_t L : powers)
        cell(
            "curvature", name, 256, L, 0, k,
            [=](std::uint64_t seed, SweepRows& rows) {
              curvature(name, {inputs, 256, L, outputs}, seed, rows);
            },
            100);
  for (std::int64_t k = 0; k < 3; ++k) {
    for (std::int64_t L : powers)
      for (int octave = -6; octave <= 0; ++octave) {
        if (octave < 0) on_spiral("sgd", "plain", 64, 64, L, octave, k);
        if (octave < 0) on_spiral("sgd", "one", 64, 64, L, octave, k);
        if (octave > -5) on_spiral("sgd", "depth_mup", 64, 64, L, octave, k);
      }
    for (std::int64_t L : {2, 8, 32})
      for (const char* name : {"two_depth_mup", "two_complete_p"})
        on_images("inside", name, L, -7, k);
    for (int octave = -4; octave <= 0; ++octave)
      on_spiral("no_bias", "no_bias", 64, 64, 4, octave, k);
  }
  for (std::int64_t k = 0; k < 5; ++k)
    for (std::int64_t L : {2, 4, 16})
      for (int octave = -9; octave <= -5; ++octave)
        for (const char* name : {"root", "depth_mup"})
          on_images("adam", name, L, octave, k);
  for (std::int64_t k = 0; k < 8; ++k)
    for (int octave = -4; octave <= 0; ++octave)
      for (const char* name : {"plain", "depth_mup"})
        on_spiral("tune", name, smallest_width, smallest_width,
                  smallest_depth, octave, k);

  const Integers widths = options.full
                              ? Integers{16, 32, 64, 128, 256, 512, 1024}
                              : Integers{16, 32, 64, 128};
  const Integers depths = options.full
                              ? Integers{2, 3, 4, 6, 8, 12, 16, 24, 32}
                              : Integers{2, 8, 32};
  const std::int64_t narrow = options.full ? 128 : 64;  // three seeds
  for (std::int64_t n : widths)
    for (std::int64_t L : depths)
      for (std::int64_t k = 0; k < (n > narrow ? 1 : 3); ++k)
        for (const char* name : {"plain", "depth_mup"})
          on_spiral("grid", name, n, smallest_width, L, best_octave, k);
  sweep.run();

  signals(options).save(options.out / "signals.csv");
}

int main(int argc, char** argv) {
  const ChapterInfo info{
      .name = "ch11_depth",
      .question = "Depth: can one learning rate serve every depth too?",
      .quick_time = "30 s",
      .full_time = "8 min",
      .sweeps = true};
  return run_experiment(argc, argv, info, experiment);
}
