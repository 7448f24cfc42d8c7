// Chapter 9, the report: where the curves of losses.csv have their minima,
// and what SP's second minimum is made of.

#include "chapters/ch09_transfer_sgd/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "autodiff/check.h"
#include "chapters/support/csv.h"
#include "nn/instruments/statistics.h"

using namespace gradus;

constexpr std::array<const char*, 2> short_names = {"sp", "mup"};

void print_best(const char* task, const std::string& short_task,
                const UCurves& curves, Report& report) {
  std::printf("Best rates on the %s, log2\n", task);
  std::printf("table           n   vertex  (of seeds)         loss there\n");
  for (std::size_t i = 0; i < compared().size(); ++i)
    for (const Curve& curve : curves.tables[i]) {
      const Best best = best_of(curve, curves.chance);
      std::printf("%-12s %4lld   %6.2f  (%5.2f to %5.2f)    %.3f\n",
                  compared()[i].name, static_cast<long long>(curve.width),
                  best.rate, best.smallest, best.largest, best.loss);
      const std::string key = short_task + "_" + short_names[i] + "_" +
                              std::to_string(curve.width);
      report.number(key + "_rate", best.rate, 0.7);
      report.number(key + "_loss", best.loss, 0.15);
    }
  std::printf("\n");
}

const Curve& of_width(const std::vector<Curve>& curves, std::int64_t width) {
  const auto found =
      std::find_if(curves.begin(), curves.end(),
                   [&](const Curve& curve) { return curve.width == width; });
  check(found != curves.end(), "losses.csv has no networks of width ", width);
  return *found;
}

void claim_transfer(const UCurves& spiral, Report& report) {
  const Curve& sp_narrow = spiral.tables[0].front();
  const Curve& mup_narrow = spiral.tables[1].front();
  const Curve& sp_wide = of_width(spiral.tables[0], inside_width);
  const Curve& mup_wide = of_width(spiral.tables[1], inside_width);
  report.claim("base_same", "losses at n = 32 that differ between SP and µP",
               sp_narrow.seeds == mup_narrow.seeds ? 0 : 1, equals(0));
  const auto rise = [](const Curve& wide, const Curve& narrow) {
    return median(wide.at(-2)) / median(narrow.at(-2));
  };
  report.claim("sp_rise", "loss at rate 1/4 under SP, n = 512 over n = 32",
               rise(sp_wide, sp_narrow), above(2));
  report.claim("mup_fall", "the same under µP", rise(mup_wide, mup_narrow),
               below(1));
  const double base = best_of(sp_narrow, spiral.chance).rate;
  report.claim("sp_shift",
               "octaves from the best rate at n = 32 to that at 512, SP",
               best_of(sp_wide, spiral.chance).rate - base, below(-1));
  report.number("mup_shift", best_of(mup_wide, spiral.chance).rate - base,
                0.7);
}

// From n = 128, since the base width is far from the limit. The networks are
// chaotic, so what is claimed is of the mean over the seeds, in its errors.
void claim_shifts(const UCurves& spiral, const std::string& key,
                  Report& report) {
  const auto beyond = [&](std::size_t i) {
    return shifts(of_width(spiral.tables[i], 128),
                  of_width(spiral.tables[i], inside_width), spiral.chance);
  };
  const Values sp = beyond(0), mup = beyond(1);
  Values between;
  for (std::size_t k = 0; k < sp.size(); ++k)
    between.push_back(mup[k] - sp[k]);
  std::printf(
      "Octaves of the best rate from n = 128 to %lld (mean of seeds, "
      "standard "
      "error)\n",
      static_cast<long long>(inside_width));
  const Shift falls = mean_shift(sp), stays = mean_shift(mup),
              apart = mean_shift(between);
  for (const auto& [name, shift] :
       {std::pair<std::string, Shift>{"sp", falls},
        {"mup", stays},
        {"apart", apart}}) {
    std::printf("%-6s %5.2f +- %.2f\n", name.c_str(), shift.value,
                shift.error);
    report.number(key + name + "_octaves", shift.value, 0.5);
    report.number(key + name + "_error", shift.error, 0.3);
  }
  std::printf("\n");
  report.claim(key + "sp_falls",
               "octaves from n = 128 to 512, SP, in standard errors",
               falls.value / falls.error, below(-falls.t));
  report.claim(key + "mup_stays", "the same under µP",
               stays.value / stays.error, above(-stays.t));
  report.claim(key + "apart", "what lies between the two, in its errors",
               apart.value / apart.error, above(apart.t));
  // 1/n would be two octaves.
  report.claim(key + "slower", "SP's above −2 octaves, in standard errors",
               (falls.value + 2) / falls.error, above(falls.t));
}

// log2 of the rate, from 1 up, at which the loss is lowest.
double second_minimum(const Curve& curve) {
  double second = 0;
  for (double log_rate : curve.log_rates)
    if (log_rate > 0 && median(curve.at(log_rate)) < median(curve.at(second)))
      second = log_rate;
  return second;
}

void claim_second_minimum(const UCurves& spiral, Report& report) {
  const Curve& sp = of_width(spiral.tables[0], inside_width);
  const double second = second_minimum(sp);
  report.number("second_rate", std::exp2(second), 1);
  report.claim("second_over_first",
               "SP, n = 512: loss of the second minimum over that of the "
               "first",
               median(sp.at(second)) / best_of(sp, spiral.chance).loss,
               below(0.9));
  for (const auto& [key, log_rate] :
       {std::pair<std::string, double>{"quarter", -2}, {"second", second}}) {
    const Statistics of = statistics(sp.at(log_rate));
    report.number(key + "_median", of.median, 0.6);
    report.number(key + "_smallest", of.smallest, 0.6);
    report.number(key + "_largest", of.largest, 0.6);
  }
  const Values at_2 = sp.at(1);
  report.number(
      "diverge_at_2",
      double(std::count_if(at_2.begin(), at_2.end(),
                           [](double L) { return !std::isfinite(L); })),
      4);
}

void look_inside(const UCurves& spiral, const Table& losses, Report& report) {
  const Curve& sp = of_width(spiral.tables[0], inside_width);
  const Table inside = losses.where("task", "spiral")
                           .where("table", abc::sp.name)
                           .where("width", inside_width);
  const auto seen = [&](double log_rate, const char* quantity,
                        std::int64_t step) {
    return median(inside.where("log2_lr", log_rate)
                      .where("quantity", quantity)
                      .where("step", step)
                      .numbers("value"));
  };
  const auto peak = [&](double log_rate) {
    return median(inside.where("log2_lr", log_rate)
                      .where("quantity", "peak")
                      .numbers("value"));
  };
  std::printf("Inside SP at n = %lld: medians\n",
              static_cast<long long>(inside_width));
  std::printf("                    at step %lld:\n",
              static_cast<long long>(inside_step));
  std::printf(
      "rate     peak loss   lambda  rate * lambda  active 1  active 2   end "
      "loss\n");
  for (double log_rate : sp.log_rates) {
    const double loss = median(sp.at(log_rate));
    if (!std::isfinite(loss)) continue;
    const double rate = std::exp2(log_rate);
    const double lambda = seen(log_rate, "lambda", inside_step);
    std::printf("%-7.4g %10.1f  %7.2f  %13.2f  %7.1f%%  %7.1f%%  %9.2f\n",
                rate, peak(log_rate), lambda, rate * lambda,
                100 * seen(log_rate, "active1", inside_step),
                100 * seen(log_rate, "active2", inside_step), loss);
  }
  std::printf("\n");

  const double second = second_minimum(sp);
  const double lambda_0 = seen(-4, "lambda", 0);
  report.number("lambda_0", lambda_0, 40);
  report.number("peak_second", peak(second), 250);
  report.number("active_second", seen(second, "active1", inside_step), 0.2);
  report.claim("lambda_falls",
               "SP, n = 512, second minimum: sharpness at step 30 over λ_0",
               seen(second, "lambda", inside_step) / lambda_0, below(0.1));
  report.claim("dead",
               "SP, n = 512, rate 1/2: active share of layer 2 at step 30",
               seen(-1, "active2", inside_step), below(0.05));
}

// A rate that followed the curvature at the start would fall as much as that
// grows: 784 / 2 of the first layer, 3 n / 2 of the others.
void claim_images(const UCurves& images, Report& report) {
  const auto moved = [&](std::size_t i) {
    const std::vector<Curve>& curves = images.tables[i];
    return best_of(curves.back(), images.chance).rate -
           best_of(curves.front(), images.chance).rate;
  };
  const auto curvature = [](const Curve& curve) {
    return 784 / 2.0 + 1.5 * static_cast<double>(curve.width);
  };
  const std::vector<Curve>& widths = images.tables[0];
  const double growth =
      std::log2(curvature(widths.back()) / curvature(widths.front()));
  report.claim("images_sp_shift",
               "octaves from n = 64 to the widest on images, SP", moved(0),
               above(-growth));
  report.claim("images_mup_shift", "the same under µP", moved(1),
               equals(0, 0.5));
}

void claim_widths(const Table& rows, Report& report) {
  const Table ends = rows.where("quantity", "loss");
  const auto loss = [&](std::size_t i, double width) {
    return median(ends.where("table", compared()[i].name)
                      .where("width", width)
                      .numbers("value"));
  };
  for (double width : rows.distinct("width"))
    for (std::size_t i = 0; i < compared().size(); ++i)
      report.number(std::string("widths_") + short_names[i] + "_" +
                        std::to_string(std::lround(width)),
                    loss(i, width), 0.4);
  report.claim("widths_sp", "chapter 4's loss under SP, n = 512 over n = 64",
               loss(0, 512) / loss(0, 64), above(5));
  report.claim("widths_mup", "the same under µP", loss(1, 512) / loss(1, 64),
               below(2));
}

// The points of the curves, and the curves' minima.
void save_curves(const UCurves& curves, const char* task, Csv& points,
                 Csv& minima) {
  for (std::size_t i = 0; i < compared().size(); ++i) {
    const char* table = compared()[i].name;
    const double base = best_of(curves.tables[i].front(), curves.chance).rate;
    for (const Curve& curve : curves.tables[i]) {
      for (double log_rate : curve.log_rates) {
        const Statistics of = statistics(curve.at(log_rate));
        points.row({task, table, curve.width, log_rate, of.median,
                    of.smallest, of.largest});
      }
      const Best best = best_of(curve, curves.chance);
      minima.row(
          {task, table, curve.width, best.rate, best.rate - base, best.loss});
    }
  }
}

void save_tables(const UCurves& spiral, const UCurves& images,
                 const std::filesystem::path& out) {
  Csv points(
      {"task", "table", "width", "log2_lr", "median", "smallest", "largest"});
  Csv minima({"task", "table", "width", "log2_lr", "octaves", "loss"});
  save_curves(spiral, "spiral", points, minima);
  save_curves(images, "images", points, minima);
  points.save(out / "curves.csv");
  minima.save(out / "minima.csv");
}

// The spiral with squared error alone. A network that knows nothing answers 1/3
// to each of three classes.
void squared(const Table& losses, Report& report) {
  const UCurves spiral = u_curves(losses, "squared", (4 + 1 + 1) / 54.0);
  print_best("spiral with squared error", "squared", spiral, report);
  claim_shifts(spiral, "", report);
  // Beyond the best rate a squared error diverges; cross-entropy need not.
  double room = 0;
  for (const Curve& curve : spiral.tables[0]) {
    double edge = curve.log_rates.back();
    for (double log_rate : curve.log_rates)
      if (!std::isfinite(median(curve.at(log_rate))))
        edge = std::min(edge, log_rate);
    report.number("edge_" + format_number(double(curve.width)), edge, 0.5);
    room = std::max(room, edge - best_of(curve, spiral.chance).rate);
  }
  report.claim("room",
               "octaves from SP's best rate to where the median diverges, at "
               "most",
               room, below(1));
  draw_squared(spiral, report.out);
}

void chapter(Report& report) {
  const Table losses = report.table("losses");
  if (losses.text(0, "task") == "squared") return squared(losses, report);
  const UCurves spiral = u_curves(losses, "spiral", std::log(3));
  const UCurves images = u_curves(losses, "images", std::log(10));
  const Table chapter_4 = losses.where("task", "chapter 4");
  print_best("spiral", "spiral", spiral, report);
  claim_transfer(spiral, report);
  claim_shifts(spiral, "", report);
  claim_second_minimum(spiral, report);
  look_inside(spiral, losses, report);
  print_best("images", "images", images, report);
  claim_images(images, report);
  claim_widths(chapter_4, report);

  save_tables(spiral, images, report.out);
  draw_spiral(spiral, report.out);
  draw_images(images, report.out);
  draw_widths(chapter_4, report.out);
}

int main(int argc, char** argv) {
  return run_report(argc, argv, "ch09_transfer_sgd", chapter);
}
