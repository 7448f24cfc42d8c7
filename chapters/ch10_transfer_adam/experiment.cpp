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
// more.csv, with --more instead: the same loss for SP with rates per layer
// (rates), and with weight decay (decay) the rms of two layers' weights, too.

#include "chapters/ch10_transfer_adam/experiment.h"

#include <cmath>
#include <string>
#include <tuple>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/ch10_transfer_adam/training.h"
#include "chapters/support/options.h"
#include "chapters/support/sweep.h"
#include "nn/instruments/norms.h"

using namespace gradus;

using Integers = std::vector<std::int64_t>;

constexpr double large_eps = 0.01;  // at the base width

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
                Params w = start_of(net, images, seed);
                rows.add({"loss",
                          train(net, w, {.lr = std::exp2(octave), .eps = eps},
                                images, seed)});
              },
              cost(n, 200));
  }
  sweep.run();
}

// Rates per layer in SP; weight decay under muP in its three forms, and what it
// has left of two layers' weights.
void sweep_more(const Options& options) {
  const Examples images = load(options);
  Sweep sweep(options, "more", {"part", "curve", "width", "lr", "seed"},
              {"quantity", "value"});
  const auto cell = [&](const char* part, const char* name,
                        const Parametrisation& table, std::int64_t n,
                        int octave, int k, double decay, Decay form) {
    sweep.cell(
        {part, name, n, octave, k},
        [=, seed = options.network_seed(k)](SweepRows& rows) {
          const Model net = network(table, images.x.dim(1), n);
          Params w = start_of(net, images, seed);
          const Adam::Options adam{.lr = std::exp2(octave),
                                   .eps = 0,
                                   .weight_decay = decay,
                                   .decay = form};
          rows.add({"loss", train(net, w, adam, images, seed)});
          rows.add({"hidden", rms(w[2])});
          rows.add({"output", rms(w[4])});
        },
        double(n * (n + images.x.dim(1))));
  };
  for (int k = 0; k < 4; ++k)
    for (const std::int64_t n : {64, 256, 512}) {
      for (int octave = -11; octave <= -5; ++octave) {
        const auto curve = [&](const char* name,
                               const Parametrisation& table) {
          cell("rates", name, table, n, octave, k, 0, Decay::independent);
        };
        curve("sp", abc::sp);
        curve("layers", sp_layers());
        curve("mup", abc::mup_table8);
      }
      const auto decayed = [&](const char* name, const Parametrisation& table,
                               double decay, Decay form) {
        cell("decay", name, table, n, decay_octave, k, decay, form);
      };
      decayed("none", abc::mup_table3, 0, Decay::independent);
      for (const auto& [table, proportional, independent, l2] :
           {std::tuple{abc::mup_table3, "decoupled 3", "independent 3",
                       "coupled 3"},
            {abc::mup_table8, "decoupled 8", "independent 8", "coupled 8"}}) {
        decayed(proportional, table, weight_decay, Decay::proportional);
        decayed(independent, table, weight_decay, Decay::independent);
        decayed(l2, table, coupled_decay, Decay::l2);
      }
    }
  sweep.run();
}

int main(int argc, char** argv) {
  bool more = false;
  const ChapterInfo info{
      .name = "ch10_transfer_adam",
      .question = "Transfer with Adam: what else must scale?",
      .quick_time = "25 s",
      .full_time = "4 min",
      .sweeps = true,
      .extra = {
          {"--more", &more,
           "instead: rates per layer in SP, and weight decay (3 min)"}}};
  return run_experiment(argc, argv, info, [&](const Options& options) {
    return more ? sweep_more(options) : experiment(options);
  });
}
