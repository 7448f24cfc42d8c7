#pragma once

#include <cmath>

/// Chapter 16. The uv model by its two lengths (chapter 13).
namespace gradus {

// [map]
// P = eta |u + v|^2 / 4N, M = eta |u - v|^2 / 4N, psi = eta y / sqrt(N).
struct Lengths {
  double plus, minus;

  double phi() const { return plus - minus; }
  double kappa() const { return 2 * (plus + minus); }
};

// One step of gradient descent.
inline Lengths next(Lengths s, double psi) {
  const double delta = s.phi() - psi;
  return {s.plus * (1 - delta) * (1 - delta),
          s.minus * (1 + delta) * (1 + delta)};
}
// [map]

// From an output and a kernel, |phi| <= kappa / 2.
inline Lengths lengths(double phi, double kappa) {
  return {(kappa / 2 + phi) / 2, (kappa / 2 - phi) / 2};
}

// eta times the largest eigenvalue of the loss's Hessian (chapter 13).
inline double eta_lambda(Lengths s, double psi) {
  const double half = s.kappa() / 2, delta = s.phi() - psi;
  return half + std::sqrt(half * half + delta * (delta + 2 * s.phi()));
}

}  // namespace gradus
