// Chapter 15, the report: what scale.csv says of six last layers, and others.csv
// of other networks.

#include "chapters/ch15_output_scale/diagram.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "chapters/ch15_output_scale/experiment.h"
#include "chapters/ch15_output_scale/zero_last.h"
#include "chapters/support/plotting/panels.h"
#include "chapters/support/report.h"
#include "nn/instruments/fits.h"
#include "nn/instruments/statistics.h"

using namespace gradus;

using Values = std::vector<double>;
using Integers = std::vector<std::int64_t>;

Integers widths_of(const Table& rows) {
  const Values widths = rows.distinct("width");
  return {widths.begin(), widths.end()};
}

// The median over the seeds of one quantity of one variant.
double value(const Table& rows, const std::string& variant, const Cell& width,
             const char* quantity) {
  const Table some = rows.where("variant", variant).where("width", width);
  return median(some.where("quantity", quantity).numbers("value"));
}

void phases(const Table& table, Report& report) {
  const Table rows = table.where("part", "phases");
  const Integers widths = widths_of(rows);
  Panels panels("phases");
  panels.title("Six last layers, six phase diagrams")
      .subtitle(
          "learning rate in units of 1/λ_0; beyond the colours: divergence")
      .x_axis("1 / width", Scale::log2)
      .y_axis("c", Scale::log2)
      .y_range(1, 32)
      .columns(3);
  print_heading("Boundaries, log2 c", true);
  for (const Variant& v : variants) {
    Diagram diagram;
    for (std::int64_t n : widths) {
      const auto of = [&](const char* quantity) {
        return value(rows, v.name, n, quantity);
      };
      print_row(v.name + " " + std::to_string(n), of, true);
      add_point(diagram, -std::log2(static_cast<double>(n)), of);
      const std::string name = v.name + "_" + std::to_string(n);
      report.number("loss_" + name, of("x_loss"), 0.3);
      report.number("max_" + name, of("x_max"), 0.3);
      report.number("kernel_" + name, of("over_kernel"), 0.3);
    }
    fill(panels.panel(v.title), diagram);
  }
  std::printf("\n");
  panels.draw(report.out);

  // Narrower than 64, lambda_0 is not that of the last layer alone.
  Values x_loss;
  for (std::int64_t n : widths)
    if (n >= 64) x_loss.push_back(value(rows, "zero", n, "x_loss"));
  report.claim("zero_smallest",
               "smallest log2 c_loss, zero last layer, n >= 64",
               statistics(x_loss).smallest, between(1, 1.3));
  report.claim("zero_largest", "largest", statistics(x_loss).largest,
               between(1, 1.3));
  // q goes as 1/n: that they fall is derived, and not by how much.
  report.claim(
      "sp_falls",
      "octaves that c_loss of SP falls from the narrowest to the widest",
      value(rows, "sp", widths.front(), "x_loss") -
          value(rows, "sp", widths.back(), "x_loss"),
      above(0));
  report.claim("mup_falls", "the same of µP, from n = 64",
               value(rows, "mup", 64, "x_loss") -
                   value(rows, "mup", widths.back(), "x_loss"),
               above(0));
  // Pairs of one width and seed, beyond the base width.
  Values pairs;
  for (std::int64_t n : widths) {
    if (n <= 64) continue;
    const auto of_seeds = [&](const char* variant) {
      return rows.where("variant", variant)
          .where("width", n)
          .where("quantity", "x_loss")
          .numbers("value");
    };
    const Values mup = of_seeds("mup"), sp = of_seeds("sp");
    for (std::size_t k = 0; k < sp.size(); ++k)
      pairs.push_back(mup[k] - sp[k]);
  }
  report.number("mup_pairs", static_cast<double>(pairs.size()));
  report.claim("mup_above",
               "octaves of c_loss, µP above SP, n > 64, at least",
               statistics(pairs).smallest, above(0));
  report.number("mup_above_most", statistics(pairs).largest, 0.3);
  report.claim("si_like_zero",
               "log2 c_loss, last variance 1/n² minus zero, widest",
               value(rows, "si", widths.back(), "x_loss") -
                   value(rows, "zero", widths.back(), "x_loss"),
               equals(0, 0.15));
}

void seeds(const Table& table, Report& report) {
  const Table rows = table.where("part", "seeds");
  const Integers widths = widths_of(rows);
  const Table zero = rows.where("variant", "zero");
  const auto rising = [](const Table& some, const char* quantity) {
    return statistics(some.where("quantity", quantity).numbers("value"));
  };
  const Table sp = rows.where("variant", "sp");
  report.claim("zero_below",
               "whether a loss rises at c = 2^0.9, zero last layer, any run",
               rising(zero, "rises at 0.9").largest, equals(0));
  report.claim("zero_above", "the same at c = 2^1.3, every run",
               rising(zero, "rises at 1.3").smallest, equals(1));
  report.claim(
      "sp_narrow", "the same at c = 4, SP, n = 64, any run",
      rising(sp.where("width", widths.front()), "rises at 2").largest,
      equals(0));
  const Values wide = sp.where("width", widths.back())
                          .where("quantity", "rises at 2")
                          .numbers("value");
  report.claim("sp_wide", "the same, n = 256, median run", median(wide),
               equals(1));
  report.number("sp_wide_rises",
                static_cast<double>(std::count(wide.begin(), wide.end(), 1)),
                2);

  // From frozen features c_loss mu_1 / lambda_0 lies between 2 and 1 + p_1^{-1/20}; a point of the
  // grid is less than a tenth of an octave above.
  const auto all = [&](const char* quantity) {
    return zero.where("quantity", quantity).numbers("value");
  };
  const Values predicted = all("x_frozen"), mode = all("mode"),
               labels = all("share");
  Values above_two, above_bound;
  for (std::size_t i = 0; i < predicted.size(); ++i) {
    const double x = predicted[i] + std::log2(mode[i]);
    above_two.push_back(x - 1);
    above_bound.push_back(x - std::log2(1 + std::pow(labels[i], -1.0 / 20)));
  }
  report.claim(
      "frozen_low",
      "log2 of c_loss from frozen features over its lower bound, smallest",
      statistics(above_two).smallest, above(0));
  report.claim("frozen_high", "over its upper bound, largest",
               statistics(above_bound).largest, below(0.1));
  report.number("frozen_smallest", statistics(predicted).smallest, 0.1);
  report.number("frozen_largest", statistics(predicted).largest, 0.1);
  report.number("share", median(labels), 0.01);
  const double closed_form = 1 + std::pow(median(labels), -1.0 / 20);
  report.number("closed_form", closed_form, 0.02);
  report.number("closed_form_x", std::log2(closed_form), 0.02);
  for (std::int64_t n : widths)
    report.number("mode_" + std::to_string(n), value(zero, "zero", n, "mode"),
                  0.02);
}

void alphas(const Table& table, Report& report) {
  const Table rows = table.where("part", "alpha"),
              plain = table.where("part", "phases");
  const std::int64_t n = rows.integer(0, "width");
  Diagram diagram;
  print_heading("Output x alpha, n = " + std::to_string(n), true);
  for (int octave : octaves) {
    const Table& some = octave == 0 ? plain : rows;
    const auto of = [&](const char* quantity) {
      return value(some, times_alpha(octave).name, n, quantity);
    };
    print_row("alpha = 2^" + std::to_string(octave), of, true);
    add_point(diagram, octave, of);
  }
  const Table none_to_learn = table.where("part", "no labels");
  const auto unlabelled = [&](const char* quantity) {
    return value(none_to_learn, "sp", n, quantity);
  };
  print_row("labels 0", unlabelled, true);
  std::printf("\n");
  Panels figure("alpha");
  figure.title("What the labels are to a small output")
      .subtitle("SP, n = " + std::to_string(n) +
                ", output times α; beyond: divergence")
      .x_axis("α", Scale::log2)
      .y_axis("c", Scale::log2)
      .y_range(1, 32);
  fill(figure.panel(""), diagram);
  figure.draw(report.out);

  report.claim("alpha_labels",
               "10 losses, α = 4 against labels over 4: largest difference",
               table.where("part", "exact").number(0, "value"), equals(0));
  // Of the last `count` outputs. At α = 1/4 the labels are most of the first
  // loss, at 1 the output is.
  const auto moves = [](const Values& x, int count) {
    const Statistics of = statistics({x.end() - count, x.end()});
    return of.largest - of.smallest;
  };
  const auto both = [&](int count) {
    return std::max(moves(diagram.loss, count), moves(diagram.last, count));
  };
  report.claim("alpha_moves",
               "octaves that c_loss and c_max move, α = 1 to 4, at most",
               both(2), below(0.3));
  report.number("alpha_moves_quarter", both(3), 0.5);
  report.number("alpha_moves_sharp", moves(diagram.sharp, 3), 0.5);
  report.claim("large_alpha", "log2 c_loss, α = 4 minus no labels",
               diagram.loss.back() - unlabelled("x_loss"), equals(0, 0.2));
  // Nearer to c = 1 than to 2, where the kernel's limit log2 sqrt(R / (R - 1))
  // is below 0.1.
  report.claim("small_alpha_loss", "log2 c_loss, α = 2^-8",
               diagram.loss.front(), below(0.5));
  report.claim("small_alpha_sharp", "log2 c_sharp, α = 2^-8",
               diagram.sharp.front(), below(0.1));
}

void layers(const Table& table, Report& report) {
  const Table rows = table.where("part", "moves");
  const Values widths = rows.distinct("width");
  Figure figure("layers");
  figure.title("One rate leaves the first layer behind")
      .subtitle(
          "one step: Δh of the first layer over Δh of the second, median of "
          "8 seeds")
      .x_axis("width n", Scale::log2)
      .y_axis("Δh_1 / Δh_2", Scale::log2);
  std::printf(
      "Exponent of n of Delta h_1 / Delta h_2 in one step (of medians over "
      "seeds)\n");
  for (const char* name : {"mup", "sp", "half", "one"}) {
    const Variant v = named(name);
    Values ratios;
    for (double n : widths)
      ratios.push_back(value(rows, name, n, "layer1") /
                       value(rows, name, n, "layer2"));
    figure.line(widths, ratios, v.title);
    const double slope = fit_log_log(widths, ratios).slope;
    std::printf("%-5s %5.2f\n", name, slope);
    report.claim("layers_" + v.name, "exponent of Δh_1 / Δh_2, " + v.title,
                 slope, equals(v.name == "mup" ? 0 : -1, 0.15));
  }
  std::printf("\n");
  Values falling;
  for (const double n : widths) falling.push_back(8 * widths[0] / n);
  figure.dashed(widths, falling, "1 / n").draw(report.out);
}

// With squared loss a zero last layer is near c = 2 in every network, and below
// the standard one.
void claim_others(const Table& table, Report& report) {
  const Table squared =
      table.where("loss", "mse").where("quantity", "x_loss");
  const Values zero = squared.where("last", "zero").numbers("value"),
               standard = squared.where("last", "standard").numbers("value");
  Values above_zero;
  for (std::size_t i = 0; i < zero.size(); ++i)
    above_zero.push_back(standard[i] - zero[i]);
  report.claim("others_smallest",
               "smallest log2 c_loss, MSE, zero last layer",
               statistics(zero).smallest, between(1, 1.5));
  report.claim("others_largest", "largest", statistics(zero).largest,
               between(1, 1.5));
  report.claim("others_sharp",
               "largest log2 c_sharp, cross-entropy, zero last layer",
               statistics(table.where("loss", "cross-entropy")
                              .where("last", "zero")
                              .where("quantity", "x_sharp")
                              .numbers("value"))
                   .largest,
               equals(0));
  report.claim("others_standard",
               "octaves that the standard last layer lies above, at least",
               statistics(above_zero).smallest, above(0.3));
}

void print_others(const Table& table) {
  print_heading("Other networks and losses", false);
  for (std::size_t i = 0; i < table.size(); i += 7) {
    const Table cell = table.where("network", table.text(i, "network"))
                           .where("loss", table.text(i, "loss"))
                           .where("last", table.text(i, "last"));
    const char* loss = table.text(i, "loss") == "mse" ? ", MSE" : ", CE";
    print_row(
        table.text(i, "network") + loss + ", " + table.text(i, "last"),
        [&](const char* quantity) {
          return cell.where("quantity", quantity).number(0, "value");
        },
        false);
  }
  std::printf("\n");
}

void chapter(Report& report) {
  if (report.option("others") == "true") {
    print_others(report.table("others"));
    return claim_others(report.table("others"), report);
  }
  if (report.has("margin")) return margins(report.table("margin"), report);
  const Table table = report.table("scale");
  phases(table, report);
  if (report.has("rise")) rise(report.table("rise"), report);
  seeds(table, report);
  if (report.has("depths")) depths(report.table("depths"), report);
  alphas(table, report);
  layers(table, report);
}

int main(int argc, char** argv) {
  return run_report(argc, argv, "ch15_output_scale", chapter);
}
