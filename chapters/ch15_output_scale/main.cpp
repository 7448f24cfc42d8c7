// Chapter 15. The scale of the output: which phases exist?
//
// The boundaries of chapter 14 for networks that differ in the last layer only, the boundary of a
// zero last layer predicted from its features, and the layers that one learning rate leaves behind.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/ch15_output_scale/diagram.h"
#include "chapters/support/claims.h"
#include "chapters/support/options.h"
#include "chapters/support/panels.h"
#include "chapters/support/results.h"
#include "chapters/support/sweep.h"
#include "data/load.h"
#include "nn/instruments/early_training.h"
#include "nn/instruments/fits.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/instruments/norms.h"
#include "nn/optimisers.h"
#include "nn/instruments/statistics.h"

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
     {.variance = 1, .inverse_square = false, .zero = false, .alpha = 1,
      .out_exp = 0}},
    {"si", "last variance 1/n²", abc::sp,
     {.variance = 1, .inverse_square = true, .zero = false, .alpha = 1,
      .out_exp = 0}},
    {"zero", "zero last layer", abc::sp,
     {.variance = 1, .inverse_square = false, .zero = true, .alpha = 1,
      .out_exp = 0}},
    {"mup", "µP", abc::mup_table9,
     {.variance = 1, .inverse_square = false, .zero = false, .alpha = 1,
      .out_exp = 0}},
    {"half", "SP, f / n^{1/2}", abc::sp,
     {.variance = 1, .inverse_square = false, .zero = false, .alpha = 1,
      .out_exp = .5}},
    {"one", "SP, f / n", abc::sp,
     {.variance = 1, .inverse_square = false, .zero = false, .alpha = 1,
      .out_exp = 1}}};
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

// A point of the grid, to the digit.
double log2_of(const std::optional<CriticalConstant>& c) {
  return c ? std::round(10 * std::log2(c->c)) / 10 : none;
}

// [kernel]
// Labels that the network gives already leave no residual, and the Hessian is
// that of the linearised network, J^T J.
double kernel_sharpness(EarlyTraining training) {
  Tensor& y = training.measuring.y;
  const Tensor f = training.model(training.start, training.measuring.x);
  y = stop_gradient(f);
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
  const auto forward = [](const Params& w, const Tensor& features,
                          std::vector<Layer>*) {
    return matmul(features, w[0]);
  };
  const Model model{"last layer", {last}, forward};
  return {model, whole.loss, {whole.start.back()}, {z, whole.measuring.y}};
}
// [frozen]

// The share of the labels in the mode that these features see best.
double label_share(const EarlyTraining& frozen) {
  const auto& [z, y] = frozen.measuring;
  const auto gram = [&z = z](const Params& v) {
    return Params{matmul(z, matmul(z, v[0], true))};
  };
  const Tensor e = sharpness(gram, {slice(y, 1, 0, 1)}).eigenvector[0];
  return sum(square(matmul(e, y, true))).item() / sum(square(y)).item();
}

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
}

void measure_with_kernel(const EarlyTraining& training, SweepRows& rows) {
  measure(training, rows);
  const double kernel = kernel_sharpness(training);
  rows.add({"over_kernel", initial_sharpness(training).lambda_max / kernel});
}

// Whether the loss rises at these c; with a zero last layer also what its features predict.
void several_seeds(const EarlyTraining& training, bool zero, SweepRows& rows) {
  const Sharpness initial = initial_sharpness(training);
  for (const double x : {0.9, 1.3, 2.0})
    rows.add({"rises at " + format_number(x), rises(training, initial, x)});
  if (!zero) return;
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
  int seeds = 3, move_seeds = 8;
  std::vector<int> alphas = {-8, -6, -4, -2, 0, 2};  // octaves; 0 is SP itself
};

Grid grid(bool full) {
  if (full) return {.widths = {64, 128, 256, 512}, .alpha_width = 128, .boundary_seeds = 3};
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
      for (const Variant& v : variants) cell("phases", v, n, k, 40, measure_with_kernel);
    for (const int octave : grid.alphas)
      if (octave != 0)
        cell("alpha", times_alpha(octave), grid.alpha_width, k, 40, measure_with_kernel);
    cell("no labels", named("sp"), grid.alpha_width, k, 40,
         [](EarlyTraining training, SweepRows& rows) {
           training.measuring.y = 0 * training.measuring.y;
           measure_with_kernel(training, rows);
         });
  }
  for (int k = 0; k < grid.seeds; ++k)
    for (const std::int64_t n : grid.seed_widths)
      for (const Variant& v : {named("sp"), named("zero")})
        cell("seeds", v, n, k, 4, [zero = v.last.zero](const EarlyTraining& training,
                                                       SweepRows& rows) {
          several_seeds(training, zero, rows);
        });
  for (int k = 0; k < grid.move_seeds; ++k)
    for (const std::int64_t n : grid.move_widths)
      for (const char* name : {"sp", "zero", "mup", "half", "one"})
        cell("moves", named(name), n, k, 0.2, moves);
  cell("exact", named("sp"), 64, 0, 4, [=](const EarlyTraining&, SweepRows& rows) {
    rows.add({"difference", alpha_or_labels(64, data, 1000 * options.seed)});
  });
  return sweep.run();
}

// Other losses and other networks, at small sizes: 64 images of 14 x 14 pixels, one seed.
Table sweep_others(const Options& options) {
  const Dataset images = first(embedded_fashion_mnist().train, 64);
  const Tensor x = standardised_images(images, Layout::nhwc, options.dtype, options.device);
  const Examples data{avg_pool2d(x),
                      one_hot(images.labels, images.classes, options.dtype, options.device)};
  Sweep sweep(options, "others", {"network", "loss", "last"}, {"quantity", "value"});
  for (const bool zero : {false, true}) {
    const LastLayer last{.zero = zero};
    const auto cells = [&](const char* name, const Model& net, double cost) {
      const auto cell = [&](const char* loss_name, auto loss) {
        sweep.cell({name, loss_name, zero ? "zero" : "standard"},
                   [=, seed = options.seed](SweepRows& rows) {
                     measure({net, loss, init(net, seed, x.dtype(), x.device()), data}, rows);
                   },
                   cost);
      };
      cell("mse", [](const Tensor& f, const Tensor& y) { return mse_half_mean(f, y); });
      cell("cross-entropy",
           [](const Tensor& f, const Tensor& y) { return softmax_cross_entropy(f, y); });
    };
    cells("FCN-4x128", fcn({.in = 196, .width = 128, .depth = 4, .last = last}), 1);
    cells("linear-4x128",
          fcn({.in = 196, .width = 128, .depth = 4, .activation = Activation::linear,
               .hidden_variance = 1, .last = last, .parametrisation = abc::ntk}), 1);
    cells("Myrtle-5-8",
          myrtle({.depth = 5, .width = 8, .image_size = 14, .channels = 1, .last = last}), 8);
    cells("ResNet-18-4", resnet18({.width = 4, .channels = 1, .last = last}), 20);
  }
  return sweep.run();
}

// --- 4. What it says ---

// The median over the seeds of one quantity of one variant.
double value(const Table& rows, const std::string& variant, std::int64_t width,
             const char* quantity) {
  const Table some = rows.where("variant", variant).where("width", width);
  return median(some.where("quantity", quantity).numbers("value"));
}

void phases(const Grid& grid, const Table& table, const Options& options, Claims& claims,
            Summary& summary) {
  const Table rows = table.where("part", "phases");
  Panels panels("phases");
  panels.title("Six last layers, six phase diagrams")
      .subtitle("learning rate in units of 1/λ_0; beyond the colours: divergence")
      .x_axis("1 / width", Scale::log2).y_axis("c", Scale::log2).y_range(1, 32).columns(3);
  print_heading("Boundaries, log2 c", true);
  for (const Variant& v : variants) {
    Diagram diagram;
    for (const std::int64_t n : grid.widths) {
      const auto of = [&](const char* quantity) { return value(rows, v.name, n, quantity); };
      print_row(v.name + " " + std::to_string(n), of, true);
      add_point(diagram, -std::log2(static_cast<double>(n)), of);
      const std::string name = v.name + "_" + std::to_string(n);
      summary.number("loss_" + name, of("x_loss"), 0.3);
      summary.number("max_" + name, of("x_max"), 0.3);
      summary.number("kernel_" + name, of("over_kernel"), 0.3);
    }
    fill(panels.panel(v.title), diagram);
  }
  std::printf("\n");
  panels.draw(options.out);

  const Table zero = rows.where("variant", "zero");
  const Statistics loss_0 = statistics(zero.where("quantity", "loss_0").numbers("value"));
  claims.add("zero_loss", "farthest loss_0 from 0.05, zero last layer",
             std::max(loss_0.largest - 0.05, 0.05 - loss_0.smallest), below(1e-8));
  // Narrower than 64, lambda_0 is not that of the last layer alone.
  Values x_loss;
  for (const std::int64_t n : grid.widths)
    if (n >= 64) x_loss.push_back(value(rows, "zero", n, "x_loss"));
  claims.add("zero_smallest", "smallest log2 c_loss, zero last layer, n >= 64",
             statistics(x_loss).smallest, between(1, 1.3));
  claims.add("zero_largest", "largest", statistics(x_loss).largest, between(1, 1.3));
  claims.add("sp_falls", "octaves that c_loss of SP falls from the narrowest to the widest",
             value(rows, "sp", grid.widths.front(), "x_loss") -
                 value(rows, "sp", grid.widths.back(), "x_loss"),
             above(1));
}

void seeds(const Grid& grid, const Table& table, Claims& claims, Summary& summary) {
  const Table rows = table.where("part", "seeds"), zero = rows.where("variant", "zero");
  const auto rising = [](const Table& some, const char* quantity) {
    return statistics(some.where("quantity", quantity).numbers("value"));
  };
  const Table sp = rows.where("variant", "sp");
  claims.add("zero_below", "whether a loss rises at c = 2^0.9, zero last layer, any run",
             rising(zero, "rises at 0.9").largest, equals(0));
  claims.add("zero_above", "the same at c = 2^1.3, every run",
             rising(zero, "rises at 1.3").smallest, equals(1));
  claims.add("sp_narrow", "the same at c = 4, SP, n = 64, any run",
             rising(sp.where("width", grid.seed_widths.front()), "rises at 2").largest, equals(0));
  claims.add("sp_wide", "the same, n = 256, median run",
             median(sp.where("width", grid.seed_widths.back())
                        .where("quantity", "rises at 2").numbers("value")), equals(1));

  // From frozen features c_loss mu_1 / lambda_0 lies between 2 and 1 + p_1^{-1/20}; a point of the
  // grid is less than a tenth of an octave above.
  const auto all = [&](const char* quantity) {
    return zero.where("quantity", quantity).numbers("value");
  };
  const Values predicted = all("x_frozen"), mode = all("mode"), labels = all("share");
  Values above_two, above_bound;
  for (std::size_t i = 0; i < predicted.size(); ++i) {
    const double x = predicted[i] + std::log2(mode[i]);
    above_two.push_back(x - 1);
    above_bound.push_back(x - std::log2(1 + std::pow(labels[i], -1.0 / 20)));
  }
  claims.add("frozen_low", "log2 of c_loss from frozen features over its lower bound, smallest",
             statistics(above_two).smallest, above(0));
  claims.add("frozen_high", "over its upper bound, largest", statistics(above_bound).largest,
             below(0.1));
  summary.number("frozen_smallest", statistics(predicted).smallest, 0.1);
  summary.number("frozen_largest", statistics(predicted).largest, 0.1);
  summary.number("share", median(labels), 0.01);
  const double closed_form = 1 + std::pow(median(labels), -1.0 / 20);
  summary.number("closed_form", closed_form, 0.02);
  summary.number("closed_form_x", std::log2(closed_form), 0.02);
  for (const std::int64_t n : grid.seed_widths)
    summary.number("mode_" + std::to_string(n), value(zero, "zero", n, "mode"), 0.02);
}

void alphas(const Grid& grid, const Table& table, const Options& options, Claims& claims) {
  const Table rows = table.where("part", "alpha");
  const std::int64_t n = grid.alpha_width;
  Diagram diagram;
  print_heading("Output x alpha, n = " + std::to_string(n), true);
  const auto add = [&](const Table& some, const std::string& variant, int octave) {
    const auto of = [&](const char* quantity) { return value(some, variant, n, quantity); };
    print_row("alpha = 2^" + std::to_string(octave), of, true);
    add_point(diagram, octave, of);
  };
  for (const int octave : grid.alphas)
    if (octave == 0)
      add(table.where("part", "phases"), "sp", 0);
    else
      add(rows, times_alpha(octave).name, octave);
  const Table none_to_learn = table.where("part", "no labels");
  const auto unlabelled = [&](const char* quantity) {
    return value(none_to_learn, "sp", n, quantity);
  };
  print_row("labels 0", unlabelled, true);
  std::printf("\n");
  Panels figure("alpha");
  figure.title("What the labels are to a small output")
      .subtitle("SP, n = " + std::to_string(n) + ", output times α; beyond: divergence")
      .x_axis("α", Scale::log2).y_axis("c", Scale::log2).y_range(1, 32);
  fill(figure.panel(""), diagram);
  figure.draw(options.out);

  claims.add("alpha_labels", "10 losses, α = 4 against labels over 4: largest difference",
             table.where("part", "exact").number(0, "value"), equals(0));
  claims.add("large_alpha", "log2 c_loss, α = 4 minus no labels",
             diagram.loss.back() - unlabelled("x_loss"), equals(0, 0.2));
  claims.add("small_alpha_loss", "log2 c_loss, α = 2^-8", diagram.loss.front(), below(0.9));
  claims.add("small_alpha_sharp", "log2 c_sharp, α = 2^-8", diagram.sharp.front(), below(0.1));
}

void layers(const Grid& grid, const Table& table, const Options& options, Claims& claims) {
  const Table rows = table.where("part", "moves");
  Figure figure("layers");
  figure.title("One rate leaves the first layer behind")
      .subtitle("one step: Δh of the first layer over Δh of the second, median of 8 seeds")
      .x_axis("width n", Scale::log2).y_axis("Δh_1 / Δh_2", Scale::log2);
  Values widths(grid.move_widths.begin(), grid.move_widths.end());
  std::printf("Exponent of n of Delta h_1 / Delta h_2 in one step\n");
  for (const char* name : {"mup", "sp", "half", "one"}) {
    const Variant v = named(name);
    Values ratios;
    for (const std::int64_t n : grid.move_widths)
      ratios.push_back(value(rows, name, n, "layer1") / value(rows, name, n, "layer2"));
    figure.line(widths, ratios, v.title);
    const double slope = fit_log_log(widths, ratios).slope;
    std::printf("%-5s %5.2f\n", name, slope);
    claims.add("layers_" + v.name, "exponent of Δh_1 / Δh_2, " + v.title, slope,
               equals(v.name == "mup" ? 0 : -1, 0.15));
  }
  std::printf("\n");
  Values falling;
  for (const double n : widths) falling.push_back(8 * widths[0] / n);
  figure.dashed(widths, falling, "1 / n").draw(options.out);
  const Table zero = rows.where("variant", "zero");
  double largest = 0;
  for (const char* layer : {"layer1", "layer2", "layer3"})
    for (const double move : zero.where("quantity", layer).numbers("value"))
      largest = std::max(largest, move);
  claims.add("zero_moves", "largest Δh below a zero last layer, first step", largest, equals(0));
}

int other_networks(const Options& options) {
  const Table table = sweep_others(options);
  print_heading("Other networks and losses", false);
  for (std::size_t i = 0; i < table.size(); i += 7) {
    const Table cell = table.where("network", table.text(i, "network"))
                           .where("loss", table.text(i, "loss"))
                           .where("last", table.text(i, "last"));
    const char* loss = table.text(i, "loss") == "mse" ? ", MSE" : ", CE";
    print_row(table.text(i, "network") + loss + ", " + table.text(i, "last"),
              [&](const char* quantity) {
                return cell.where("quantity", quantity).number(0, "value");
              },
              false);
  }
  std::printf("\n");
  return 0;
}

int chapter(const Options& options) {
  Claims claims;
  Summary summary(options);
  const Grid sizes = grid(options.full);
  const Table table = sweep(sizes, options);
  phases(sizes, table, options, claims, summary);
  seeds(sizes, table, claims, summary);
  alphas(sizes, table, options, claims);
  layers(sizes, table, options, claims);
  summary.save(claims);
  return claims.report(options.check);
}

int main(int argc, char** argv) {
  bool others = false;
  const ChapterInfo info{
      .name = "ch15_output_scale",
      .question = "The scale of the output: which phases exist?",
      .quick_time = "15 s",
      .full_time = "10 min",
      .sweeps = true,
      .extra = {{"--others", &others, "instead: other losses and networks, small (30 s)"}}};
  return run_chapter(argc, argv, info, [&](const Options& options) {
    return others ? other_networks(options) : chapter(options);
  });
}
