// Chapter 17, the report: what coincides over the widths, what does not, and why.

#include "chapters/ch17_super_consistency/report.h"

#include <algorithm>
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
  Values before = at(size, first), after = at(size, last);
  for (std::size_t k = 0; k < after.size(); ++k) after[k] /= before[k];
  return after;
}

Values Runs::curve(std::int64_t size) const {
  Values medians;
  for (double step : table.distinct("step"))
    medians.push_back(median(at(size, static_cast<int>(step))));
  return medians;
}

}  // namespace gradus

using namespace gradus;

// (max - min) / mean.
double spread(const Values& values) {
  const Statistics s = statistics(values);
  return (s.largest - s.smallest) / s.mean;
}

std::string number_name(const std::string& what, std::int64_t size,
                        int step) {
  return what + "_" + std::to_string(size) + "_" + std::to_string(step);
}

// --- 1. Widths ---

const std::vector<int> shown = {0, 2, 10, 30, 50, 100, 200};

void print_steps(const char* heading) {
  std::printf("%-21s", heading);
  for (const int step : shown) std::printf("%7d", step);
  std::printf("\n");
}

void print_widths(const Table& table, Report& report) {
  print_steps("eta lambda at step");
  for (const Variant& variant : variants) {
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
    if (step == 200)
      report.claim("edge", "µP, step 200: eta lambda of any width from 128",
                   statistics(curvatures).smallest, between(1.8, 2.05));
    report.claim("spread_" + at,
                 "µP, widths from 128: spread of eta lambda at step " + at,
                 spread(curvatures), below(step < 200 ? 0.3 : 0.1));
  }
  std::printf("\n");
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
               fading.value, equals(-1, 0.4));
}

void claim_sp(const Table& sp, Report& report) {
  const Runs runs{sp, "width"};
  const Integers widths = sizes(sp, "width");
  std::vector<Values> starts;
  for (const std::int64_t n : widths) starts.push_back(runs.at(n, 0));
  const Exponent rise = exponent_over_seeds(reals(widths), starts);
  report.claim("sp_start", "SP: exponent of lambda_0 in n", rise.value,
               equals(1, 0.2));
  report.claim("sp_reversed", "SP, step 50: lambda at 512 over that at 128",
               median(runs.at(512, 50)) / median(runs.at(128, 50)),
               below(0.5));
  report.number("sp_highest_loss", median(runs.at(512, 2, "loss")), 30);
}

// --- 2. Two causes of what does not coincide ---

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
               without - with, above(0.02));
  report.number("lag_with", with, 0.2);
  report.number("lag_without", without, 0.2);
  report.claim("lazy_base",
               "n = 256: lambda_50 / lambda_2 - 1, base 128 "
               "over base 32",
               (growth(base, 256, 2, 50) - 1) / (growth(mup, 256, 2, 50) - 1),
               below(0.4));
  report.number("base_growth", growth(base, 256, 2, 50), 0.1);
  report.number("base_growth_128", growth(base, 128, 2, 50), 0.1);
  report.number("sp_growth_128",
                growth(table.where("variant", "sp"), 128, 2, 50), 0.1);
}

void claim_start(const Table& table, Report& report) {
  const Table ten = table.where("outputs", 10),
              one = table.where("outputs", 1);
  const Integers widths = sizes(table, "width");
  std::printf("Before the first step, ten outputs: eta lambda\n");
  std::printf("width   Hessian   without f_0   kernel   mean of ten   raw\n");
  std::vector<Values> excess, means, raw;
  Values shares;
  for (const std::int64_t n : widths) {
    const Table at = ten.where("width", n);
    const auto of = [&](const char* column) { return at.numbers(column); };
    const Values hessian = of("hessian"), centred = of("centred"),
                 kernel = of("kernel"), mean = of("mean");
    std::printf("%5d %9.2f %13.2f %8.2f %13.2f %5.1f\n", static_cast<int>(n),
                median(hessian), median(centred), median(kernel),
                median(mean), median(of("raw")));
    excess.push_back(kernel);
    for (std::size_t k = 0; k < mean.size(); ++k) excess.back()[k] -= mean[k];
    means.push_back(mean);
    raw.push_back(one.where("width", n).numbers("raw"));
    shares.push_back((median(hessian) - median(centred)) /
                     (median(hessian) - median(mean)));
    const std::string width = "_" + std::to_string(n);
    report.number("ten" + width, median(hessian), 0.4);
    report.number("mean_of_ten" + width, median(mean), 0.3);
    report.number("raw" + width, median(raw.back()), 3);
  }
  const Exponent bunch = exponent_of_medians(reals(widths), excess),
                 mean = exponent_of_medians(reals(widths), means),
                 growth = exponent_of_medians(reals(widths), raw);
  std::printf("Exponents (of the medians): kernel - mean %.2f +- %.2f, ",
              bunch.value, bunch.error);
  std::printf("mean %.2f +- %.2f\n\n", mean.value, mean.error);
  report.claim("bunch", "ten outputs: exponent of kernel - mean of ten",
               bunch.value, equals(-0.5, 0.2));
  report.claim("mean_of_ten", "ten outputs: exponent of the mean of ten",
               mean.value, equals(0, 0.2));
  report.claim("f_0_share", "ten outputs: f_0's share in Hessian - mean",
               statistics(shares).largest, below(0.5));
  report.claim("raw", "table 3: exponent of the raw Hessian in n",
               growth.value, equals(1, 0.2));
}

// --- 3. What has moved ---

void claim_kernel(const Table& table, Report& report) {
  const Integers widths = sizes(table, "width");
  std::printf("After 50 steps: change over size, exponent in n ");
  std::printf("(mean over seeds)\n");
  std::printf("             narrowest  widest   exponent\n");
  for (const std::string name : {"mup", "ntk"})
    for (const std::string column : {"first", "second", "kernel"}) {
      const Table some = table.where("variant", name);
      std::vector<Values> changes;
      for (const std::int64_t n : widths)
        changes.push_back(some.where("width", n).numbers(column));
      const Exponent exponent = exponent_over_seeds(reals(widths), changes);
      std::printf("%s %-8s %9.3f %7.3f   %5.2f +- %.2f\n", name.c_str(),
                  column.c_str(), median(changes.front()),
                  median(changes.back()), exponent.value, exponent.error);
      const bool mup = name == "mup", kernel = column == "kernel";
      report.claim(name + "_" + column,
                   (mup ? "µP" : "NTK") + std::string(": exponent of the ") +
                       (kernel ? "kernel's change"
                               : "change of the " + column + " features"),
                   exponent.value,
                   equals(mup      ? 0
                          : kernel ? -1
                                   : -0.5,
                          kernel ? 0.25 : 0.15));
    }
  std::printf("\n");
}

// --- 4. Depth ---

void claim_depths(const Table& table, Report& report) {
  const Table mup = table.where("branches", "depth_mup"),
              plain = table.where("branches", "x 1");
  const Runs runs{mup, "blocks"}, plain_runs{plain, "blocks"};
  print_steps("Depths: eta lambda");
  for (const std::int64_t blocks : sizes(mup, "blocks")) {
    std::printf("depth-muP     %6d ", static_cast<int>(blocks));
    for (const int step : shown) {
      const double value = median(runs.at(blocks, step));
      std::printf("%7.2f", value);
      report.number(number_name("depth", blocks, step), value, 0.3 * value);
    }
    std::printf("\n");
  }
  Values growth;
  for (const std::int64_t blocks : sizes(mup, "blocks")) {
    const Values finite = plain_runs.at(blocks, 10);
    const double start = median(plain_runs.at(blocks, 0));
    std::printf("branches x 1  %6d %7.3g   %zu of %zu diverge\n",
                static_cast<int>(blocks), start,
                plain_runs.at(blocks, 0).size() - finite.size(),
                plain_runs.at(blocks, 0).size());
    report.number("plain_" + std::to_string(blocks), start, start);
    growth.push_back(median(runs.growth(blocks, 2, 50)));
  }
  std::printf("\n");
  for (const int step : {0, 10, 50}) {
    Values medians;
    for (const std::int64_t blocks : sizes(mup, "blocks"))
      medians.push_back(median(runs.at(blocks, step)));
    const std::string at = std::to_string(step);
    if (step == 0)
      report.number("depth_spread_0", spread(medians), 0.3);
    else
      report.claim("depth_spread_" + at,
                   "depth-µP: spread over the depths at step " + at,
                   spread(medians), below(0.35));
  }
  report.claim("depth_sharpens", "depth-µP, any depth: lambda_50 / lambda_2",
               statistics(growth).smallest, above(1.1));
  report.claim("plain_diverges", "branches x 1, 8 and 16 blocks: finite runs",
               static_cast<double>(plain_runs.at(8, 10).size() +
                                   plain_runs.at(16, 10).size()),
               equals(0));
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
  claim_start(report.table("start"), report);
  claim_kernel(kernel, report);
  claim_depths(depths, report);

  draw_widths(widths, report.out);
  draw_kernel(kernel, report.out);
  draw_causes(widths, report.out);
  draw_depths(depths, report.out);
}

int main(int argc, char** argv) {
  return run_report(argc, argv, "ch17_super_consistency", chapter);
}
