// Chapter 15. The scale of the output: which phases exist?
//
// The boundaries of chapter 14 for networks that differ in the last layer only, the boundary of a
// zero last layer predicted from its features, and the layers that one learning rate leaves behind.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <string>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/support/claims.h"
#include "chapters/support/options.h"
#include "chapters/support/panels.h"
#include "chapters/support/results.h"
#include "chapters/support/sweep.h"
#include "data/load.h"
#include "nn/early_training.h"
#include "nn/fits.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/norms.h"
#include "nn/optimisers.h"
#include "nn/statistics.h"

using namespace gradus;

using Params = std::vector<Tensor>;
using Values = std::vector<double>;
using Integers = std::vector<std::int64_t>;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

// --- 1. The variants ---

// [variants]
struct Variant {
  std::string name, title;
  Parametrisation table;
  LastLayer last;
};

const std::vector<Variant> variants = {
    {"sp", "SP", abc::sp,
     {.variance = 1, .inverse_square = false, .zero = false, .alpha = 1, .out_exp = 0}},
    {"si", "last variance 1/n²", abc::sp,
     {.variance = 1, .inverse_square = true, .zero = false, .alpha = 1, .out_exp = 0}},
    {"zero", "zero last layer", abc::sp,
     {.variance = 1, .inverse_square = false, .zero = true, .alpha = 1, .out_exp = 0}},
    {"mup", "µP", abc::mup_table9,
     {.variance = 1, .inverse_square = false, .zero = false, .alpha = 1, .out_exp = 0}},
    {"half", "SP, f / n^{1/2}", abc::sp,
     {.variance = 1, .inverse_square = false, .zero = false, .alpha = 1, .out_exp = .5}},
    {"one", "SP, f / n", abc::sp,
     {.variance = 1, .inverse_square = false, .zero = false, .alpha = 1, .out_exp = 1}}};
// [variants]

Variant named(const std::string& name) {
  return *std::find_if(variants.begin(), variants.end(),
                       [&](const Variant& v) { return v.name == name; });
}

Variant times_alpha(int octave) {
  Variant v = named("sp");
  v.name = "alpha" + std::to_string(octave);
  v.last.alpha = std::exp2(octave);
  return v;
}

EarlyTraining training_of(const Variant& v, std::int64_t width, std::uint64_t seed,
                          const Examples& data) {
  const Model net = fcn({.in = data.x.dim(1), .width = width, .depth = 4,
                         .last = v.last, .parametrisation = v.table, .base_width = 64});
  return {net, mse_half_mean, init(net, seed, data.x.dtype(), data.x.device()), data};
}

Sharpness initial_sharpness(const EarlyTraining& training) {
  return sharpness_at(training, training.start, {.tolerance = 1e-3});
}

bool rises(const EarlyTraining& training, const Sharpness& initial, double x) {
  const Values loss = train_early(training, initial, std::exp2(x), {}).loss;
  return std::any_of(loss.begin(), loss.end(), [&](double L) { return !(L <= loss[0]); });
}

// --- 2. What is measured ---

double log2_of(const std::optional<CriticalConstant>& c) { return c ? std::log2(c->c) : none; }

// [kernel]
// Labels that the network gives already leave no residual, and the Hessian is
// that of the linearised network, J^T J.
double kernel_sharpness(EarlyTraining training) {
  Tensor& y = training.measuring.y;
  y = stop_gradient(training.model(training.start, training.measuring.x));
  return initial_sharpness(training).lambda_max;
}
// [kernel]

// [frozen]
// The last layer alone, on the features that the others have at the start.
EarlyTraining frozen_features(const EarlyTraining& whole) {
  const std::vector<Layer> layers =
      whole.model.layers(whole.start, whole.measuring.x);
  const Tensor z = stop_gradient(layers[layers.size() - 2].z);
  const Param& last = whole.model.params.back();
  const Model model{"last layer", {last},
                    [](const Params& w, const Tensor& features,
                       std::vector<Layer>*) { return matmul(features, w[0]); }};
  return {model, whole.loss, {whole.start.back()}, {z, whole.measuring.y}};
}

// The share of the labels in the mode that these features see best.
double label_share(const EarlyTraining& frozen) {
  const auto& [z, y] = frozen.measuring;
  const auto gram = [&z = z](const Params& v) {
    return Params{matmul(z, matmul(z, v[0], true))};
  };
  const Tensor e = sharpness(gram, {slice(y, 1, 0, 1)}).eigenvector[0];
  return sum(square(matmul(e, y, true))).item() / sum(square(y)).item();
}
// [frozen]

void measure(const EarlyTraining& training, SweepRows& rows) {
  const Sharpness initial = initial_sharpness(training);
  const CriticalConstants c = find_boundaries(training, initial).constants;
  const Tensor f = training.model(training.start, training.measuring.x);
  rows.add({"loss_0", training.loss(f, training.measuring.y).item()});
  rows.add({"lambda", initial.lambda_max});
  rows.add({"residual", initial.relative_residual()});
  rows.add({"x_loss", log2_of(c.c_loss)});
  rows.add({"x_sharp", log2_of(c.c_sharp)});
  rows.add({"x_barrier", log2_of(c.c_barrier)});
  rows.add({"x_max", log2_of(c.c_max)});
  rows.add({"stiffness", initial.lambda_max / kernel_sharpness(training)});
}

// Whether the loss rises at 2^0.9, 2^1.3 and 2^2; with a zero last layer also what its features say.
void several_seeds(const EarlyTraining& training, bool zero, SweepRows& rows) {
  const Sharpness initial = initial_sharpness(training);
  for (const double x : {0.9, 1.3, 2.0})
    rows.add({"rises at " + format_number(x), rises(training, initial, x)});
  if (!zero) return;
  // [predicted]
  const EarlyTraining last = frozen_features(training);
  const double mode =
      initial_sharpness(last).lambda_max / initial.lambda_max;
  int i = 0;
  while (i < 60 && !rises(last, initial, i / 10.0)) ++i;
  // [predicted]
  rows.add({"x_frozen", i / 10.0});
  rows.add({"mode", mode});
  rows.add({"share", label_share(last)});
}

// [moves]
// How far one step moves the pre-activations of each layer through that
// layer's own weights. Only quotients of layers are used, so any rate will do.
void moves(const EarlyTraining& training, SweepRows& rows) {
  const Model& net = training.model;
  const auto& [x, y] = training.measuring;
  const std::vector<Layer> layers = net.layers(training.start, x);
  Params w = training.start;
  Sgd sgd(net, {.lr = 1});
  sgd.step(w, grad(training.loss(net(training.start, x), y), training.start));
  for (std::size_t l = 0; l < w.size(); ++l) {
    const Tensor input = l == 0 ? x : layers[l - 1].z;
    const Tensor change = net.params[l].multiplier * (w[l] - training.start[l]);
    rows.add({layers[l].name, rms(matmul(input, change))});
  }
}
// [moves]

// The largest difference between ten steps at c = 4 with alpha = 4 and labels y, and with alpha = 1
// and labels y / 4, whose loss is 16 times as small.
double alpha_or_labels(std::int64_t width, const Examples& data, std::uint64_t seed) {
  const auto losses = [&](int octave, double labels) {
    const EarlyTraining training =
        training_of(times_alpha(octave), width, seed, {data.x, labels * data.y});
    return train_early(training, initial_sharpness(training), 4, {}).loss;
  };
  const Values scaled = losses(2, 1), plain = losses(0, 0.25);
  double largest = 0;
  for (std::size_t t = 0; t < scaled.size(); ++t)
    largest = std::max(largest, std::abs(scaled[t] - 16 * plain[t]));
  return largest;
}

// --- 3. The sweep ---

struct Grid {
  Integers widths;             // of the phase diagrams
  std::int64_t alpha_width;
  int boundary_seeds;
  Integers seed_widths = {64, 128, 256};  // of what is asked of several seeds
  Integers move_widths = {64, 128, 256, 512};
  int seeds = 3;
  std::vector<int> alphas = {-8, -6, -4, -2, 2};
};

Grid grid(bool full) {
  if (full) return {.widths = {64, 128, 256}, .alpha_width = 128, .boundary_seeds = 3};
  return {.widths = {32, 64, 128}, .alpha_width = 64, .boundary_seeds = 1};
}

Table sweep(const Grid& grid, const Options& options) {
  const Dataset images = first(embedded_fashion_mnist().train, 512);
  const Examples data{standardised_images(images, Layout::flat, options.dtype, options.device),
                      one_hot(images.labels, images.classes, options.dtype, options.device)};
  Sweep sweep(options, "scale", {"part", "variant", "width", "seed"}, {"quantity", "value"});
  const auto cell = [&](const char* part, const Variant& v, std::int64_t n, int k, double cost,
                        auto work) {
    const double size = static_cast<double>(n);
    sweep.cell({part, v.name, n, k},
               [=](SweepRows& rows) {
                 const std::uint64_t seed = 1000 * options.seed + static_cast<std::uint64_t>(k);
                 work(training_of(v, n, seed, data), rows);
               },
               cost * size * (size + 400));
  };
  for (int k = 0; k < grid.boundary_seeds; ++k) {
    for (const std::int64_t n : grid.widths)
      for (const Variant& v : variants) cell("phases", v, n, k, 40, measure);
    for (const int octave : grid.alphas)
      cell("alpha", times_alpha(octave), grid.alpha_width, k, 40, measure);
    cell("no labels", named("sp"), grid.alpha_width, k, 40,
         [](EarlyTraining training, SweepRows& rows) {
           training.measuring.y = 0 * training.measuring.y;
           measure(training, rows);
         });
  }
  for (int k = 0; k < grid.seeds; ++k) {
    for (const std::int64_t n : grid.seed_widths)
      for (const Variant& v : {named("sp"), named("zero")})
        cell("seeds", v, n, k, 4, [zero = v.last.zero](const EarlyTraining& training,
                                                       SweepRows& rows) {
          several_seeds(training, zero, rows);
        });
    for (const std::int64_t n : grid.move_widths)
      for (const char* name : {"sp", "half", "one", "mup"})
        cell("moves", named(name), n, k, 0.2, moves);
  }
  cell("exact", named("sp"), 64, 0, 4, [=](const EarlyTraining&, SweepRows& rows) {
    rows.add({"difference", alpha_or_labels(64, data, 1000 * options.seed)});
  });
  return sweep.run();
}

// Other losses and other networks, at small sizes: 64 images each, one seed.
Table sweep_others(const Options& options) {
  const Dataset images = first(embedded_fashion_mnist().train, 64);
  const Examples data{standardised_images(images, Layout::nhwc, options.dtype, options.device),
                      one_hot(images.labels, images.classes, options.dtype, options.device)};
  Sweep sweep(options, "others", {"network", "loss", "last"}, {"quantity", "value"});
  for (const bool zero : {false, true}) {
    const LastLayer last{.zero = zero};
    const auto cells = [&](const char* name, const Model& net, double cost) {
      const auto cell = [&](const char* loss_name, auto loss) {
        sweep.cell({name, loss_name, zero ? "zero" : "standard"},
                   [=, seed = options.seed](SweepRows& rows) {
                     const Tensor& x = data.x;
                     measure({net, loss, init(net, seed, x.dtype(), x.device()), data}, rows);
                   },
                   cost);
      };
      cell("mse", [](const Tensor& f, const Tensor& y) { return mse_half_mean(f, y); });
      cell("cross-entropy",
           [](const Tensor& f, const Tensor& y) { return softmax_cross_entropy(f, y); });
    };
    cells("FCN 4 x 128", fcn({.width = 128, .depth = 4, .last = last}), 1);
    cells("linear FCN 4 x 128",
          fcn({.width = 128, .depth = 4, .activation = Activation::linear, .hidden_variance = 1,
               .last = last, .parametrisation = abc::ntk}), 1);
    cells("Myrtle-5 x 8",
          myrtle({.depth = 5, .width = 8, .image_size = 28, .channels = 1, .last = last}), 8);
    cells("ResNet-18 x 4", resnet18({.width = 4, .channels = 1, .last = last}), 20);
  }
  return sweep.run();
}

// --- 4. What it says ---

int other_networks(const Options& options) {
  const Table table = sweep_others(options);
  std::printf("Boundaries, log2 c       loss           last        loss_0    loss   sharp     max\n");
  return Claims().report(options.check);
}

int chapter(const Options& options) {
  Claims claims;
  Summary summary(options);
  const Grid sizes = grid(options.full);
  const Table table = sweep(sizes, options);
  summary.save(claims);
  return claims.report(options.check);
}

int main(int argc, char** argv) {
  bool others = false;
  const ChapterInfo info{
      .name = "ch15_output_scale",
      .question = "The scale of the output: which phases exist?",
      .quick_time = "45 s",
      .full_time = "6 min",
      .sweeps = true,
      .extra = {{"--others", &others, "instead: other losses and networks, at small sizes (2 min)"}}};
  return run_chapter(argc, argv, info, [&](const Options& options) {
    return others ? other_networks(options) : chapter(options);
  });
}
