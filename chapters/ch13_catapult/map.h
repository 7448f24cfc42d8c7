#pragma once

#include <cmath>
#include <vector>

/// Chapter 13. The training of the uv model as a map of the plane.
namespace gradus {

// [map]
// The uv model in units of its learning rate, N = n^p: the output is
// phi = eta f / sqrt(N), the kernel kappa = eta lam, the label
// psi = eta y / sqrt(N). One step of gradient descent:
struct State {
  double phi, kappa;
};

inline State next(State s, double psi = 0) {
  const double delta = s.phi - psi;
  return {psi + delta * (1 - s.kappa + s.phi * delta),
          s.kappa + delta * (delta * s.kappa - 4 * s.phi)};
}
// [map]

using Orbit = std::vector<State>;

inline Orbit orbit(State s, double psi, int steps) {
  Orbit states = {s};
  for (int t = 0; t < steps; ++t) states.push_back(next(states.back(), psi));
  return states;
}

inline bool finite(State s) { return std::abs(s.phi) < 1e6; }

}  // namespace gradus
