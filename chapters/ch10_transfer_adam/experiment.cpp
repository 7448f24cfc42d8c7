// Chapter 10. Transfer with Adam: what else must scale?
//
// One step of Adam against the width; Fashion-MNIST trained at many learning
// rates and widths under SP and muP; and what an eps does that stays as it is
// while the gradients shrink.
//
// adam.csv: one row for each part of the experiment, curve, width, rate, seed
// and quantity. step: the rms change of f in one step. gradient: the rms of
// each layer's first gradient, and the share of a hidden layer's step that
// eps leaves. train: the loss after 200 steps; there lr is log2 of the rate.

#include "chapters/ch10_transfer_adam/experiment.h"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "autodiff/program/program.h"
#include "chapters/support/options.h"
#include "chapters/support/sweep.h"
#include "data/batches.h"
#include "data/load.h"
#include "nn/examples.h"
#include "nn/instruments/norms.h"
#include "nn/losses.h"
#include "nn/optimisers.h"

using namespace gradus;

using Params = std::vector<Tensor>;
using Integers = std::vector<std::int64_t>;

constexpr double large_eps = 0.01;  // at the base width

// 2048 images of Fashion-MNIST; in quick mode means over 2 x 2 pixels, so
// that there are 196 inputs.
Examples load(const Options& options) {
  const Dataset images = embedded_fashion_mnist().train;
  return {
      pooled_images(images, options.full ? 1 : 2, Layout::flat, options.dtype,
                    options.device),
      one_hot(images.labels, images.classes, options.dtype, options.device)};
}

// [one-step]
// The rms of Delta f of one step on random inputs. Always in f64: it is a
// small difference.
double one_step(const Model& net, double lr, std::uint64_t seed,
                Device device) {
  Params w = init(net, seed, DType::f64, device);
  const Tensor x =
      random_normal({8, 16}, {seed, 100}, 1.0, DType::f64, device);
  const Tensor c =
      random_normal({8, 1}, {seed, 101}, 1.0, DType::f64, device);
  const Tensor f = net(w, x);
  Adam adam(net, {.lr = lr, .eps = 0});
  adam.step(w, grad(linear_loss(f, c), w));
  return rms(net(w, x) - f);
}
// [one-step]

// [train]
// Loss after 200 steps: the mean over the last 32 batches, an epoch.
double train(const Model& net, double lr, double eps, const Examples& images,
             std::uint64_t seed) {
  Params w = init(net, seed, images.x.dtype(), images.x.device());
  Adam adam(net, {.lr = lr, .eps = eps});
  Program next(
      [&](const Params& batch) -> Params {
        const Tensor L = softmax_cross_entropy(net(w, batch[0]), batch[1]);
        adam.step(w, grad(L, w));
        return {L};
      },
      {&w, &adam.first, &adam.second, &adam.steps}, {.onto = false});
  Batches batches(images.x.dim(0), 64, seed);
  double sum = 0;
  for (int step = 0; step < 200; ++step) {
    const std::vector<std::int64_t> picked = batches.at(step);
    const Tensor L = next(
        {gather_rows(images.x, picked), gather_rows(images.y, picked)})[0];
    if (!(L.item() <= 1e5)) return std::numeric_limits<double>::quiet_NaN();
    if (step >= 168) sum += L.item();
  }
  return sum / 32;
}
// [train]

// [kept]
// Adam's first step moves an entry by lr |g| / (|g| + eps) instead of lr.
double kept(const std::vector<double>& gradient, double eps) {
  double sum = 0;
  int count = 0;  // without the entries of dead units, which are exactly 0
  for (const double g : gradient)
    if (g != 0) {
      sum += std::abs(g) / (std::abs(g) + eps);
      ++count;
    }
  return sum / count;
}
// [kept]

double mult(std::int64_t width) {
  return static_cast<double>(width) / base_width;
}

void first_gradient(std::int64_t width, const Integers& widths,
                    const Examples& images, std::uint64_t seed,
                    SweepRows& rows) {
  const Model net = network(abc::mup_table8, images.x.dim(1), width);
  const Params w = init(net, seed, images.x.dtype(), images.x.device());
  const std::vector<std::int64_t> picked =
      Batches(images.x.dim(0), 64, seed).at(0);
  const Tensor f = net(w, gather_rows(images.x, picked));
  const Params g =
      grad(softmax_cross_entropy(f, gather_rows(images.y, picked)), w);
  for (std::size_t i = 0; i < w.size(); i += 2)  // between them the biases
    rows.add({net.params[i].name, rms(g[i])});
  const std::vector<double> hidden = g[2].to_vector();
  rows.add({"fixed", kept(hidden, large_eps)});
  rows.add({"scaled", kept(hidden, large_eps / mult(width))});
  // What fixed eps will keep at every width, from the entries at this one.
  if (width == base_width)
    for (std::int64_t n : widths)
      rows.add({"predicted " + std::to_string(n),
                kept(hidden, large_eps * mult(n))});
}

// One U-curve for each width.
struct Curve {
  const char* name;
  Parametrisation table;
  double eps;       // at the base width
  bool eps_scaled;  // divided by m
  int first, last;  // log2 of the learning rates, in octaves
};

struct Grid {
  Integers step_widths, gradient_widths, widths;
  std::vector<Curve> curves;
  int seeds = 4;
};

Grid grid(bool full) {
  if (full)
    return {{256, 512, 1024, 2048},
            {64, 128, 256, 512, 1024, 2048},
            {64, 128, 256, 512},
            {{"sp", abc::sp, 0, false, -12, -6},
             {"mup", abc::mup_table8, 0, false, -10, -5},
             {"fixed", abc::mup_table8, large_eps, false, -9, -2},
             {"scaled", abc::mup_table8, large_eps, true, -9, -4}}};
  return {{256, 512, 1024},
          {64, 128, 256, 512, 1024},
          {64, 256},
          {{"sp", abc::sp, 0, false, -11, -6},
           {"mup", abc::mup_table8, 0, false, -9, -5},
           {"fixed", abc::mup_table8, large_eps, false, -8, -3},
           {"scaled", abc::mup_table8, large_eps, true, -8, -4}}};
}

void experiment(const Options& options) {
  const Grid sizes = grid(options.full);
  const Examples images = load(options);
  Sweep sweep(options, "adam", {"part", "curve", "width", "lr", "seed"},
              {"quantity", "value"});
  const auto cost = [&](std::int64_t width, double passes) {
    return passes * static_cast<double>(width * (width + images.x.dim(1)));
  };
  for (int k = 0; k < sizes.seeds; ++k) {
    const std::uint64_t seed = options.network_seed(k);

    for (std::int64_t n : sizes.step_widths) {
      const auto step = [&](const char* name, const Parametrisation& table,
                            double lr) {
        const Model net = fcn({.in = 16,
                               .width = n,
                               .depth = 3,
                               .out = 1,
                               .parametrisation = table,
                               .base_width = 256});
        sweep.cell(
            {"step", name, n, lr, k},
            [=, device = options.device](SweepRows& rows) {
              rows.add({"output", one_step(net, lr, seed, device)});
            },
            cost(n, 20));
      };
      step("sp", abc::sp, 1e-5);
      step("sp_over_m", abc::sp, 256 * 1e-3 / static_cast<double>(n));
      step("mup", abc::mup_table8, 1e-3);
    }

    for (std::int64_t n : sizes.gradient_widths)
      sweep.cell(
          {"gradient", "mup", n, 0, k},
          [=, widths = sizes.gradient_widths](SweepRows& rows) {
            first_gradient(n, widths, images, seed, rows);
          },
          cost(n, 5));

    for (std::int64_t n : sizes.widths)
      for (const Curve& curve : sizes.curves)
        for (int octave = curve.first; octave <= curve.last; ++octave)
          sweep.cell(
              {"train", curve.name, n, octave, k},
              [=](SweepRows& rows) {
                const Model net = network(curve.table, images.x.dim(1), n);
                const double eps =
                    curve.eps_scaled ? curve.eps / mult(n) : curve.eps;
                rows.add({"loss",
                          train(net, std::exp2(octave), eps, images, seed)});
              },
              cost(n, 200));
  }
  sweep.run();
}

int main(int argc, char** argv) {
  const ChapterInfo info{
      .name = "ch10_transfer_adam",
      .question = "Transfer with Adam: what else must scale?",
      .quick_time = "25 s",
      .full_time = "4 min",
      .sweeps = true};
  return run_experiment(argc, argv, info, experiment);
}
