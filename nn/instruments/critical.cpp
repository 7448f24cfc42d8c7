#include "nn/instruments/critical.h"

#include <algorithm>
#include <limits>

#include "autodiff/check.h"

namespace gradus {
namespace {

using Runs = std::vector<Trajectory>;

// Whether an entry is above the bound. `a > b` would be false for NaN.
bool ever_above(const std::vector<double>& values, double bound) {
  return std::any_of(values.begin(), values.end(), [=](double v) { return !(v <= bound); });
}

// The first run for which `holds`, among those before `end`.
template <class Holds>
std::optional<CriticalConstant> first_c(const Runs& runs, std::size_t end, const Holds& holds) {
  for (std::size_t i = 0; i < end; ++i)
    if (holds(runs[i])) return CriticalConstant{runs[i].c, i > 0 ? runs[i - 1].c : 0.0, runs[i].c};
  return {};
}

void check_table(const Runs& runs) {
  for (std::size_t i = 0; i < runs.size(); ++i) {
    check(!runs[i].loss.empty(), "[critical_constants] the run at c = ", runs[i].c,
          " has no losses");
    check(i == 0 || runs[i - 1].c < runs[i].c,
          "[critical_constants] runs must come in increasing order of c, but c = ", runs[i].c,
          " follows ", runs[i - 1].c);
  }
}

}  // namespace

bool diverged(const Trajectory& run, double limit) { return ever_above(run.loss, limit); }

CriticalConstants critical_constants(const Runs& runs, const CriticalOptions& options) {
  check_table(runs);
  // Larger learning rates may converge again: only the first that diverges counts.
  std::size_t end = 0;
  while (end < runs.size() && !diverged(runs[end], options.divergence)) ++end;

  CriticalConstants result;
  result.c_loss = first_c(runs, runs.size(),
                          [](const Trajectory& run) { return ever_above(run.loss, run.loss[0]); });
  result.c_sharp = first_c(runs, runs.size(), [&](const Trajectory& run) {
    return !run.sharpness.empty() &&
           ever_above(run.sharpness, (1 + options.sharpness_margin) * run.sharpness[0]);
  });
  if (end > 0) {
    const double above = end < runs.size() ? runs[end].c : std::numeric_limits<double>::infinity();
    result.c_max = CriticalConstant{runs[end - 1].c, runs[end - 1].c, above};
  }
  const auto measured = [](const Trajectory& run) { return run.barrier.has_value(); };
  if (end > 0 &&
      std::all_of(runs.begin(), runs.begin() + static_cast<std::ptrdiff_t>(end), measured)) {
    result.c_barrier =
        first_c(runs, end, [](const Trajectory& run) { return !(*run.barrier <= 0); });
    if (!result.c_barrier) result.c_barrier = result.c_max;
  }
  return result;
}

}  // namespace gradus
