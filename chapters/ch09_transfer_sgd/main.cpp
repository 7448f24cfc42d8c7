// Chapter 9. Transfer with SGD: does a learning rate tuned on a narrow network serve a wide one?
//
// Loss against learning rate, at several widths, under SP and muP: on the spiral, where SP's best
// rate falls with the width, and on images, where it does not. What SP's second minimum is made of.
// Chapter 4's widths once more, now under muP.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "chapters/support/claims.h"
#include "chapters/support/options.h"
#include "chapters/support/plotting/panels.h"
#include "chapters/support/results.h"
#include "chapters/support/sweep.h"
#include "data/batches.h"
#include "data/generators.h"
#include "data/load.h"
#include "nn/instruments/fits.h"
#include "nn/instruments/sharpness.h"
#include "nn/instruments/statistics.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"

using namespace gradus;

using Params = std::vector<Tensor>;
using Values = std::vector<double>;
using Integers = std::vector<std::int64_t>;

constexpr double infinite = std::numeric_limits<double>::infinity();
const std::array<Parametrisation, 2> tables = {abc::sp, abc::mup_table3};

// --- 1. What is trained ---

struct Task {
  std::string name;
  Tensor x, y;  // examples, one per row, and their targets
  std::int64_t depth, base_width, batch, steps;
};

Task spiral_task(const Options& options) {
  const Samples arms = spiral({.seed = options.seed});
  return {"spiral",
          inputs_of(arms, options.dtype, options.device),
          targets_of(arms, options.dtype, options.device),
          3,
          32,
          64,
          200};
}

// The setting of chapter 4.
Task long_task(const Options& options) {
  const Task task = spiral_task(options);
  return {"chapter 4", task.x, task.y, 4, 64, 32, 500};
}

Task images_task(const Options& options) {
  const Dataset images = first(embedded_fashion_mnist().train, 2048);
  return {
      "images",
      standardised_images(images, Layout::flat, options.dtype,
                          options.device),
      one_hot(images.labels, images.classes, options.dtype, options.device),
      3,
      64,
      64,
      200};
}

// --- 2. One run ---

// [inside]
// The sharpness on every tenth example, and the share of active units.
void look_inside(const Task& task, const Model& net, const Params& w,
                 std::int64_t step, SweepRows& rows) {
  Integers some;
  for (std::int64_t i = 0; i < task.x.dim(0); i += 10) some.push_back(i);
  const Tensor x = gather_rows(task.x, some);
  Hvp hessian(softmax_cross_entropy(net(w, x), gather_rows(task.y, some)), w);
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

void train(const Task& task, const Parametrisation& table, std::int64_t width,
           double lr, std::uint64_t seed, bool inside, SweepRows& rows) {
  // [train]
  const Model net = fcn({.in = task.x.dim(1),
                         .width = width,
                         .depth = task.depth,
                         .out = task.y.dim(1),
                         .bias = true,
                         .parametrisation = table,
                         .base_width = task.base_width});
  Params w = init(net, seed, task.x.dtype(), task.x.device());
  Sgd sgd(net, {.lr = lr});
  Batches batches(task.x.dim(0), task.batch, seed);
  double recent = 0;  // mean loss of the last ten batches
  double peak = 0;    // the largest loss of any batch
  bool diverged = false;
  for (std::int64_t t = 0; t < task.steps && !diverged; ++t) {
    if (inside && (t == 0 || t == 30)) look_inside(task, net, w, t, rows);
    const std::vector<std::int64_t> picked = batches.at(t);
    const Tensor L = softmax_cross_entropy(
        net(w, gather_rows(task.x, picked)), gather_rows(task.y, picked));
    diverged = !(L.item() <= 1e5);  // `L > 1e5` would let a NaN pass
    sgd.step(w, grad(L, w));
    peak = std::max(peak, L.item());
    recent += L.item() / 10;
    if (t % 10 == 9) rows.add({"batch_loss", t + 1, recent});
    if (t % 10 == 9) recent = 0;
  }
  const NoGrad values_only;
  const double loss = softmax_cross_entropy(net(w, task.x), task.y).item();
  diverged = diverged || !(loss <= 1e5);
  // [train]
  rows.add({"loss", task.steps, diverged ? infinite : loss});
  rows.add({"peak", task.steps, diverged ? infinite : peak});
}

// --- 3. The sweep ---

struct Plan {
  Integers spiral = {32, 128, 512}, images = {64, 256}, chapter_4 = {64, 512};
  Values spiral_rates = {-4, -3,  -2, -1,
                         0,  0.5, 1};  // log2; finer near SP's second minimum
  Values images_rates = {-5, -4, -3, -2, -1};
  int seeds = 4;
};

Values half_octaves(double low, double high) {
  Values log_rates;
  for (double at = low; at <= high; at += 0.5) log_rates.push_back(at);
  return log_rates;
}

Plan plan(bool full) {
  if (!full) return {};
  return {.spiral = {32, 64, 128, 256, 512, 1024},
          .images = {64, 128, 256, 512},
          .chapter_4 = {64, 128, 256, 512},
          .spiral_rates = half_octaves(-6, 2.5),
          .images_rates = half_octaves(-6, -0.5),
          .seeds = 8};
}

Table measure(const Plan& plan, const Options& options) {
  Sweep sweep(options, "losses",
              {"task", "table", "width", "log2_lr", "seed"},
              {"quantity", "step", "value"});
  const auto add = [&](const Task& task, const Integers& widths,
                       const Values& log_rates) {
    for (const Parametrisation& table : tables)
      for (const std::int64_t n : widths)
        for (const double log_rate : log_rates)
          for (int k = 0; k < plan.seeds; ++k) {
            const bool inside =
                task.name == "spiral" && &table == &tables[0] && n == 512;
            const std::int64_t weights =
                n * (task.x.dim(1) + (task.depth - 2) * n);
            sweep.cell(
                {task.name, table.name, n, log_rate, k},
                [=, seed = 1000 * options.seed +
                           std::uint64_t(k)](SweepRows& rows) {
                  train(task, table, n, std::exp2(log_rate), seed, inside,
                        rows);
                },
                double(weights * task.steps * task.batch));
          }
  };
  add(spiral_task(options), plan.spiral, plan.spiral_rates);
  add(images_task(options), plan.images, plan.images_rates);
  add(long_task(options), plan.chapter_4, {std::log2(0.1)});
  return sweep.run();
}

// --- 4. What the sweep says ---

// One curve: a quantity at the end of training against the rate, for all seeds.
struct Curve {
  Values log_rates;
  std::vector<Values> seeds;  // of each rate
  Values medians() const {
    Values result;
    for (const Values& values : seeds) result.push_back(median(values));
    return result;
  }
  Values of_seed(std::size_t k) const {
    Values result;
    for (const Values& values : seeds) result.push_back(values[k]);
    return result;
  }
  double at(double log_rate) const {
    const auto found =
        std::find(log_rates.begin(), log_rates.end(), log_rate);
    return medians()[static_cast<std::size_t>(found - log_rates.begin())];
  }
};

Curve curve_of(const Table& rows, const Values& log_rates) {
  Curve curve{log_rates, {}};
  for (const double log_rate : log_rates)
    curve.seeds.push_back(rows.where("log2_lr", log_rate).numbers("value"));
  return curve;
}

// [vertex]
// The first minimum from the left: the curve ends where it has risen by a
// tenth. A net that diverged knows nothing, so its loss counts as `chance`.
Vertex first_minimum(const Values& log_rates, const Values& losses,
                     double chance) {
  Values x, y;
  double lowest = chance;
  for (std::size_t i = 0; i < losses.size(); ++i) {
    const double loss = std::min(losses[i], chance);
    x.push_back(log_rates[i]);
    y.push_back(std::log2(loss));
    lowest = std::min(lowest, loss);
    if (loss > 1.1 * lowest) break;
  }
  return fit_vertex(x, y);
}
// [vertex]

struct Best {
  double rate,
      loss;  // log2 of the rate at the vertex of the medians; the loss there
  double smallest,
      largest;  // log2 of the rates at the vertices of single seeds
};

Best best_of(const Curve& curve, double chance) {
  const Vertex of_medians =
      first_minimum(curve.log_rates, curve.medians(), chance);
  Values rates;
  for (std::size_t k = 0; k < curve.seeds[0].size(); ++k)
    rates.push_back(
        first_minimum(curve.log_rates, curve.of_seed(k), chance).x);
  const Statistics of = statistics(rates);
  return {of_medians.x, std::exp2(of_medians.y), of.smallest, of.largest};
}

// A U-curve for each width, in a panel for each table; prints the vertices.
std::array<std::vector<Curve>, 2> u_curves(const char* name, const Table& all,
                                           const Integers& widths,
                                           const Values& log_rates,
                                           double chance, Panels& panels,
                                           Summary& summary) {
  std::array<std::vector<Curve>, 2> curves;
  std::printf("Best rates on the %s, log2\n", name);
  std::printf("table           n   vertex  (of seeds)         loss there\n");
  for (std::size_t i = 0; i < 2; ++i) {
    Figure& panel = panels.panel(i == 0 ? "SP" : "µP");
    for (const std::int64_t n : widths) {
      const Curve curve = curve_of(all.where("task", name)
                                       .where("table", tables[i].name)
                                       .where("width", n)
                                       .where("quantity", "loss"),
                                   log_rates);
      Values rates, middle, low, high;
      for (std::size_t r = 0; r < log_rates.size(); ++r) {
        const Statistics of = statistics(curve.seeds[r]);
        if (!(of.median < infinite)) break;
        rates.push_back(std::exp2(log_rates[r]));
        middle.push_back(of.median);
        low.push_back(of.smallest);
        high.push_back(of.largest);
      }
      panel.line(rates, middle, "n = " + std::to_string(n));
      if (n == widths.front() || n == widths.back())
        panel.band(rates, low, high);
      const Best best = best_of(curve, chance);
      std::printf("%-12s %4d   %6.2f  (%5.2f to %5.2f)    %.3f\n",
                  tables[i].name, static_cast<int>(n), best.rate,
                  best.smallest, best.largest, best.loss);
      const std::string key =
          std::string(name) + (i == 0 ? "_sp_" : "_mup_") + std::to_string(n);
      summary.number(key + "_rate", best.rate, 0.7);
      summary.number(key + "_loss", best.loss, 0.15);
      curves[i].push_back(curve);
    }
  }
  std::printf("\n");
  return curves;
}

void spiral_results(const Plan& plan, const Table& all,
                    const Options& options, Claims& claims,
                    Summary& summary) {
  const double chance = std::log(3.0);
  const Values& log_rates = plan.spiral_rates;
  Panels panels("u_curves");
  panels.title("The best rate moves under SP and stays under µP")
      .subtitle(
          "spiral, 200 steps of SGD: final loss, median of seeds; pale: "
          "range, narrowest and widest")
      .x_axis("learning rate η", Scale::log2)
      .y_axis("loss", Scale::log10)
      .y_range(0.01, 2);
  const auto curves = u_curves("spiral", all, plan.spiral, log_rates, chance,
                               panels, summary);
  panels.draw(options.out);

  const auto at_512 = static_cast<std::size_t>(
      std::find(plan.spiral.begin(), plan.spiral.end(), 512) -
      plan.spiral.begin());
  const Curve &sp_narrow = curves[0][0], &sp_wide = curves[0][at_512];
  const Curve &mup_narrow = curves[1][0], &mup_wide = curves[1][at_512];
  claims.add("base_same", "losses at n = 32 that differ between SP and µP",
             sp_narrow.seeds == mup_narrow.seeds ? 0 : 1, equals(0));
  claims.add("sp_rise", "loss at rate 1/4 under SP, n = 512 over n = 32",
             sp_wide.at(-2) / sp_narrow.at(-2), above(2));
  claims.add("mup_fall", "the same under µP",
             mup_wide.at(-2) / mup_narrow.at(-2), below(1));
  const double base = best_of(sp_narrow, chance).rate;
  const Best sp = best_of(sp_wide, chance), mup = best_of(mup_wide, chance);
  claims.add("sp_shift",
             "octaves from the best rate at n = 32 to that at 512, SP",
             sp.rate - base, below(-1));
  claims.add("mup_shift", "the same under µP", mup.rate - base,
             between(-1, 1));
  double second =
      0;  // log2 of the rate, from 1 up, at which SP's loss is lowest
  for (const double log_rate : log_rates)
    if (log_rate > 0 && sp_wide.at(log_rate) < sp_wide.at(second))
      second = log_rate;
  summary.number("second_rate", std::exp2(second), 1);
  claims.add("second_over_first",
             "SP, n = 512: loss of the second minimum over that of the first",
             sp_wide.at(second) / sp.loss, below(0.9));
  for (const double log_rate : {-2.0, second}) {
    const Statistics of = statistics(sp_wide.seeds[static_cast<std::size_t>(
        std::find(log_rates.begin(), log_rates.end(), log_rate) -
        log_rates.begin())]);
    const std::string key = log_rate == second ? "second" : "quarter";
    summary.number(key + "_median", of.median, 0.6);
    summary.number(key + "_smallest", of.smallest, 0.6);
    summary.number(key + "_largest", of.largest, 0.6);
  }

  const Table inside = all.where("task", "spiral")
                           .where("table", tables[0].name)
                           .where("width", 512);
  const auto seen = [&](double log_rate, const char* quantity,
                        std::int64_t step) {
    return median(inside.where("log2_lr", log_rate)
                      .where("quantity", quantity)
                      .where("step", step)
                      .numbers("value"));
  };
  std::printf("Inside SP at n = 512: medians\n");
  std::printf("                    at step 30:\n");
  std::printf(
      "rate     peak loss   lambda  rate * lambda  active 1  active 2   end "
      "loss\n");
  for (const double log_rate : log_rates) {
    if (!(sp_wide.at(log_rate) < infinite)) continue;
    const double lambda = seen(log_rate, "lambda", 30);
    std::printf("%-7.4g %10.1f  %7.2f  %13.2f  %7.1f%%  %7.1f%%  %9.2f\n",
                std::exp2(log_rate), seen(log_rate, "peak", 200), lambda,
                std::exp2(log_rate) * lambda,
                100 * seen(log_rate, "active1", 30),
                100 * seen(log_rate, "active2", 30), sp_wide.at(log_rate));
  }
  std::printf("\n");
  summary.number("lambda_0", seen(-4, "lambda", 0), 40);
  summary.number("peak_second", seen(second, "peak", 200), 250);
  summary.number("active_second", seen(second, "active1", 30), 0.2);
  claims.add("lambda_falls",
             "SP, n = 512, second minimum: sharpness at step 30 over λ_0",
             seen(second, "lambda", 30) / seen(-4, "lambda", 0), below(0.1));
  claims.add("dead",
             "SP, n = 512, rate 1/2: active share of layer 2 at step 30",
             seen(-1, "active2", 30), below(0.05));
}

void images_results(const Plan& plan, const Table& all,
                    const Options& options, Claims& claims,
                    Summary& summary) {
  const double chance = std::log(10.0);
  const Values& log_rates = plan.images_rates;
  Panels panels("images");
  panels.title("On 784 inputs SP seems to transfer, too")
      .subtitle(
          "Fashion-MNIST, 2048 images, 200 steps of SGD: final loss, median; "
          "pale: range, narrowest and widest")
      .x_axis("learning rate η", Scale::log2)
      .y_axis("loss", Scale::log10)
      .y_range(0.1, 2.5);
  const auto curves = u_curves("images", all, plan.images, log_rates, chance,
                               panels, summary);
  panels.draw(options.out);
  for (std::size_t i = 0; i < 2; ++i)
    claims.add(i == 0 ? "images_sp_shift" : "images_mup_shift",
               std::string("octaves from n = 64 to the widest on images, ") +
                   tables[i].name,
               best_of(curves[i].back(), chance).rate -
                   best_of(curves[i].front(), chance).rate,
               between(-1, 1));
}

void chapter_4_results(const Plan& plan, const Table& all,
                       const Options& options, Claims& claims,
                       Summary& summary) {
  const Table task = all.where("task", "chapter 4");
  Panels panels("widths");
  panels.title("Chapter 4 again: wider is no longer worse")
      .subtitle(
          "depth 4, learning rate 0.1, base width 64: mean loss of ten "
          "batches; pale: range")
      .x_axis("step")
      .y_axis("loss", Scale::log10)
      .y_range(0.01, 4);
  for (const std::int64_t n : plan.chapter_4) {
    Figure& panel = panels.panel("n = " + std::to_string(n));
    for (std::size_t i = 0; i < 2; ++i) {
      const Table rows =
          task.where("table", tables[i].name).where("width", n);
      const Table on_the_way = rows.where("quantity", "batch_loss");
      Values at, middle, low, high;
      for (std::int64_t step = 10; step <= 500; step += 10) {
        const Statistics of =
            statistics(on_the_way.where("step", step).numbers("value"));
        at.push_back(static_cast<double>(step));
        middle.push_back(of.median);
        low.push_back(of.smallest);
        high.push_back(of.largest);
      }
      panel.line(at, middle, i == 0 ? "SP" : "µP").band(at, low, high);
      summary.number(std::string(i == 0 ? "widths_sp_" : "widths_mup_") +
                         std::to_string(n),
                     median(rows.where("quantity", "loss").numbers("value")),
                     0.4);
    }
  }
  panels.draw(options.out);
  const auto loss = [&](std::size_t i, std::int64_t n) {
    return median(task.where("table", tables[i].name)
                      .where("width", n)
                      .where("quantity", "loss")
                      .numbers("value"));
  };
  claims.add("widths_sp", "chapter 4's loss under SP, n = 512 over n = 64",
             loss(0, 512) / loss(0, 64), above(5));
  claims.add("widths_mup", "the same under µP", loss(1, 512) / loss(1, 64),
             below(2));
}

int chapter(const Options& options) {
  const Plan sizes = plan(options.full);
  const Table all = measure(sizes, options);
  Claims claims;
  Summary summary(options);
  spiral_results(sizes, all, options, claims, summary);
  images_results(sizes, all, options, claims, summary);
  chapter_4_results(sizes, all, options, claims, summary);
  summary.save(claims);
  return claims.report(options.check);
}

int main(int argc, char** argv) {
  const ChapterInfo info{
      .name = "ch09_transfer_sgd",
      .question = "Does a rate tuned on a narrow network serve a wide one?",
      .quick_time = "40 s",
      .full_time = "10 min",
      .sweeps = true};
  return run_chapter(argc, argv, info, chapter);
}
