// Chapter 17, the report: what coincides over the widths, what does not, and why.

#include "chapters/ch17_super_consistency/report.h"

#include <cmath>
#include <cstdio>

#include "nn/instruments/exponents.h"
#include "nn/instruments/statistics.h"

namespace gradus {

Integers sizes(const Table& table, const char* column) {
  const Values values = table.distinct(column);
  return {values.begin(), values.end()};
}

Values reals(const Integers& sizes) { return {sizes.begin(), sizes.end()}; }

Values Runs::at(std::int64_t size, int step, const char* column) const {
  const Table runs = table.where(by, size);
  Values values;
  for (std::size_t row = 0; row < runs.size(); ++row)
    if (runs.integer(row, "step") == step &&
        !std::isnan(runs.number(row, "eta_lambda")))
      values.push_back(runs.number(row, column));
  return values;
}

Values Runs::growth(std::int64_t size, int first, int last) const {
  Values quotients;
  for (const double seed : table.distinct("seed")) {
    const Table one = table.where("seed", seed);
    const Values before = Runs{one, by}.at(size, first),
                 after = Runs{one, by}.at(size, last);
    if (!after.empty()) quotients.push_back(after[0] / before[0]);
  }
  return quotients;
}

Values Runs::curve(std::int64_t size) const {
  Values medians;
  for (double step : table.distinct("step"))
    medians.push_back(median(at(size, static_cast<int>(step))));
  return medians;
}

double spread(const Values& values) {
  const Statistics s = statistics(values);
  return (s.largest - s.smallest) / s.mean;
}

std::string number_name(const std::string& what, std::int64_t size,
                        int step) {
  return what + "_" + std::to_string(size) + "_" + std::to_string(step);
}

void print_steps(const char* heading) {
  std::printf("%-21s", heading);
  for (const int step : shown) std::printf("%7d", step);
  std::printf("\n");
}

}  // namespace gradus

using namespace gradus;

// --- 1. Widths ---

void print_widths(const Table& table, Report& report) {
  for (const Variant& variant : variants) {
    if (&variant == &variants[0]) print_steps("eta lambda at step");
    if (&variant == &variants[3]) print_steps("\nThe same, aside");
    const Table some = table.where("variant", variant.name);
    const Runs runs{some, "width"};
    for (const std::int64_t n : sizes(some, "width")) {
      std::printf("%-13s %6d ", variant.name.c_str(), static_cast<int>(n));
      for (const int step : shown) {
        const double value = median(runs.at(n, step));
        std::printf("%7.2f", value);
        report.number(number_name(variant.name, n, step), value, 0.3 * value);
      }
      std::printf("\n");
    }
  }
  std::printf("\n");
}

// Over the widths from 128 up, of the medians of the seeds.
void claim_coincidence(const Table& mup, Report& report) {
  const Runs runs{mup, "width"};
  std::printf("Spread over the widths from 128 up, muP\nstep");
  std::printf("   eta lambda    loss\n");
  for (const int step : shown) {
    Values curvatures, losses;
    for (const std::int64_t n : sizes(mup, "width")) {
      if (n < 128) continue;
      curvatures.push_back(median(runs.at(n, step)));
      losses.push_back(median(runs.at(n, step, "loss")));
    }
    std::printf("%4d %11.1f%% %6.1f%%\n", step, 100 * spread(curvatures),
                100 * spread(losses));
    const std::string at = std::to_string(step);
    report.number("loss_spread_" + at, spread(losses), 0.2);
    report.claim("spread_" + at,
                 "µP, widths from 128: spread of eta lambda at step " + at,
                 spread(curvatures), below(0.3));
  }
  std::printf("\n");
  // Narrower ones are still on their way.
  report.claim("edge", "µP, step 200: eta lambda of width 256",
               median(runs.at(256, 200)), between(1.85, 2.05));
}

void claim_sharpening(const Table& table, Report& report) {
  std::printf("lambda at step 50 over that at step 2 (smallest, largest)\n");
  std::printf("width                mup                ntk\n");
  const Table mup = table.where("variant", "mup"),
              ntk = table.where("variant", "ntk");
  const Integers widths = sizes(mup, "width");
  Values least;
  std::vector<Values> rises;  // of NTK: lambda_50 / lambda_2 - 1
  for (const std::int64_t n : widths) {
    std::printf("%5d", static_cast<int>(n));
    for (const Table* some : {&mup, &ntk}) {
      const Statistics s = statistics(Runs{*some, "width"}.growth(n, 2, 50));
      std::printf("   %5.3f (%.2f, %.2f)", s.median, s.smallest, s.largest);
      const char* name = some == &mup ? "mup_growth_" : "ntk_growth_";
      report.number(name + std::to_string(n), s.median, 0.2);
      if (some == &mup && n >= 128) least.push_back(s.median);
    }
    std::printf("\n");
    rises.push_back(Runs{ntk, "width"}.growth(n, 2, 50));
    for (double& rise : rises.back()) rise -= 1;
  }
  std::printf("\n");
  report.claim("mup_sharpens", "µP, any width from 128: lambda_50 / lambda_2",
               statistics(least).smallest, above(1.25));
  report.claim("mup_growth_spread", "µP: its spread over those widths",
               spread(least), below(0.2));
  report.claim("ntk_fades", "NTK, widest: lambda_50 / lambda_2",
               median(rises.back()) + 1, between(0.98, 1.08));
  const Exponent fading = exponent_of_medians(reals(widths), rises);
  std::printf("NTK: lambda_50 / lambda_2 - 1 goes as n^%.2f +- %.2f ",
              fading.value, fading.error);
  std::printf("(of the medians)\n\n");
  report.claim("ntk_fading", "NTK: exponent of lambda_50 / lambda_2 - 1 in n",
               fading.value, equals(-1, 0.3));
}

void claim_sp(const Table& sp, Report& report) {
  const Runs runs{sp, "width"};
  const Integers widths = sizes(sp, "width");
  std::vector<Values> starts;
  for (const std::int64_t n : widths) starts.push_back(runs.at(n, 0));
  const Exponent rise = exponent_over_seeds(reals(widths), starts);
  report.claim("sp_start", "SP: exponent of lambda_0 in n", rise.value,
               equals(1, 0.25));
  report.claim("sp_reversed", "SP, step 50: lambda at 512 over that at 128",
               median(runs.at(512, 50)) / median(runs.at(128, 50)),
               below(0.5));
  report.number("sp_highest_loss", median(runs.at(512, 2, "loss")), 30);
}

// --- 2. Why not all widths coincide ---

void claim_causes(const Table& table, Report& report) {
  const Table mup = table.where("variant", "mup"),
              centred = table.where("variant", "mup_centred"),
              base = table.where("variant", "mup_base_128");
  const auto growth = [](const Table& some, std::int64_t n, int first,
                         int last) {
    return median(Runs{some, "width"}.growth(n, first, last));
  };
  const double with = growth(mup, 64, 0, 10),
               without = growth(centred, 64, 0, 10);
  report.claim("lag", "n = 64: lambda_10 / lambda_0 without f_0, minus with",
               without - with, above(0.05));
  report.number("lag_with", with, 0.2);
  report.number("lag_without", without, 0.2);
  // Of what separates width 64 from 256 at step 50: the part that goes.
  const double narrow = growth(mup, 64, 0, 50);
  report.number("lag_closed",
                (growth(centred, 64, 0, 50) - narrow) /
                    (growth(mup, 256, 0, 50) - narrow),
                0.4);
  report.claim("lazy_base",
               "n = 256: lambda_50 / lambda_2 - 1, base 128 "
               "over base 32",
               (growth(base, 256, 2, 50) - 1) / (growth(mup, 256, 2, 50) - 1),
               below(0.3));
  report.number("base_growth", growth(base, 256, 2, 50), 0.1);
  report.number("base_growth_128", growth(base, 128, 2, 50), 0.1);
  report.number("sp_growth_128",
                growth(table.where("variant", "sp"), 128, 2, 50), 0.1);
}

void chapter(Report& report) {
  const Table widths = report.table("widths"),
              kernel = report.table("kernel"),
              depths = report.table("depths");
  print_widths(widths, report);
  claim_coincidence(widths.where("variant", "mup"), report);
  claim_sharpening(widths, report);
  claim_sp(widths.where("variant", "sp"), report);
  claim_causes(widths, report);
  report_start(report.table("start"), report);
  report_kernel(kernel, report);
  report_depths(depths, report);

  draw_widths(widths, report.out);
  draw_kernel(kernel, report.out);
  draw_causes(widths, report.out);
  draw_depths(depths, report.out);
}

int main(int argc, char** argv) {
  return run_report(argc, argv, "ch17_super_consistency", chapter);
}
