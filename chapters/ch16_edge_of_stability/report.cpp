// Chapter 16, the report: the uv model against what was derived of it.

#include "chapters/ch16_edge_of_stability/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "chapters/ch16_edge_of_stability/long_runs.h"
#include "chapters/support/plotting/panels.h"
#include "nn/instruments/statistics.h"

using namespace gradus;

// --- 1. Small steps: a hyperbola ---

double resting(const Start& start) {
  return std::sqrt(start.lam * start.lam + 4 * (1 - start.f * start.f));
}

void engine_against_map(const Table& engine, Report& report) {
  double delta = 0, lambda = 0;
  for (std::size_t row = 0; row < engine.size(); ++row) {
    const auto apart = [&](const char* a, const char* b) {
      return std::abs(engine.number(row, a) - engine.number(row, b));
    };
    delta = std::max(delta, apart("delta", "map_delta"));
    lambda = std::max(lambda, apart("eta_lambda", "map_eta_lambda"));
  }
  report.claim("engine", "u and v by the engine against P and M: |δ|", delta,
               below(1e-9));
  report.claim("engine_sharpness", "the same, η λ_max of the Hessian", lambda,
               below(1e-9));
}

void small_steps(const Table& engine, Report& report) {
  std::printf("Small steps, eta = 0.005, y = 1\n");
  std::printf("   f_0    lam_0   last lam   sqrt(lam_0^2 + 4 (1 - f_0^2))\n");
  double off = 0, right = 0;
  for (const Start& start : slow_starts) {
    const Table run = engine.where("psi", 0.005).where("f0", start.f);
    const double last = run.numbers("eta_lambda").back() / 0.005;
    std::printf("%6.2f %8.2f %10.4f %12.4f\n", start.f, start.lam, last,
                resting(start));
    off = std::max(off, std::abs(last / resting(start) - 1));
    right += (last > start.lam) == (std::abs(start.f) < 1);
  }
  std::printf("\n");
  report.claim("hyperbola", "last sharpness against the hyperbola, relative",
               off, below(0.02));
  report.claim("sharpens", "starts of which |f_0| < y tells the direction",
               right, equals(4));
}

void draw_paths(const std::filesystem::path& out) {
  Figure figure("paths");
  figure.title("Small steps move on a hyperbola, and its end is the label")
      .subtitle("uv model, η = 0.005 √N / y; dashed: λ^2 − 4 f^2 / N = const")
      .x_axis("output f / y")
      .y_axis("kernel λ √N / y")
      .x_range(-2, 2.4)
      .y_range(0, 5);
  for (const Start& start : slow_starts) {
    Values fs, lams, all, curve;
    Lengths s = start.at(0.005);
    for (int t = 0; t <= 5000; ++t, s = next(s, 0.005)) {
      fs.push_back(s.phi() / 0.005);
      lams.push_back(s.kappa() / 0.005);
    }
    const double constant = start.lam * start.lam - 4 * start.f * start.f;
    for (double f = -2; f <= std::max(1.0, start.f); f += 0.02) {
      all.push_back(f);
      curve.push_back(std::sqrt(constant + 4 * f * f));
    }
    char label[40];
    std::snprintf(label, sizeof label, "f_0 = %g", start.f);
    figure.line(fs, lams, label).dashed(all, curve);
    figure.points({fs.front()}, {lams.front()});
  }
  figure.dashed({1, 1}, {0, 5}, "f = y").draw(out);
}

// --- 2. Large steps: the cycles of a cubic map ---

void cycles_of(const Table& cycles, Report& report) {
  std::printf(
      "Long runs: 100,000 steps after 20,000; eta lambda of the Hessian\n"
      "lam_0   psi period  kappa from     to   mean  eta lambda  lyapunov"
      "  log PM\n");
  double off = 0, below_one = 0, minus = 0, dying = -1e9;
  for (std::size_t row = 0; row < cycles.size(); ++row) {
    const auto of = [&](const char* column) {
      return cycles.number(row, column);
    };
    const double psi = of("psi");
    const std::int64_t period = cycles.integer(row, "period");
    std::printf("%5.2f %5.2f %6lld %11.3f %6.3f %6.3f %11.4f %9.3f %7.3f\n",
                of("lam0"), psi, static_cast<long long>(period), of("lowest"),
                of("highest"), of("mean_kappa"), of("mean_lambda"),
                of("lyapunov"), of("imbalance"));
    if (psi < 1) {
      below_one = std::max(below_one, of("highest"));
      continue;
    }
    minus = std::max(minus, of("minus"));
    dying = std::max(dying, of("imbalance"));
    if (period != 2 || psi > 1.3) continue;
    const double root = std::sqrt((psi - 1) * (psi + 3));
    for (double error :
         {of("lowest") - (psi + 1 - root), of("highest") - (psi + 1 + root),
          of("mean_kappa") - (psi + 1), of("mean_lambda") - (psi + 3) / 2})
      off = std::max(off, std::abs(error));
  }
  std::printf("\n");
  report.claim("rest", "ψ < 1: the largest last κ", below_one, below(2));
  report.claim("two_cycle", "cycles of period 2 against their formulas", off,
               below(1e-9));
  report.claim("imbalance", "ψ > 1: largest last M", minus, below(1e-100));
  report.claim("imbalance_rate",
               "ψ > 1: mean log (1 − δ²)², the largest of all runs", dying,
               below(0));
  const Table parallel_runs = cycles.where("lam0", parallel.lam);
  const auto lyapunov = [&](double psi) {
    return parallel_runs.where("psi", psi).number(0, "lyapunov");
  };
  report.claim("order", "ψ = 1.29: mean log of a small change's factor",
               lyapunov(1.29), below(0));
  report.claim("chaos", "ψ = 1.35: the same", lyapunov(1.35), above(0.2));
  report.number("near_two", lyapunov(1.99), 0.01);
  report.claim("second_pair", "period at ψ = 1.83, above 2√2 − 1",
               parallel_runs.where("psi", 1.83).number(0, "period"),
               equals(2));
}

void doublings_of(const Table& doublings, Report& report) {
  const Values psi = doublings.numbers("psi");
  std::printf("The period doubles\nfrom  to     at psi\n");
  for (std::size_t i = 0; i < psi.size(); ++i) {
    const auto length = static_cast<int>(doublings.integer(i, "period"));
    std::printf("%4d %3d %10.5f\n", length, 2 * length, psi[i]);
  }
  std::printf("\n");
  report.claim("period_2", "period 2 from ψ = 1", psi[0], equals(1, 1e-4));
  report.claim("period_4", "period 4 from ψ = √5 − 1", psi[1],
               equals(std::sqrt(5) - 1, 1e-4));
  const double ratio = (psi[3] - psi[2]) / (psi[4] - psi[3]);
  report.claim("feigenbaum",
               "ratio of the last two intervals; 4.669 for ever", ratio,
               equals(4.669, 0.05));
  report.number("chaos_from", psi[4] + (psi[4] - psi[3]) / 3.669, 1e-4);
}

void draw_diagram(const Table& orbits, Report& report) {
  const Table unequal_runs = orbits.where("lam0", unequal.lam),
              parallel_runs = orbits.where("lam0", parallel.lam);
  const double last = statistics(unequal_runs.numbers("psi")).largest;
  // From f_0 = 0 training stays finite while kappa_0 + psi^2 < 4 (chapter 13).
  report.claim("escape", "λ_0 = 1.5, f_0 = 0: the last ψ that stays finite",
               last, equals((std::sqrt(1.5 * 1.5 + 16) - 1.5) / 2, 0.005));
  Panels panels("diagram");
  panels
      .title("Below ψ = 1 the kernel remembers its start, above 1 it forgets")
      .subtitle("uv model: 24 kernels after 20,000 steps, for 301 rates")
      .x_axis("ψ = η y / √N")
      .y_axis("κ = η λ")
      .x_range(0.5, 2)
      .y_range(0, 8)
      .columns(2);
  const auto draw = [&](const char* title, const Table& runs) {
    panels.panel(title)
        .points(runs.numbers("psi"), runs.numbers("kappa"), "κ")
        .dashed({0.5, 2}, {2, 2}, "2")
        .dashed({0.5, 2}, {1, 4}, "2 ψ");
  };
  draw("λ_0 = 1.5 y / √N, f_0 = 0\nbeyond ψ = 1.386 it diverges",
       unequal_runs);
  draw("layers nearly parallel\nλ_0 = 1.01 y / √N, f_0 = y / 2",
       parallel_runs);
  panels.draw(report.out);
}

// --- 3. On a cycle the curvature along the step is 2 / eta ---

void along_cycles(const Table& engine, Report& report) {
  double off = 0;
  for (double psi : {1.05, 1.2})
    off = std::max(
        off,
        std::abs(engine.where("psi", psi).numbers("eta_along").back() - 2));
  report.claim("along_2", "period 2: η times the curvature along a step, − 2",
               off, below(1e-9));
}

void the_model(Report& report) {
  const Table engine = report.table("engine");
  engine_against_map(engine, report);
  small_steps(engine, report);
  draw_paths(report.out);
  cycles_of(report.table("cycles"), report);
  doublings_of(report.table("doublings"), report);
  draw_diagram(report.table("orbits"), report);
  along_cycles(engine, report);
}

// The model draws nothing: of another seed the networks may stand alone.
void body(Report& report) {
  if (report.seed() == 0 || report.has("engine")) the_model(report);
  report_toy(report.table("toy"), report);
  const Table images_table = report.table("images");
  report_regimes(images_table, report.table("output"), report);
  report_beyond(images_table, report);
}

int main(int argc, char** argv) {
  return run_report(argc, argv, "ch16_edge_of_stability", body);
}
