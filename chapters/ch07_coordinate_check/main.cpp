// Chapter 7. The coordinate check: is my parametrisation right?
//
// How far each layer moves in t = 1 to 20 steps, against the width: SP, NTK and muP, SGD and Adam,
// three planted bugs, and a network written by hand.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/support/claims.h"
#include "chapters/support/options.h"
#include "chapters/support/panels.h"
#include "chapters/support/plot.h"
#include "chapters/support/results.h"
#include "chapters/support/sweep.h"
#include "data/generators.h"
#include "nn/instruments/coordinate_check.h"
#include "nn/instruments/fits.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "nn/instruments/statistics.h"

using namespace gradus;

using Params = std::vector<Tensor>;
using Values = std::vector<double>;

constexpr std::int64_t inputs = 8, outputs = 4, base_width = 64, steps = 20;
constexpr double sgd_lr = 0.04, adam_lr = 0.001;

// --- 1. The check ---

struct Task {
  Tensor x, y;   // 32 examples to train on, one per row, all in every step
  Tensor x_new;  // 32 others to look at
};

Task teacher_task(DType dtype, const Options& options) {
  const Samples samples = teacher({.examples = 32, .input_size = inputs, .target_size = outputs,
                                   .seed = options.seed});
  return {inputs_of(samples, dtype, options.device), targets_of(samples, dtype, options.device),
          random_normal({32, inputs}, {options.seed, 100}, 1.0, dtype, options.device)};
}

struct Variant {
  const char *name, *text;
  Parametrisation table;
  bool zero_readout;
};
const Variant sp = {"sp", "SP", abc::sp, false};
const Variant ntk = {"ntk", "NTK", abc::ntk, false};
const Variant mup = {"mup", "muP", abc::mup_table3, true};
const Variant mup_random = {"mup_random", "muP, random W_3", abc::mup_table3, false};
const Variant bug_rate = {"bug_rate", "bug: hidden rate",
                          planted(abc::mup_table3, PlantedBug::hidden_lr_unscaled), true};
const Variant bug_output = {"bug_output", "bug: output",
                            planted(abc::mup_table3, PlantedBug::output_unscaled), false};
const Variant bug_biases = {"bug_biases", "bug: biases",
                            planted(abc::mup_table3, PlantedBug::biases_like_weights), true};
const std::vector<Variant> variants = {sp,       ntk,        mup,       mup_random,
                                       bug_rate, bug_output, bug_biases};

Model net_of(const Variant& variant, std::int64_t width) {
  return fcn({.in = inputs, .width = width, .depth = 3, .out = outputs, .bias = true,
              .last = {.zero = variant.zero_readout}, .parametrisation = variant.table,
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

std::vector<CoordinateRow> check_variant(const Variant& variant, bool adam, std::int64_t width,
                                         const Task& task, std::uint64_t seed) {
  const Model net = net_of(variant, width);
  return adam ? check_net(net, Adam(net, {.lr = adam_lr, .eps = 0}), task, seed)
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

std::vector<CoordinateRow> check_own(std::int64_t width, const Task& task, std::uint64_t seed) {
  const double n = static_cast<double>(width), m = n / base_width;
  const auto normal = [&](Shape shape, std::uint64_t stream, double std) {
    return random_normal(shape, {seed, stream}, std, task.x.dtype(), task.x.device());
  };
  const Params start = {normal({inputs, width}, 0, 1 / std::sqrt(inputs)),
                        normal({width, width}, 1, 1 / std::sqrt(n)),
                        zeros({width, outputs}, task.x.dtype(), task.x.device())};
  // [own-check]
  const Values rates = {sgd_lr * m, sgd_lr, sgd_lr / m};  // muP, table 3, SGD
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
  // [own-check]
}

// --- 2. The sweep ---

struct Grid {
  std::vector<std::int64_t> widths;
  int seeds;
};

Grid grid(bool full) {
  if (full) return {{64, 128, 256, 512, 1024, 2048}, 10};
  return {{64, 128, 256, 512, 1024}, 4};
}

Table measure(const Grid& grid, const Options& options) {
  Sweep sweep(options, "coordinates", {"variant", "optimiser", "width", "seed"},
              {"step", "layer", "rms", "delta"});
  const Task task = teacher_task(options.dtype, options);
  const auto add = [](const std::vector<CoordinateRow>& measured, SweepRows& rows) {
    for (const CoordinateRow& row : measured)
      rows.add({row.step, row.layer, row.rms, row.delta_rms});
  };
  for (const std::int64_t width : grid.widths)
    for (int k = 0; k < grid.seeds; ++k) {
      const std::uint64_t seed = 1000 * options.seed + static_cast<std::uint64_t>(k);
      const double cost = static_cast<double>(width * (width + 64));
      for (const Variant& variant : variants)
        for (const bool adam : {false, true})
          sweep.cell({variant.name, adam ? "Adam" : "SGD", width, k},
                     [=](SweepRows& rows) {
                       add(check_variant(variant, adam, width, task, seed), rows);
                     },
                     cost);
      sweep.cell({"own", "SGD", width, k},
                 [=](SweepRows& rows) { add(check_own(width, task, seed), rows); }, cost);
    }
  return sweep.run();
}

// --- 3. Slopes ---

// One layer's rms of h or of Delta h after some step.
struct Curve {
  Values widths, medians, smallest, largest;  // over the seeds
  double slope = NAN, error = NAN;            // of the seeds' own slopes: mean, standard error
};

// [slope]
Curve curve_of(const Table& rows, const char* quantity, const Grid& grid) {
  Curve curve;
  std::vector<Values> by_seed(static_cast<std::size_t>(grid.seeds));
  for (const std::int64_t width : grid.widths) {
    const Values values = rows.where("width", width).numbers(quantity);
    const Statistics of = statistics(values);
    curve.widths.push_back(static_cast<double>(width));
    curve.medians.push_back(of.median);
    curve.smallest.push_back(of.smallest);
    curve.largest.push_back(of.largest);
    for (std::size_t k = 0; k < values.size(); ++k)
      by_seed[k].push_back(values[k]);
    // Nothing has moved, as below a readout of zeros at t = 1; or diverged.
    if (!(of.smallest > 0 && std::isfinite(of.largest))) return curve;
  }
  Values slopes;
  for (const Values& values : by_seed)
    slopes.push_back(fit_log_log(curve.widths, values).slope);
  const Statistics of = statistics(slopes);
  curve.slope = of.mean;
  curve.error = of.deviation / std::sqrt(static_cast<double>(grid.seeds));
  return curve;
}
// [slope]

std::string text_of(const Curve& curve) {
  if (!std::isfinite(curve.slope)) return "none";
  char text[40];
  std::snprintf(text, sizeof text, "%5.2f +- %.2f", curve.slope, curve.error);
  return text;
}

// The sweep's table, asked for one curve at a time.
struct Slopes {
  const Table& table;
  const Grid& grid;

  Curve operator()(const char* variant, bool adam, const char* layer, std::int64_t t,
                   const char* quantity = "delta") const {
    return curve_of(table.where("variant", variant)
                        .where("optimiser", adam ? "Adam" : "SGD")
                        .where("layer", layer)
                        .where("step", t),
                    quantity, grid);
  }

  void print(const char* heading, const char* quantity, std::int64_t t) const {
    std::printf("%s\n%-23s%-14s%-14s%-14s%s\n", heading, "", "h_1", "h_2", "f", "b_1");
    for (const Variant& v : variants)
      for (const bool adam : {false, true})
        std::printf("%-17s%-6s%-14s%-14s%-14s%s\n", v.text, adam ? "Adam" : "SGD",
                    text_of((*this)(v.name, adam, "layer1", t, quantity)).c_str(),
                    text_of((*this)(v.name, adam, "layer2", t, quantity)).c_str(),
                    text_of((*this)(v.name, adam, "output", t, quantity)).c_str(),
                    text_of((*this)(v.name, adam, "bias1", t, quantity)).c_str());
    std::printf("%-17s%-6s%-14s%-14s%s\n\n", "by hand", "SGD",
                text_of((*this)("own", false, "layer1", t, quantity)).c_str(),
                text_of((*this)("own", false, "layer2", t, quantity)).c_str(),
                text_of((*this)("own", false, "output", t, quantity)).c_str());
  }

  void save(const std::filesystem::path& path) const {
    Csv csv({"variant", "optimiser", "layer", "step", "change", "change_error", "size"});
    for (const Variant& v : variants)
      for (const bool adam : {false, true})
        for (const char* layer : {"layer1", "layer2", "output", "bias1"}) {
          const char* optimiser = adam ? "Adam" : "SGD";
          const Table rows = table.where("variant", v.name)
                                 .where("optimiser", optimiser)
                                 .where("layer", layer);
          const Slopes few{rows, grid};
          for (const std::int64_t t : {1, 2, 3, 5, 10, 20}) {
            const Curve change = few(v.name, adam, layer, t);
            csv.row({v.name, optimiser, layer, t, change.slope, change.error,
                     few(v.name, adam, layer, t, "rms").slope});
          }
        }
    csv.save(path);
  }
};

// --- 4. Figures ---

const std::vector<std::pair<const char*, const char*>> layer_labels = {
    {"layer1", "h_1"}, {"layer2", "h_2"}, {"output", "f"}};

// A curve with its spread and, dashed, the derived slope through its first point.
void draw_curve(Figure& figure, const Curve& curve, const char* label, double derived) {
  Values line;
  for (const double n : curve.widths)
    line.push_back(curve.medians[0] * std::pow(n / curve.widths[0], derived));
  figure.line(curve.widths, curve.medians, label)
      .band(curve.widths, curve.smallest, curve.largest);
  if (std::isfinite(derived)) figure.dashed(curve.widths, line);
}

void draw_coordinates(const Slopes& slopes, const Options& options) {
  Panels panels("coordinates");
  panels.title("Under SP a layer moves by a power of the width, under µP by none")
      .subtitle("rms of what training changed; median, smallest to largest; dashed: derived slopes")
      .x_axis("width n", Scale::log2)
      .y_axis("change", Scale::log10)
      .columns(2);
  const double sp_sgd[] = {-0.5, 0.5, 1}, sp_adam[] = {0, 1, 1.5};
  for (const bool adam : {false, true}) {
    const std::string with = adam ? "Adam" : "SGD";
    Figure& standard = panels.panel("SP, " + with + "\nafter 1 step");
    for (std::size_t l = 0; l < 3; ++l)
      draw_curve(standard, slopes("sp", adam, layer_labels[l].first, 1), layer_labels[l].second,
                 (adam ? sp_adam : sp_sgd)[l]);
    Figure& maximal = panels.panel("µP, " + with + "\nafter 20 steps");
    for (const auto& [layer, label] : layer_labels)
      draw_curve(maximal, slopes("mup", adam, layer, 20), label, 0);
  }
  panels.draw(options.out);
}

void draw_bugs(const Slopes& slopes, const Options& options) {
  struct Bug {
    const char *title, *variant;
    bool adam;
    std::int64_t t;
    const char* layer;  // whose curve betrays it
    double derived;     // its slope
  };
  const Bug bugs[] = {
      {"Hidden rate not scaled\nAdam, 3 steps", "bug_rate", true, 3, "layer2", 1},
      {"Output not scaled\nSGD, 1 step", "bug_output", false, 1, "output", 1},
      {"Biases scaled as weights\nSGD, 20 steps", "bug_biases", false, 20, "bias1", -1},
      {"NTK for µP\nSGD, 20 steps", "ntk", false, 20, "layer2", -0.5}};
  Panels panels("bugs");
  panels.title("Each mistake has a curve that gives it away")
      .subtitle("rms of what training changed; dashed: derived slope of the curve to look at")
      .x_axis("width n", Scale::log2)
      .y_axis("change", Scale::log10)
      .columns(2);
  auto labels = layer_labels;
  labels.emplace_back("bias1", "b_1");
  for (const Bug& bug : bugs) {
    Figure& figure = panels.panel(bug.title);
    for (const auto& [layer, label] : labels)
      draw_curve(figure, slopes(bug.variant, bug.adam, layer, bug.t), label,
                 std::string(layer) == bug.layer ? bug.derived : NAN);
  }
  panels.draw(options.out);
}

void draw_sizes(const Slopes& slopes, const Options& options) {
  Panels panels("sizes");
  panels.title("One mistake, looked at twice")
      .subtitle("second layer after 2 steps of Adam, η = 0.001; medians, smallest to largest")
      .x_axis("width n", Scale::log2)
      .columns(2);
  Figure& size = panels.panel("Size\nrms of h_2");
  size.y_axis("size", Scale::log10).y_range(0.5, 5);
  Figure& change = panels.panel("Change\nrms of h_2 - h_2(0)");
  change.y_axis("change", Scale::log10).y_range(0.005, 1);
  for (const auto& [variant, label] :
       {std::pair{"bug_rate", "hidden rate not scaled"}, std::pair{"mup", "µP"}}) {
    draw_curve(size, slopes(variant, true, "layer2", 2, "rms"), label, NAN);
    draw_curve(change, slopes(variant, true, "layer2", 2), label, NAN);
  }
  panels.draw(options.out);
}

// --- 5. What the book says ---

// The largest relative difference between two checks' changes, from step 2 on: before, zero-readout
// layers have not moved.
double difference(const std::vector<CoordinateRow>& a, const std::vector<CoordinateRow>& b) {
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i].step >= 2)
      largest = std::max(largest, std::abs(a[i].delta_rms / b[i].delta_rms - 1));
  return largest;
}

void claim_slopes(const Slopes& slopes, Claims& claims, Summary& summary) {
  const auto claim = [&](const std::string& name, const char* text, const Curve& curve,
                         Bounds expected) {
    claims.add(name, text, curve.slope, expected);
    summary.number(name + "_error", curve.error, 0.15);
  };
  claim("mup_sgd_h1", "muP, SGD, t = 20: slope of Δh_1", slopes("mup", false, "layer1", 20),
        equals(0, 0.15));
  claim("mup_sgd_h2", "muP, SGD, t = 20: slope of Δh_2", slopes("mup", false, "layer2", 20),
        equals(0, 0.15));
  claim("mup_adam_h1", "muP, Adam, t = 20: slope of Δh_1", slopes("mup", true, "layer1", 20),
        equals(0, 0.15));
  claim("mup_adam_h2", "muP, Adam, t = 20: slope of Δh_2", slopes("mup", true, "layer2", 20),
        equals(0, 0.15));
  claim("own_h1", "by hand, t = 20: slope of Δh_1", slopes("own", false, "layer1", 20),
        equals(0, 0.15));
  claim("own_h2", "by hand, t = 20: slope of Δh_2", slopes("own", false, "layer2", 20),
        equals(0, 0.15));
  claim("sp_sgd_h2", "SP, SGD, t = 1: slope of Δh_2", slopes("sp", false, "layer2", 1),
        above(0.35));
  claim("sp_sgd_f", "SP, SGD, t = 1: slope of Δf", slopes("sp", false, "output", 1), above(0.8));
  claim("sp_adam_h2", "SP, Adam, t = 1: slope of Δh_2", slopes("sp", true, "layer2", 1),
        above(0.35));
  claim("sp_adam_f", "SP, Adam, t = 1: slope of Δf", slopes("sp", true, "output", 1), above(0.8));
  claim("rate_h2", "hidden rate bug, Adam, t = 20: slope of Δh_2",
        slopes("bug_rate", true, "layer2", 20), above(0.35));
  claim("output_f", "output bug, SGD, t = 1: slope of Δf", slopes("bug_output", false, "output", 1),
        above(0.8));
  claim("output_adam_f", "output bug, Adam, t = 1: slope of Δf",
        slopes("bug_output", true, "output", 1), above(0.35));
  claim("biases_b1", "biases bug, SGD, t = 20: slope of Δb_1",
        slopes("bug_biases", false, "bias1", 20), equals(-1, 0.15));
  claim("biases_adam_b1", "biases bug, Adam, t = 20: slope of Δb_1",
        slopes("bug_biases", true, "bias1", 20), equals(-1, 0.15));
  claim("biases_h2", "biases bug, SGD, t = 20: slope of Δh_2",
        slopes("bug_biases", false, "layer2", 20), equals(0, 0.15));
  claim("ntk_h2", "NTK, SGD, t = 20: slope of Δh_2", slopes("ntk", false, "layer2", 20),
        below(-0.3));
  claim("ntk_size_h2", "NTK, SGD, t = 2: slope of the size of h_2",
        slopes("ntk", false, "layer2", 2, "rms"), equals(0, 0.15));
  claim("rate_size_h2", "hidden rate bug, Adam, t = 2: slope of the size of h_2",
        slopes("bug_rate", true, "layer2", 2, "rms"), equals(0, 0.15));
  summary.number("rate_h2_early", slopes("bug_rate", true, "layer2", 2).slope, 0.15);
  summary.number("rate_change_late",
                 slopes("bug_rate", true, "layer2", 20).medians.back(), 1);
  summary.number("rate_size_late", slopes("bug_rate", true, "layer2", 20, "rms").slope, 0.15);
  summary.number("output_f_late", slopes("bug_output", false, "output", 20).slope, 0.3);
  summary.number("sp_f_late", slopes("sp", false, "output", 20).slope, 0.3);
  summary.number("mup_sgd_f", slopes("mup", false, "output", 20).slope, 0.15);
  summary.number("mup_adam_f", slopes("mup", true, "output", 20).slope, 0.15);
  summary.number("random_h2", slopes("mup_random", false, "layer2", 1).slope, 0.2);
  summary.number("random_h2_error", slopes("mup_random", false, "layer2", 1).error, 0.15);
  summary.number("random_f0", slopes("mup_random", false, "output", 0, "rms").slope, 0.2);
  summary.number("ntk_size_f", slopes("ntk", false, "output", 2, "rms").slope, 0.2);
  summary.number("ntk_size_f_error", slopes("ntk", false, "output", 2, "rms").error, 0.15);
}

int chapter(const Options& options) {
  Claims claims;
  Summary summary(options);
  const Grid sizes = grid(options.full);
  const Table table = measure(sizes, options);
  const Slopes slopes{table, sizes};
  slopes.print("Changes at t = 1: slope against width", "delta", 1);
  slopes.print("Changes at t = 20: slope against width", "delta", 20);
  slopes.print("Sizes at t = 2: slope against width", "rms", 2);
  slopes.save(options.out / "slopes.csv");
  draw_coordinates(slopes, options);
  draw_bugs(slopes, options);
  draw_sizes(slopes, options);
  claim_slopes(slopes, claims, summary);

  const Table rates = table.where("variant", "bug_rate").where("optimiser", "SGD");
  const Table right = table.where("variant", "mup").where("optimiser", "SGD");
  int apart = 0;
  for (std::size_t i = 0; i < right.size(); ++i)
    apart += rates.text(i, "delta") != right.text(i, "delta");
  claims.add("rate_sgd", "hidden rate bug, SGD: changes that differ from muP's", apart, equals(0));
  const Task narrow = teacher_task(DType::f32, options), exact = teacher_task(DType::f64, options);
  double rounding = 0;
  for (const bool adam : {false, true})
    rounding = std::max(rounding, difference(check_variant(mup, adam, 256, narrow, options.seed),
                                             check_variant(mup, adam, 256, exact, options.seed)));
  claims.add("rounding", "f32 against f64: largest relative difference of a change", rounding,
             below(1e-3));
  summary.save(claims);
  return claims.report(options.check);
}

int main(int argc, char** argv) {
  const ChapterInfo info{.name = "ch07_coordinate_check",
                         .question = "The coordinate check: is my parametrisation right?",
                         .quick_time = "20 s",
                         .full_time = "8 min",
                         .sweeps = true};
  return run_chapter(argc, argv, info, chapter);
}
