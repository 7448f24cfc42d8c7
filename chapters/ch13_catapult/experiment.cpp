// Chapter 13. The catapult: why does the loss rise, then fall?
//
// The uv model trained by the engine, to be held against the map of map.h; that
// map on both sides of its two borders, with a label, at many widths. Then the
// same kick in a ReLU network on images. The uv model is trained in f64 whatever
// --dtype says: what is checked is its agreement with the map.
//
// engine.csv: states of the uv model, trained by the engine from (phi_0, c), and
//   how far they lie from those of the map.
// catapult.csv: the same through four catapults, with the Hessian's eigenvalue.
// starts.csv: what becomes of 499 starts at each c on the map, without a label.
// rises.csv: the smallest c at which the first step raises the loss; `later`
//   counts the losses of later steps above the first, just below it.
// kicks.csv: the largest error on the way, its step, and the kernel at the end.
// borders.csv: with a label, the largest c that stays finite, and that rests.
// images.csv: the ReLU network, step by step.

#include "chapters/ch13_catapult/experiment.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "chapters/ch13_catapult/map.h"
#include "chapters/ch13_catapult/train_uv.h"
#include "chapters/support/csv.h"
#include "chapters/support/options.h"
#include "chapters/support/sweep.h"
#include "data/load.h"
#include "nn/instruments/sharpness.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "nn/vectors.h"

using namespace gradus;

using Params = std::vector<Tensor>;
using Values = std::vector<double>;

// --- 1. The uv model by the engine ---

// How far two states lie apart, in units of the second's size.
double distance(State a, State b) {
  return std::max(std::abs(a.phi - b.phi), std::abs(a.kappa - b.kappa)) /
         b.kappa;
}

// [engine]
// The engine and the map from the same starts. They round differently.
Csv engine() {
  Csv csv({"part", "width", "p", "psi", "phi_0", "c", "step", "phi", "kappa",
           "apart"});
  const auto add = [&](const char* part, const UvConfig& config, State start,
                       double psi, int steps) {
    const Orbit states = train_uv(config, start, psi, steps);
    const Orbit map = orbit(start, psi, steps);
    for (std::size_t t = 0; t < states.size(); ++t)
      csv.row({part, config.width, config.p, psi, start.phi, start.kappa, t,
               states[t].phi, states[t].kappa, distance(states[t], map[t])});
  };
  for (std::int64_t n : {16, 101, 1000})
    for (double p : {0.0, 0.5, 1.0})
      for (double c : {1.0, 1.9, 2.5, 3.0, 3.5, 3.9})
        for (double psi : {0.0, 0.3})
          add("agreement", {.width = n, .p = p}, {0.1, c}, psi, 10);
  for (double c : {3.0, 4.0})
    for (double phi : {0.31, 0.43, 0.57, 0.71, 0.83, 0.97, 1.13, 1.37})
      add("rounding", {.width = 100}, {phi, c}, 0, 36);
  return csv;
}
// [engine]

Csv catapults() {
  Csv csv({"c", "step", "phi", "eta_lam", "eta_lambda_max"});
  for (double c : {1.5, 2.5, 3.5, 4.05}) {
    Values top;
    const Orbit states =
        train_uv({.width = 100}, {small_start, c}, 0, 12, &top);
    for (std::size_t t = 0; t < states.size(); ++t)
      csv.row({c, t, states[t].phi, states[t].kappa, top[t]});
  }
  return csv;
}

// --- 2. The map without a label: what happens at each c ---

// q = f0^2 / (N lam0^2), from 0 to 1/4, where u and v are parallel.
Values many_q() {
  Values qs;
  for (int i = 1; i < 500; ++i) qs.push_back(0.25 * i / 500);
  return qs;
}

Csv starts() {
  Csv csv(
      {"c", "q", "largest_phi", "sum_phi2", "rose", "fell", "phi", "kappa"});
  for (double c : {0.5, 1.5, 2.5, 3.5, 3.99, 4.01})
    for (double q : many_q()) {
      State s{c * std::sqrt(q), c};
      double largest = 0, sum = 0;
      int rose = 0, fell = 0;  // steps on which kappa did
      for (int t = 0; t < 1000 && finite(s); ++t) {
        const State after = next(s);
        largest = std::max(largest, std::abs(s.phi));
        sum += s.phi * s.phi;
        rose += after.kappa > s.kappa;
        fell += after.kappa < s.kappa;
        s = after;
      }
      csv.row({c, q, largest, sum, rose, fell, s.phi, s.kappa});
    }
  return csv;
}

// The smallest c below 4 at which the first step raises the loss; 4 if none does.
double first_rise(double q) {
  double low = 1, high = 4;
  while (high - low > 1e-13) {
    const double c = (low + high) / 2;
    const State s{c * std::sqrt(q), c};
    (std::abs(next(s).phi) > s.phi ? high : low) = c;
  }
  return high;
}

Csv rises() {
  Csv csv({"q", "c", "later"});
  Values qs = many_q();
  qs.push_back(1.0 / 64);  // n = 16, f0 = 1, lam0 = 2
  for (double q : qs) {
    const double c = first_rise(q);
    const State start{0.999 * c * std::sqrt(q), 0.999 * c};
    int later = 0;
    for (const State& s : orbit(start, 0, 300))
      later += std::abs(s.phi) > start.phi;
    csv.row({q, c, later});
  }
  return csv;
}

// --- 3. With a label, from f0 = 0: psi = c rho, rho = y / (sqrt(N) lam0) ---

Csv kicks() {
  Csv csv({"c", "phi_0", "rho", "largest", "step", "last_kappa"});
  const auto add = [&](double c, double phi, double rho, int steps) {
    const double psi = c * rho;
    const Orbit path = orbit({phi, c}, psi, steps);
    const auto top =
        std::max_element(path.begin(), path.end(), [&](State a, State b) {
          return std::abs(a.phi - psi) < std::abs(b.phi - psi);
        });
    csv.row({c, phi, rho, std::abs(top->phi - psi), top - path.begin(),
             path.back().kappa});
  };
  for (double c : {2.05, 2.1, 2.2, 2.5, 3.0, 3.5, 3.9}) add(c, 1e-3, 0, 2000);
  for (double n : {1.0, 16.0, 256.0, 4096.0, 65536.0, 1048576.0})
    add(2.5, 0, 0.25 / std::sqrt(n), 3000);  // y = 1/2, lam0 = 2
  return csv;
}

// [label]
// The largest c at which training stays finite, or even comes to rest.
double largest_c(double rho, bool at_rest) {
  double low = 0.1, high = 5;
  while (high - low > 1e-7) {
    const double c = (low + high) / 2, psi = c * rho;
    State s{0, c};
    for (int t = 0; t < 3000 && finite(s); ++t) s = next(s, psi);
    const bool good = at_rest ? std::abs(s.phi - psi) < 1e-6 : finite(s);
    (good ? low : high) = c;
  }
  return low;
}
// [label]

Csv borders() {
  Csv csv({"rho", "finite", "rests"});
  for (double rho = 0.02; rho < 1.01; rho += 0.07)
    csv.row({rho, largest_c(rho, false), largest_c(rho, true)});
  return csv;
}

// --- 4. A ReLU network on images ---

// [images]
void train_images(const Options& options, double c, std::uint64_t seed,
                  SweepRows& rows) {
  const Examples images =
      examples_of(first(embedded_fashion_mnist().train, 128), Layout::flat,
                  options.dtype, options.device);
  const Model net = fcn({.width = 256, .depth = 3});
  Params w = init(net, seed, options.dtype, options.device);
  Params top_kernel, top_hessian;  // a search starts from the last vector
  // The largest eigenvalue of the Hessian. The residual, through which f's
  // own curvature enters, vanishes where the target is f itself: that
  // leaves J^T J, which has the eigenvalues of the tangent kernel.
  const auto largest = [&](const Tensor& target, Params& top) {
    Hvp H(mse_half_mean(net(w, images.x), target), w);
    const Sharpness found =
        sharpness(std::ref(H), w, {.tolerance = 1e-2, .start = top});
    top = found.eigenvector;
    return found.lambda_max;
  };
  double lr = 0;
  for (int t = 0; t <= image_steps; ++t) {
    const Tensor L = mse_half_mean(net(w, images.x), images.y);
    if (!(L.item() <= 1e5)) break;  // diverged; `> 1e5` would miss a NaN
    const double kernel =
        largest(stop_gradient(net(w, images.x)), top_kernel);
    const double hessian = largest(images.y, top_hessian);
    if (t == 0) lr = c / hessian;
    rows.add({t, L.item(), lr * kernel, lr * hessian, norm(w)});
    Sgd(net, {.lr = lr}).step(w, grad(L, w));
  }
}
// [images]

void experiment(const Options& options) {
  Sweep sweep(options, "images", {"log2_c", "seed"},
              {"step", "loss", "eta_kernel", "eta_hessian", "norm"});
  for (double log_c : {0.0, 1.5, 2.0, 2.5, 3.0, 3.25, 3.5})
    for (int k = 0; k < (options.full ? 8 : 4); ++k)
      sweep.cell({log_c, k}, [=, &options](SweepRows& rows) {
        train_images(options, std::exp2(log_c), options.network_seed(k),
                     rows);
      });
  sweep.run();

  engine().save(options.out / "engine.csv");
  catapults().save(options.out / "catapult.csv");
  starts().save(options.out / "starts.csv");
  rises().save(options.out / "rises.csv");
  kicks().save(options.out / "kicks.csv");
  borders().save(options.out / "borders.csv");
}

int main(int argc, char** argv) {
  const ChapterInfo info{
      .name = "ch13_catapult",
      .question = "The catapult: why does the loss rise, then fall?",
      .quick_time = "10 s",
      .full_time = "40 s",
      .sweeps = true};
  return run_experiment(argc, argv, info, experiment);
}
