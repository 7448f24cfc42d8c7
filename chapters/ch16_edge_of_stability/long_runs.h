#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "chapters/ch16_edge_of_stability/map.h"

/// Chapter 16. What the map does in the long run.
namespace gradus {

/// The uv model before training, in units of y / sqrt(N): psi is all that a
/// learning rate changes then.
struct Start {
  double f, lam;

  Lengths at(double psi) const { return lengths(psi * f, psi * lam); }
};
constexpr Start unequal{0, 1.5}, parallel{0.5, 1.01};
constexpr Start slow_starts[] = {
    {-1.5, 3.02}, {0, 0.8}, {0.5, 1.4}, {2, 4.2}};

/// A step; an M too small to matter becomes 0, since such numbers are slow.
inline Lengths next_of_many(Lengths s, double psi) {
  s = next(s, psi);
  if (s.minus < 1e-200) s.minus = 0;
  return s;
}

inline Lengths after(int steps, Lengths s, double psi) {
  for (int t = 0; t < steps; ++t) s = next_of_many(s, psi);
  return s;
}

/// The smallest period up to 64 of the kernel; 0 where there is none.
inline int period(Lengths s, double psi) {
  std::vector<double> kappas;
  for (int t = 0; t < 256; ++t, s = next_of_many(s, psi))
    kappas.push_back(s.kappa());
  for (std::size_t length = 1; length <= 64; ++length) {
    double apart = 0;
    for (std::size_t t = 0; t + length < kappas.size(); ++t)
      apart = std::max(apart, std::abs(kappas[t + length] - kappas[t]));
    if (apart < 1e-9) return static_cast<int>(length);
  }
  return 0;
}

/// The psi from which the kernel of parallel layers has a longer period.
inline double longer_from(int length) {
  double low = 0.9, high = 1.303;
  while (high - low > 1e-8) {
    const double psi = (low + high) / 2;
    const int found = period(after(500000, {psi / 2, 0}, psi), psi);
    (found > 0 && found <= length ? low : high) = psi;
  }
  return low;
}

/// Extremes and means over so many steps. `lyapunov`
/// is the mean logarithm of |dP'/dP| at M = 0, `imbalance` that of P'M' / PM.
struct LongRun {
  double lowest, highest, kappa = 0, lambda = 0, lyapunov = 0, imbalance = 0;
  double minus = 0;  // the last M
};

inline LongRun long_run(Lengths s, double psi, int steps) {
  LongRun run{.lowest = s.kappa(), .highest = s.kappa()};
  for (int t = 0; t < steps; ++t, s = next_of_many(s, psi)) {
    const double delta = s.phi() - psi, g = 1 - delta;
    run.lowest = std::min(run.lowest, s.kappa());
    run.highest = std::max(run.highest, s.kappa());
    run.kappa += s.kappa() / steps;
    run.lambda += eta_lambda(s, psi) / steps;
    run.lyapunov += std::log(std::abs(g * (g - 2 * s.plus))) / steps;
    run.imbalance += 2 * std::log(std::abs(1 - delta * delta)) / steps;
  }
  run.minus = s.minus;
  return run;
}

}  // namespace gradus
