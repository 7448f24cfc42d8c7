// Chapter 6, the report: what forms.csv, abc.csv and readouts.csv say of the
// freedoms that freedoms.cpp counts. Exponents are means over seeds.

#include "chapters/ch06_abc/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <tuple>

#include "nn/instruments/statistics.h"

using namespace gradus;

// The largest difference between the losses of the three forms at any step.
double difference(const Table& table, const char* optimiser,
                  std::int64_t width) {
  const Table runs =
      table.where("optimiser", optimiser).where("width", width);
  const auto losses = [&](const Parametrisation& form) {
    return runs.where("table", form.name).numbers("loss");
  };
  const Values first = losses(forms()[0]);
  double largest = 0;
  for (const Parametrisation& form : forms()) {
    const Values loss = losses(form);
    for (std::size_t t = 0; t < loss.size(); ++t) {
      const double difference = std::abs(loss[t] - first[t]);
      if (!(difference <= largest)) largest = difference;  // NaN stays
    }
  }
  return largest;
}

void claim_forms(const Table& table, Report& report) {
  report.claim("forms_sgd", "largest difference of the losses, SGD, m = 16",
               difference(table, "SGD", 256), equals(0));
  report.claim("forms_adam", "largest difference of the losses, Adam, m = 16",
               difference(table, "Adam", 256), equals(0));
  report.claim("forms_odd", "largest difference of the losses, SGD, m = 3",
               difference(table, "SGD", 48), below(1e-9));
}

// "-0.52 (-1/2)"
std::string beside(double measured, double derived) {
  char text[40];
  std::snprintf(text, sizeof text, "%5.2f (%s)", measured,
                fraction(derived).c_str());
  return text;
}

void claim_steps(const Table& table, Report& report) {
  const auto measured = [&](const Parametrisation& row, bool adam,
                            const char* quantity) {
    const Table rows =
        table.where("part", adam ? "Adam" : "SGD").where("table", row.name);
    return curve_of(rows, quantity).exponent.value;
  };
  std::printf(
      "One step: exponent of n (mean over seeds), measured "
      "(derived)\n%-19s%-6s%-15s%-15s%s\n",
      "", "", "Delta h_1", "Delta h_L", "Delta f");
  for (const bool adam : {false, true})
    for (const Parametrisation& row : step_tables()) {
      const Slopes derived = predict(row, adam);
      std::printf(
          "%-19s%-6s%-15s%-15s%s\n", row.name, adam ? "Adam" : "SGD",
          beside(measured(row, adam, "layer1"), derived.first).c_str(),
          beside(measured(row, adam, "layer2"), derived.last).c_str(),
          beside(measured(row, adam, "output"), derived.output).c_str());
    }
  for (const auto& [row, name, derived] :
       {std::tuple{abc::ntk, "ntk", -0.5},
        std::tuple{abc::mup_table3, "mup", 0.0}})
    for (const char* layer : {"layer1", "layer2"})
      report.claim(std::string(name) + "_" + layer,
                   std::string("exponent of Δh, one step of SGD, ") + name +
                       ", " + layer,
                   measured(row, false, layer), equals(derived, 0.08));

  std::printf(
      "\nMixed: exponent (mean over seeds) of the part of Delta f that the "
      "output layer's own step makes\n");
  for (const Parametrisation& row : {slow(), fast()})
    for (const bool adam : {false, true}) {
      const Real out = real(row, Role::output);
      const double own = measured(row, adam, "own");
      std::printf("%-19s%-6s%s\n", row.name, adam ? "Adam" : "SGD",
                  beside(own, 1 - (adam ? out.adam : out.sgd)).c_str());
      if (!adam)
        report.number(
            row.name == std::string(slow().name) ? "own_slow" : "own_fast",
            own, 0.1);
    }
  std::printf("\n");
}

// How far h_2 has moved after one step and after two, medians over seeds.
void claim_readouts(const Table& table, Report& report) {
  const auto moved = [&](const Parametrisation& row, int step) {
    return table.where("table", row.name)
        .where("step", step)
        .where("quantity", "layer2");
  };
  const auto medians = [&](const Table& rows) {
    Values result;
    for (const double width : table.distinct("width"))
      result.push_back(median(rows.where("width", width).numbers("value")));
    return result;
  };
  std::printf("Two steps: rms of h_2's change (medians of 8 seeds)\n%-25s",
              "");
  for (const double width : table.distinct("width"))
    std::printf("%7.0f", width);
  std::printf("\n");
  for (const Parametrisation& row : readouts())
    for (const int step : {1, 2}) {
      std::printf("%-19sstep %d", row.name, step);
      for (const double x : medians(moved(row, step)))
        std::printf("%7.2f", x);
      std::printf("\n");
    }
  std::printf("\n");

  const Parametrisation own = readouts()[1], lent = readouts()[2];
  const auto exponent = [&](const Parametrisation& row) {
    return curve_of(moved(row, 1), "layer2").exponent.value;
  };
  const auto growth = [&](const Parametrisation& row) {
    const Values x = medians(moved(row, 2));  // n = 16, 32, 64, 128, 256
    return x.at(4) / x.at(2);
  };
  report.claim("small_own_1",
               "beta 2, its own rates: exponent of Δh_2, step 1",
               exponent(own), equals(0, 0.08));
  report.claim("small_own_2", "the same, step 2: Δh_2 at n = 256 over n = 64",
               growth(own), above(3));
  report.claim("small_lent_1",
               "beta 2, muP's rates: exponent of Δh_2, step 1",
               exponent(lent), equals(-1, 0.08));
  report.claim("small_lent_2",
               "the same, step 2: Δh_2 at n = 256 over n = 64", growth(lent),
               equals(1, 0.5));
}

void claim_lazy(const Table& lazy, Report& report) {
  const char* names[] = {"half", "three_quarters", "one"};
  std::printf(
      "Trained: exponent of h_L's change (mean over seeds), measured "
      "(derived)\n");
  for (std::size_t i = 0; i < betas.size(); ++i) {
    const Parametrisation member = members()[i];
    const Table rows = lazy.where("table", member.name);
    const Curve moved = curve_of(rows, "moved");
    const double derived = betas[i] - 1;
    const Values steps = curve_of(rows, "steps").mean;
    std::printf("%-10s%-15s standard error %.2f; steps %.0f to %.0f\n",
                member.name, beside(moved.exponent.value, derived).c_str(),
                moved.exponent.error, steps.front(), steps.back());
    report.claim(
        std::string("moved_") + names[i],
        std::string("exponent of the features' change, ") + member.name,
        moved.exponent.value, equals(derived, 0.1));
    report.number(std::string("error_") + names[i], moved.exponent.error,
                  0.1);
    if (i == 0) report.number("moved_narrow", moved.mean[0], 0.1);
  }
  std::printf("\n");
}

void claim_mixed(const Table& mixed, Report& report) {
  const Values rates = mixed.distinct("lr");
  // The lowest point of the curve left of where it diverges, in octaves of
  // the rate.
  const auto best = [&](const Values& losses) {
    Values x, y;
    for (std::size_t i = 0; i < losses.size() && losses[i] < 2; ++i) {
      x.push_back(std::log2(rates[i]));
      y.push_back(std::log2(losses[i]));
    }
    return fit_vertex(x, y);
  };
  const Values base = losses_of(mixed, abc::mup_table3, narrow);
  const Vertex base_best = best(base);
  const auto one = static_cast<std::size_t>(
      std::find(rates.begin(), rates.end(), 1) - rates.begin());
  const char* names[] = {"right", "slow", "fast"};
  const Bounds shifts[] = {equals(0, 1), above(1), below(-1)};
  double apart = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const Parametrisation table = mixed_tables()[i];
    const Values at_base = losses_of(mixed, table, narrow),
                 losses = losses_of(mixed, table, wide);
    for (std::size_t k = 0; k < base.size(); ++k)
      if (at_base[k] <= 2 || base[k] <= 2) apart += at_base[k] != base[k];
    report.claim(
        std::string("shift_") + names[i],
        std::string("octaves from the best rate at n = 16, ") + table.name,
        best(losses).x - base_best.x, shifts[i]);
    report.number(std::string("best_loss_") + names[i],
                  std::exp2(best(losses).y), 0.05);
    report.number(std::string("loss_") + names[i], losses.at(one), 0.2);
  }
  report.number("best_rate", std::exp2(base_best.x), 0.5);
  // muP's shift again, of single seeds: between the lowest losses of the grid.
  Values own;
  for (const double seed : mixed.distinct("seed")) {
    const auto lowest = [&](std::int64_t width) {
      const Values losses =
          losses_of(mixed.where("seed", seed), abc::mup_table3, width);
      const auto least = std::min_element(losses.begin(), losses.end());
      return std::log2(
          rates[static_cast<std::size_t>(least - losses.begin())]);
    };
    own.push_back(lowest(wide) - lowest(narrow));
  }
  report.number("shift_right_smallest", statistics(own).smallest, 1);
  report.number("shift_right_largest", statistics(own).largest, 1);
  report.claim("mixed_at_base",
               "losses at n = 16 that differ between the three", apart,
               equals(0));
}

void chapter(Report& report) {
  const Table forms = report.table("forms"), table = report.table("abc");
  const Table lazy = table.where("part", "lazy"),
              mixed = table.where("part", "mixed");
  print_freedoms();
  claim_freedoms(report);
  claim_forms(forms, report);
  claim_steps(table, report);
  claim_readouts(report.table("readouts"), report);
  claim_lazy(lazy, report);
  claim_mixed(mixed, report);

  draw_three_forms(forms, report.out);
  draw_lazy_rich(lazy, report.out);
  draw_mixed(mixed, report.out);
}

int main(int argc, char** argv) {
  return run_report(argc, argv, "ch06_abc", chapter);
}
