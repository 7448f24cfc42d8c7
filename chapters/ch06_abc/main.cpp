// Chapter 6. The freedoms of a parametrisation: which of them are real?
//
// What is left of a table when the symmetry is divided out; three forms of muP as one training; the
// slopes of one step, derived and measured; lazy and rich networks; and two tables mixed.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <functional>
#include <initializer_list>
#include <string>
#include <tuple>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "chapters/support/claims.h"
#include "chapters/support/options.h"
#include "chapters/support/panels.h"
#include "chapters/support/plot.h"
#include "chapters/support/results.h"
#include "chapters/support/sweep.h"
#include "data/batches.h"
#include "data/generators.h"
#include "nn/instruments/fits.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/instruments/norms.h"
#include "nn/optimisers.h"
#include "nn/instruments/statistics.h"

using namespace gradus;

using Params = std::vector<Tensor>;
using Values = std::vector<double>;
using Tables = std::vector<Parametrisation>;
using Integers = std::vector<std::int64_t>;

// --- 1. Tables, and what is real in them ---

// [real]
// The exponent of n in a power of the network's sizes.
double exponent(const Power& power, Role role) {
  const bool wide = role == Role::hidden || role == Role::output;
  return power.width_mult + (wide ? power.fan_in : 0);
}

// What no shift changes. W_eff starts as n^-start; an update of it is n^-sgd
// times dL/dW_eff, or n^-adam times a number of order 1.
struct Real {
  double start, sgd, adam;
};

Real real(const Parametrisation& table, Role role) {
  const Scaling row = table.at(role);
  const double a = -exponent(row.multiplier, role);
  const double b = -exponent(row.init_std, role);
  return {a + b, 2 * a - exponent(row.sgd_lr, role),
          a - exponent(row.adam_lr, role)};
}
// [real]

// [family]
// At the base width all are SP. For SGD 1/2 is NTK, and 1 is muP.
Parametrisation family(const char* name, double beta) {
  const auto m = [](double power) { return Power{.width_mult = power}; };
  const Power one{}, usual{.fan_in = -0.5};
  //          multiplier, initial std, lr of SGD, lr of Adam
  return {.name = name, .source = "between NTK and muP",
          .input = {one, usual, m(2 * beta - 1), m(beta - 1)},
          .hidden = Scaling{one, usual, m(2 * beta - 2), m(beta - 2)},
          .output = {one, {-0.5, 0.5 - beta}, m(-1), m(-1)},
          .bias = {one, one, m(2 * beta - 1), m(beta - 1)}};
}
// [family]

// [mixed]
// A mistake: the weights of one table, the learning rates of another.
Parametrisation mixed(const char* name, Parametrisation weights,
                      const Parametrisation& rates) {
  const auto take = [](Scaling& row, const Scaling& from) {
    row.sgd_lr = from.sgd_lr;
    row.adam_lr = from.adam_lr;
  };
  weights.name = name;
  take(weights.input, rates.input);
  take(*weights.hidden, *rates.hidden);
  take(weights.output, rates.output);
  take(weights.bias, rates.bias);
  return weights;
}
// [mixed]

const Tables forms = {abc::mup_table3, abc::mup_table8, abc::mup_table9};
const Parametrisation slow = mixed("8 with rates of 3", abc::mup_table8, abc::mup_table3);
const Parametrisation fast = mixed("3 with rates of 8", abc::mup_table3, abc::mup_table8);
const std::array<double, 3> betas = {0.5, 0.75, 1};
const Tables members = {family("beta 1/2", 0.5), family("beta 3/4", 0.75), family("beta 1", 1)};

// "1", "-1/2", "3/4"; every exponent here is a multiple of a quarter.
std::string fraction(double x) {
  int denominator = 1;
  while (x * denominator != std::round(x * denominator)) denominator *= 2;
  const std::string numerator = std::to_string(std::lround(x * denominator));
  return denominator == 1 ? numerator : numerator + "/" + std::to_string(denominator);
}

std::string exponents(std::initializer_list<double> values) {
  std::string text;
  for (double x : values) text += (text.empty() ? "(" : ", ") + fraction(x);
  return text + ")";
}

// One line for each table, one column for each role.
void print_rows(const char* heading, const Tables& tables,
                const std::function<std::string(const Parametrisation&, Role)>& entry) {
  std::printf("%s\n%-19s%-15s%-15s%s\n", heading, "", "input", "hidden", "output");
  for (const Parametrisation& table : tables)
    std::printf("%-19s%-15s%-15s%s\n", table.name, entry(table, Role::input).c_str(),
                table.hidden ? entry(table, Role::hidden).c_str() : "none",
                entry(table, Role::output).c_str());
  std::printf("\n");
}

std::string written(const Parametrisation& table, Role role) {
  const Scaling row = table.at(role);
  return exponents({-exponent(row.multiplier, role), -exponent(row.init_std, role),
                    -exponent(row.sgd_lr, role)});
}
std::string real_sgd(const Parametrisation& table, Role role) {
  return exponents({real(table, role).start, real(table, role).sgd});
}
std::string real_adam(const Parametrisation& table, Role role) {
  return exponents({real(table, role).start, real(table, role).adam});
}

// How many of the real freedoms of SGD differ, in the roles that both have.
double differences(const Parametrisation& a, const Parametrisation& b) {
  int count = 0;
  for (Role role : {Role::input, Role::hidden, Role::output, Role::bias}) {
    if (role == Role::hidden && !(a.hidden && b.hidden)) continue;
    const Real p = real(a, role), q = real(b, role);
    count += (p.start != q.start) + (p.sgd != q.sgd);
  }
  return count;
}

// --- 2. Training on the spiral ---

struct Task {
  Tensor x, y;  // examples, one per row, and their targets
};

Task spiral_task(const Options& options) {
  const Samples arms = spiral({.seed = options.seed});
  return {inputs_of(arms, options.dtype, options.device),
          targets_of(arms, options.dtype, options.device)};
}

Model spiral_net(const Parametrisation& table, std::int64_t width, std::int64_t base_width) {
  return fcn({.in = 2, .width = width, .depth = 3, .out = 3, .bias = true,
              .parametrisation = table, .base_width = base_width});
}

struct Run {
  Values loss;    // of each batch
  Values output;  // rms of the numbers w of the output layer, after each step
  double final_loss;
};

template <class Optimiser>
Run train(const Model& net, Optimiser optimiser, const Task& task, int steps, std::uint64_t seed) {
  Params w = init(net, seed, task.x.dtype(), task.x.device());
  const std::size_t output = w.size() - 2;  // its bias is the last
  Batches batches(task.x.dim(0), 64, seed);
  Run run;
  for (int step = 0; step < steps; ++step) {
    const std::vector<std::int64_t> picked = batches.at(step);
    const Tensor f = net(w, gather_rows(task.x, picked));
    const Tensor L = softmax_cross_entropy(f, gather_rows(task.y, picked));
    optimiser.step(w, grad(L, w));
    run.loss.push_back(L.item());
    run.output.push_back(rms(w[output]));
  }
  const NoGrad values_only;
  run.final_loss = softmax_cross_entropy(net(w, task.x), task.y).item();
  return run;
}

// The three forms of muP, and the largest difference between their losses at any step.
struct Forms {
  std::vector<Run> runs;
  double difference = 0;
};

Forms train_forms(bool adam, std::int64_t width, std::int64_t base_width, const Options& options) {
  const Task task = spiral_task(options);
  Forms result;
  for (const Parametrisation& form : forms) {
    const Model net = spiral_net(form, width, base_width);
    result.runs.push_back(
        adam ? train(net, Adam(net, {.lr = 0.03, .eps = 0}), task, 100, options.seed)
             : train(net, Sgd(net, {.lr = 0.5}), task, 100, options.seed));
    const Values &first = result.runs[0].loss, &loss = result.runs.back().loss;
    for (std::size_t t = 0; t < loss.size(); ++t) {
      const double difference = std::abs(loss[t] - first[t]);
      if (!(difference <= result.difference)) result.difference = difference;  // NaN stays
    }
  }
  return result;
}

// --- 3. One step ---

// [predict]
// Exponents of Delta h_1, Delta h_L and Delta f after one step, if hidden
// weights start as n^-1/2.
struct Slopes {
  double first, last, output;
};

Slopes predict(const Parametrisation& table, bool adam) {
  const Real in = real(table, Role::input), hid = real(table, Role::hidden),
             out = real(table, Role::output);
  const auto step = adam ? &Real::adam : &Real::sgd;
  const double delta = -out.start;        // entries of df/dh
  const double entry = adam ? 0 : delta;  // an update's, but for n^-step
  const double first = entry - in.*step;  // a sum over the fixed inputs
  const double last = std::max(first, 1 + entry - hid.*step);
  return {first, last, std::max(1 - out.*step, 1 + delta + last)};
}
// [predict]

template <class Optimiser>
void one_step(const Model& net, Optimiser optimiser, std::uint64_t seed, Device device,
              SweepRows& rows) {
  // Always in f64: Delta h is a small difference.
  Params w = init(net, seed, DType::f64, device);
  const Tensor x = random_normal({8, 16}, {seed, 100}, 1.0, DType::f64, device);
  const Tensor c = random_normal({8, 1}, {seed, 101}, 1.0, DType::f64, device);
  // [one-step]
  const std::vector<Layer> before = net.layers(w, x);
  Params moved = w;
  optimiser.step(moved, grad(linear_loss(before.back().h, c), w));
  const std::vector<Layer> after = net.layers(moved, x);
  for (std::size_t l = 0; l < after.size(); ++l)
    rows.add({after[l].name, rms(after[l].h - before[l].h)});
  // The part of the output layer's own weights: the others stay.
  w.back() = moved.back();
  rows.add({"own", rms(net(w, x) - before.back().h)});
  // [one-step]
}

// --- 4. Lazy and rich ---

void lazy_or_rich(const Model& net, const Task& task, std::uint64_t seed, SweepRows& rows) {
  Params w = init(net, seed, task.x.dtype(), task.x.device());
  // [lazy]
  const Tensor h_0 = net.layers(w, task.x)[1].h;
  const Tensor f_0 = stop_gradient(net(w, task.x));
  // What is trained is f - f_0: the loss starts at the same value everywhere.
  const auto loss = [&] {
    return mse_half_mean(net(w, task.x) - f_0, task.y);
  };
  Sgd sgd(net, {.lr = 0.005});
  const double target = loss().item() / 10;
  int steps = 0;
  for (Tensor L = loss(); L.item() > target; L = loss(), ++steps)
    sgd.step(w, grad(L, w));
  const Tensor h = net.layers(w, task.x)[1].h;
  rows.add({"moved", rms(h - h_0) / rms(h_0)});
  // [lazy]
  rows.add({"steps", steps});
}

// --- The sweep ---

struct Grid {
  Integers step_widths, lazy_widths;
  int mixed_seeds;
};
constexpr int seeds = 8;                         // of one step, and of lazy and rich
constexpr std::int64_t narrow = 16, wide = 128;  // of the mixed tables
const Values mixed_rates = {0.03125, 0.0625, 0.125, 0.25, 0.5, 1, 2, 4, 8};
const Tables step_tables = {abc::sp, abc::ntk, members[1], abc::mup_table3, slow, fast};
const Tables mixed_tables = {abc::mup_table3, slow, fast};

Grid grid(bool full) {
  if (full) return {{128, 256, 512, 1024, 2048}, {128, 256, 512, 1024, 2048}, 5};
  return {{128, 256, 512, 1024}, {128, 256, 512}, 3};
}

Table measure(const Grid& grid, const Options& options) {
  Sweep sweep(options, "abc", {"part", "table", "width", "lr", "seed"}, {"quantity", "value"});
  const auto seed_of = [&](int k) { return 1000 * options.seed + static_cast<std::uint64_t>(k); };
  const auto cost = [](std::int64_t width, double passes) {
    return passes * static_cast<double>(width * (width + 64));
  };

  for (const Parametrisation& table : step_tables)
    for (const std::int64_t width : grid.step_widths)
      for (int k = 0; k < seeds; ++k) {
        const Model net = fcn({.in = 16, .width = width, .depth = 3, .out = 1,
                               .parametrisation = table, .base_width = 128});
        const auto seed = seed_of(k);
        sweep.cell({"SGD", table.name, width, 1e-3, k},
                   [=, device = options.device](SweepRows& rows) {
                     one_step(net, Sgd(net, {.lr = 1e-3}), seed, device, rows);
                   },
                   cost(width, 60));
        sweep.cell({"Adam", table.name, width, 1e-5, k},
                   [=, device = options.device](SweepRows& rows) {
                     one_step(net, Adam(net, {.lr = 1e-5, .eps = 0}), seed, device, rows);
                   },
                   cost(width, 60));
      }

  const Samples samples = teacher({.examples = 32, .input_size = 8, .seed = options.seed});
  const Task small = {inputs_of(samples, options.dtype, options.device),
                      4.0 * targets_of(samples, options.dtype, options.device)};
  for (const Parametrisation& table : members)
    for (const std::int64_t width : grid.lazy_widths)
      for (int k = 0; k < seeds; ++k)
        sweep.cell({"lazy", table.name, width, 0.005, k},
                   [=, seed = seed_of(k)](SweepRows& rows) {
                     const Model net = fcn({.in = 8, .width = width, .depth = 3, .out = 1,
                                            .parametrisation = table, .base_width = 128});
                     lazy_or_rich(net, small, seed, rows);
                   },
                   cost(width, 40 * 32));

  const Task task = spiral_task(options);
  for (const Parametrisation& table : mixed_tables)
    for (const std::int64_t width : {narrow, wide})
      for (const double lr : mixed_rates)
        for (int k = 0; k < grid.mixed_seeds; ++k)
          sweep.cell({"mixed", table.name, width, lr, k},
                     [=, seed = seed_of(k)](SweepRows& rows) {
                       const Model net = spiral_net(table, width, narrow);
                       const Run run = train(net, Sgd(net, {.lr = lr}), task, 200, seed);
                       rows.add({"loss", run.final_loss});
                     },
                     cost(width, 200 * 64));
  return sweep.run();
}

// --- What the sweep says ---

// The exponent of a quantity in the width: a fit for each seed, their mean and its standard error.
struct Exponent {
  double value, error;
  Values widths, means, smallest, largest;  // over the seeds
};

Exponent exponent_of(const Table& rows, const char* quantity, const Integers& widths) {
  const Table all = rows.where("quantity", quantity);
  Exponent result{};
  std::vector<Values> by_seed;
  for (const std::int64_t width : widths) {
    const Values values = all.where("width", width).numbers("value");
    by_seed.resize(values.size());
    for (std::size_t k = 0; k < values.size(); ++k) by_seed[k].push_back(values[k]);
    result.widths.push_back(static_cast<double>(width));
    const Statistics of = statistics(values);
    result.means.push_back(of.mean);
    result.smallest.push_back(of.smallest);
    result.largest.push_back(of.largest);
  }
  Values slopes;
  for (const Values& values : by_seed) slopes.push_back(fit_log_log(result.widths, values).slope);
  const Statistics of = statistics(slopes);
  result.value = of.mean;
  result.error = of.deviation / std::sqrt(static_cast<double>(slopes.size()));
  return result;
}

// "-0.52 (-1/2)"
std::string beside(double measured, double derived) {
  char text[40];
  std::snprintf(text, sizeof text, "%5.2f (%s)", measured, fraction(derived).c_str());
  return text;
}

void step_results(const Grid& grid, const Table& table, Claims& claims, Summary& summary) {
  const auto measured = [&](const Parametrisation& row, bool adam, const char* quantity) {
    const Table rows = table.where("part", adam ? "Adam" : "SGD").where("table", row.name);
    return exponent_of(rows, quantity, grid.step_widths).value;
  };
  std::printf("One step: exponent of n, measured (derived)\n%-19s%-6s%-15s%-15s%s\n", "", "",
              "Delta h_1", "Delta h_L", "Delta f");
  for (const bool adam : {false, true})
    for (const Parametrisation& row : step_tables) {
      const Slopes derived = predict(row, adam);
      std::printf("%-19s%-6s%-15s%-15s%s\n", row.name, adam ? "Adam" : "SGD",
                  beside(measured(row, adam, "layer1"), derived.first).c_str(),
                  beside(measured(row, adam, "layer2"), derived.last).c_str(),
                  beside(measured(row, adam, "output"), derived.output).c_str());
    }
  for (const auto& [row, name, derived] :
       {std::tuple{abc::ntk, "ntk", -0.5}, std::tuple{abc::mup_table3, "mup", 0.0}})
    for (const char* layer : {"layer1", "layer2"})
      claims.add(std::string(name) + "_" + layer,
                 std::string("exponent of Δh, one step of SGD, ") + name + ", " + layer,
                 measured(row, false, layer), equals(derived, 0.08));

  std::printf("\nMixed: exponent of the part of Delta f that the output layer's own step makes\n");
  for (const Parametrisation& row : {slow, fast})
    for (const bool adam : {false, true}) {
      const Real out = real(row, Role::output);
      const double own = measured(row, adam, "own");
      std::printf("%-19s%-6s%s\n", row.name, adam ? "Adam" : "SGD",
                  beside(own, 1 - (adam ? out.adam : out.sgd)).c_str());
      if (!adam) summary.number(row.name == slow.name ? "own_slow" : "own_fast", own, 0.1);
    }
  std::printf("\n");
}

void lazy_results(const Grid& grid, const Table& table, const Options& options, Claims& claims,
                  Summary& summary) {
  Figure figure("lazy_rich");
  figure.title("The same loss, by features or without")
      .subtitle("until the loss is a tenth of its start; mean and range of 8 seeds; dashed: derived")
      .x_axis("width n", Scale::log2)
      .y_axis("change of h_L, relative", Scale::log2);
  const char* labels[] = {"β = 1/2: NTK\nlazy", "β = 3/4", "β = 1: µP\nrich"};
  const char* names[] = {"half", "three_quarters", "one"};
  std::printf("Trained: exponent of the features' change, measured (derived)\n");
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Table rows = table.where("part", "lazy").where("table", members[i].name);
    const Exponent moved = exponent_of(rows, "moved", grid.lazy_widths);
    const double derived = betas[i] - 1;
    Values line;
    for (double n : moved.widths)
      line.push_back(moved.means[0] * std::pow(n / moved.widths[0], derived));
    figure.line(moved.widths, moved.means, labels[i])
        .band(moved.widths, moved.smallest, moved.largest)
        .dashed(moved.widths, line);
    const Values steps = exponent_of(rows, "steps", grid.lazy_widths).means;
    std::printf("%-10s%-15s standard error %.2f; steps %.0f to %.0f\n", members[i].name,
                beside(moved.value, derived).c_str(), moved.error, steps.front(), steps.back());
    claims.add(std::string("moved_") + names[i],
               std::string("exponent of the features' change, ") + members[i].name, moved.value,
               equals(derived, 0.1));
    summary.number(std::string("error_") + names[i], moved.error, 0.1);
    if (i == 0) summary.number("moved_narrow", moved.means[0], 0.1);
  }
  std::printf("\n");
  figure.draw(options.out);
}

void mixed_results(const Table& table, const Options& options, Claims& claims, Summary& summary) {
  const auto curve = [&](const Parametrisation& row, std::int64_t width) {
    const Table rows = table.where("part", "mixed").where("table", row.name).where("width", width);
    Values losses;
    for (const double lr : mixed_rates)
      losses.push_back(median(rows.where("lr", lr).numbers("value")));
    return losses;
  };
  // The lowest point of the curve left of where it diverges, in octaves of the rate.
  const auto best = [](const Values& losses) {
    Values x, y;
    for (std::size_t i = 0; i < losses.size() && losses[i] < 2; ++i) {
      x.push_back(std::log2(mixed_rates[i]));
      y.push_back(std::log2(losses[i]));
    }
    return fit_vertex(x, y);
  };
  const Values base = curve(abc::mup_table3, narrow);
  const Vertex base_best = best(base);
  Panels panels("mixed");
  panels.title("Mix two right tables, and the best rate moves")
      .subtitle("loss after 200 steps of SGD on the spiral, median over seeds; base width 16")
      .x_axis("learning rate η", Scale::log2)
      .y_axis("loss", Scale::log10)
      .y_range(0.01, 2)
      .columns(3);
  const char* names[] = {"right", "slow", "fast"};
  const char* titles[] = {"µP\ntable 3, rates of 3", "Too slow\ntable 8, rates of 3",
                          "Too fast\ntable 3, rates of 8"};
  const Bounds shifts[] = {equals(0, 1), above(1), below(-1)};
  double apart = 0;
  for (std::size_t i = 0; i < mixed_tables.size(); ++i) {
    const Values at_base = curve(mixed_tables[i], narrow), losses = curve(mixed_tables[i], wide);
    for (std::size_t k = 0; k < base.size(); ++k)
      if (at_base[k] <= 2 || base[k] <= 2) apart += at_base[k] != base[k];
    panels.panel(titles[i])
        .line(mixed_rates, at_base, "n = 16")
        .line(mixed_rates, losses, "n = 128");
    claims.add(std::string("shift_") + names[i],
               std::string("octaves from the best rate at n = 16, ") + mixed_tables[i].name,
               best(losses).x - base_best.x, shifts[i]);
    summary.number(std::string("best_loss_") + names[i], std::exp2(best(losses).y), 0.05);
    summary.number(std::string("loss_") + names[i], losses[5], 0.2);
  }
  summary.number("best_rate", std::exp2(base_best.x), 0.5);
  claims.add("mixed_at_base", "losses at n = 16 that differ between the three", apart, equals(0));
  panels.draw(options.out);
}

void draw_forms(const Forms& sgd, const Options& options) {
  Values steps;
  for (std::size_t t = 0; t < sgd.runs[0].loss.size(); ++t)
    steps.push_back(static_cast<double>(t + 1));
  Panels panels("three_forms");
  panels.title("Three tables, one training")
      .subtitle("SGD on the spiral, 3 layers, n = 256, base width 16, one seed")
      .x_axis("step");
  Figure& stored = panels.panel("What is stored\nrms of the output layer's numbers w");
  stored.y_axis("rms of w", Scale::log10).y_range(0.01, 1);
  Figure& loss = panels.panel("What it does\nloss of each batch");
  loss.y_axis("loss").y_range(0, 1.3);
  const char* labels[] = {"table 3", "table 8", "table 9"};
  for (std::size_t i = 0; i < 3; ++i) {
    stored.line(steps, sgd.runs[i].output, labels[i]);
    if (i == 0) {
      loss.line(steps, sgd.runs[i].loss, labels[i]);
      continue;
    }
    Values at, losses;  // lie on the line: every eighth step, in turn
    for (std::size_t t = 4 * i; t < steps.size(); t += 8) {
      at.push_back(steps[t]);
      losses.push_back(sgd.runs[i].loss[t]);
    }
    loss.points(at, losses, labels[i]);
  }
  panels.draw(options.out);
}

int chapter(const Options& options) {
  Claims claims;
  Summary summary(options);
  for (const Parametrisation& form : forms) std::printf("%s\n", to_string(form).c_str());
  const Tables rows = {abc::sp,         abc::ntk,        abc::mean_field,
                       abc::mup_table3, abc::mup_table8, abc::mup_table9};
  print_rows("Written, SGD: (a, b, c)", rows, written);
  print_rows("Real, SGD: (a + b, 2a + c)", rows, real_sgd);
  print_rows("Real, Adam: (a + b, a + c)", rows, real_adam);
  print_rows("Family, SGD: (a + b, 2a + c)", members, real_sgd);
  print_rows("Mixtures, SGD: (a + b, 2a + c)", {slow, fast}, real_sgd);
  claims.add("forms_differ", "real freedoms in which the muP forms differ",
             differences(forms[0], forms[1]) + differences(forms[0], forms[2]), equals(0));
  claims.add("mean_field_differs", "the same for mean field and muP",
             differences(abc::mean_field, abc::mup_table3), equals(0));
  claims.add("ends_differ", "the same for the family's ends and NTK, muP",
             differences(members[0], abc::ntk) + differences(members[2], abc::mup_table3),
             equals(0));

  const Forms sgd = train_forms(false, 256, 16, options);
  const Forms adam = train_forms(true, 256, 16, options);
  const Forms odd = train_forms(false, 48, 16, options);
  claims.add("forms_sgd", "largest difference of the losses, SGD, m = 16", sgd.difference,
             equals(0));
  claims.add("forms_adam", "largest difference of the losses, Adam, m = 16", adam.difference,
             equals(0));
  claims.add("forms_odd", "largest difference of the losses, SGD, m = 3", odd.difference,
             below(1e-9));
  draw_forms(sgd, options);

  const Grid sizes = grid(options.full);
  const Table table = measure(sizes, options);
  step_results(sizes, table, claims, summary);
  lazy_results(sizes, table, options, claims, summary);
  mixed_results(table, options, claims, summary);

  summary.save(claims);
  return claims.report(options.check);
}

int main(int argc, char** argv) {
  const ChapterInfo info{.name = "ch06_abc",
                         .question = "The freedoms of a parametrisation: which of them are real?",
                         .quick_time = "20 s",
                         .full_time = "3 min",
                         .sweeps = true,
                         .defaults = {.dtype = DType::f64}};
  return run_chapter(argc, argv, info, chapter);
}
