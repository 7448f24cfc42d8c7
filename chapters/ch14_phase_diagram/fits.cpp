// Chapter 14, the report: the fits of the boundaries against 1 / n or D / n.

#include <cmath>
#include <cstdio>
#include <map>
#include <string>

#include "chapters/ch14_phase_diagram/report.h"
#include "nn/instruments/statistics.h"

namespace gradus {

Values abscissas(const Networks& networks) {
  Values s;
  for (double d : networks.depths)
    for (double w : networks.widths)
      s.push_back((networks.depths.size() > 1 ? d : 1) / w);
  return s;
}

std::vector<BoundaryFit> fit_boundaries(const Networks& networks,
                                        const Table& table) {
  std::vector<BoundaryFit> fits;
  for (const char* constant : constants) {
    Values means, all;
    for (double d : networks.depths)
      for (double w : networks.widths) {
        const Values c = over_seeds(table, w, d, constant);
        all.insert(all.end(), c.begin(), c.end());
        means.push_back(statistics(c).mean);
      }
    BoundaryFit& boundary = fits.emplace_back(BoundaryFit{constant, all, {}});
    if (constant != std::string("c_barrier"))
      boundary.fit = fit_line(abscissas(networks), means);
  }
  return fits;
}

void print_fits(const Networks& networks,
                const std::vector<BoundaryFit>& fits, Report& report) {
  std::printf("Fits c = a + b%s / n\n           a              b\n",
              networks.depths.size() > 1 ? " D" : "");
  for (const BoundaryFit& boundary : fits) {
    if (!boundary.fit) continue;
    const LineFit& fit = *boundary.fit;
    std::printf("%-10s %5.2f +- %.2f  %7.1f +- %.1f\n", boundary.constant,
                fit.intercept, fit.intercept_error, fit.slope,
                fit.slope_error);
    const std::string name = boundary.constant;
    report.number("a_" + name, fit.intercept, 0.5);
    report.number("a_error_" + name, fit.intercept_error, 0.5);
    report.number("b_" + name, fit.slope, 60);
  }
  std::printf("\n");
}

// With four points a line has two degrees of freedom, and 95% of its errors lie
// within 4.3 standard errors; with more points within fewer.
void claim_fits(const std::vector<BoundaryFit>& fits, bool falls,
                Report& report) {
  constexpr double students_t = 4.3;
  const LineFit& loss = *fits[0].fit;
  report.claim("a_is_2", "a of c_loss, standard errors from 2",
               std::fabs(loss.intercept - 2) / loss.intercept_error,
               below(students_t));
  if (!falls) return;
  report.claim("b_positive", "b of c_loss, standard errors from 0",
               loss.slope / loss.slope_error, above(students_t));
}

// The line through the two widest means alone. The errors are those of the
// seeds, so it takes enough of them to know these.
void print_widest(const Networks& networks, const Table& table,
                  Report& report) {
  const std::size_t last = networks.widths.size() - 1;
  const auto seeds = [&](std::size_t i) {
    return statistics(
        over_seeds(table, networks.widths[i], networks.depths[0], "c_loss"));
  };
  const auto error = [&](std::size_t i) {
    return seeds(i).deviation / std::sqrt(networks.seeds);
  };
  const double n = networks.widths[last - 1], N = networks.widths[last],
               a = (N * seeds(last).mean - n * seeds(last - 1).mean) /
                   (N - n),
               a_error =
                   std::hypot(N * error(last), n * error(last - 1)) / (N - n);
  std::printf(
      "c_loss, the line through n = %.0f and %.0f alone: "
      "a = %.2f +- %.2f\n   n  measured       that line\n",
      n, N, a, a_error);
  for (std::size_t i = last - 1; i-- > 0;) {
    const double width = networks.widths[i],
                 line = a + (seeds(last).mean - a) * N / width;
    std::printf("%4.0f  %5.2f +- %.2f  %9.2f\n", width, seeds(i).mean,
                error(i), line);
  }
  std::printf("\n");
  report.number("a_widest", a, 0.3);
  report.number("a_widest_error", a_error, 0.1);
  report.claim("a_widest_is_2",
               "a of c_loss by the two widest, standard errors from 2",
               std::fabs(a - 2) / a_error, below(3));
}

// With several depths: whether the boundary of the loss varies less between
// networks of one D / n than between those of one n. Means of the ranges.
void claim_collapse(const Networks& networks, const Table& table,
                    Report& report) {
  const auto mean_range = [&](bool of_ratio) {
    std::map<double, Values> groups;
    for (double d : networks.depths)
      for (double w : networks.widths)
        groups[of_ratio ? d / w : w].push_back(
            median(over_seeds(table, w, d, "c_loss", "at")));
    Values ranges;
    for (const auto& [key, x] : groups)
      if (x.size() > 1)
        ranges.push_back(statistics(x).largest - statistics(x).smallest);
    return statistics(ranges).mean;
  };
  const double ratio = mean_range(true), width = mean_range(false);
  report.number("range_at_ratio", ratio, 0.3);
  report.number("range_at_width", width, 0.3);
  report.claim("collapse",
               "range of log2 c_loss at equal D / n over that at equal n",
               ratio / width, below(1));
}

}  // namespace gradus
