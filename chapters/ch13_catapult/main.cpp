// Chapter 13. The catapult: why does the loss rise, then fall?
//
// The training of the uv model as a map of the plane: against the engine, on both sides of its two
// borders, with a label, at many widths. Then the same kick in a ReLU network on images. The uv
// model is trained in f64 whatever --dtype says: what is checked is its agreement with the map.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "chapters/support/claims.h"
#include "chapters/support/options.h"
#include "chapters/support/panels.h"
#include "chapters/support/results.h"
#include "chapters/support/sweep.h"
#include "data/load.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "nn/instruments/sharpness.h"
#include "nn/instruments/statistics.h"
#include "nn/vectors.h"

using namespace gradus;

using Params = std::vector<Tensor>;
using Values = std::vector<double>;

// --- 1. Training as a map of the plane ---

// [map]
// The uv model in units of its learning rate, N = n^p: the output is
// phi = eta f / sqrt(N), the kernel kappa = eta lam, the label
// psi = eta y / sqrt(N). One step of gradient descent:
struct State {
  double phi, kappa;
};

State next(State s, double psi = 0) {
  const double delta = s.phi - psi;
  return {psi + delta * (1 - s.kappa + s.phi * delta),
          s.kappa + delta * (delta * s.kappa - 4 * s.phi)};
}
// [map]

using Orbit = std::vector<State>;

Orbit orbit(State s, double psi, int steps) {
  Orbit states = {s};
  for (int t = 0; t < steps; ++t) states.push_back(next(states.back(), psi));
  return states;
}

bool finite(State s) { return std::abs(s.phi) < 1e6; }

// [uv]
// The same by the engine, from u and v themselves. `curvature` takes the
// largest eigenvalue of the Hessian at each step, in units of 1 / eta.
Orbit train_uv(const UvConfig& config, State start, double psi, int steps,
               Values* curvature = nullptr) {
  const double lam = 2, lr = start.kappa / lam;
  const double root = std::pow(double(config.width), config.p / 2);
  const Model net = uv(config);
  const Tensor x = ones({1, 1}, DType::f64);
  const Tensor y = full({1, 1}, psi * root / lr, DType::f64);
  Params w = uv_params(config, start.phi * root / lr, lam);
  Sgd sgd(net, {.lr = lr});
  Orbit states;
  for (int t = 0; t <= steps; ++t) {
    const Tensor f = net(w, x), L = mse_half_mean(f, y);
    states.push_back({lr * f.item() / root,
                      lr * inner_product(w, w) / (root * root)});
    if (curvature != nullptr) {
      Hvp H(L, w);
      const Sharpness top = sharpness(std::ref(H), w, {.tolerance = 1e-11});
      curvature->push_back(lr * top.lambda_max);
    }
    sgd.step(w, grad(L, w));
  }
  return states;
}
// [uv]

// How far two states lie apart, in units of the second's size.
double distance(State a, State b) {
  return std::max(std::abs(a.phi - b.phi), std::abs(a.kappa - b.kappa)) / b.kappa;
}

void engine_against_map(Claims& claims) {
  double worst = 0;
  for (const std::int64_t n : {16, 101, 1000})
    for (const double p : {0.0, 0.5, 1.0})
      for (const double c : {1.0, 1.9, 2.5, 3.0, 3.5, 3.9})
        for (const double psi : {0.0, 0.3}) {
          const Orbit engine = train_uv({.width = n, .p = p}, {0.1, c}, psi, 10);
          const Orbit map = orbit({0.1, c}, psi, 10);
          for (std::size_t t = 0; t <= 10; ++t)
            worst = std::max(worst, distance(engine[t], map[t]));
        }
  claims.add("engine", "u and v trained against the map: 10 steps, relative", worst, below(1e-9));

  // [rounding]
  // How far rounding drives the two apart: the median of eight starts.
  const auto apart = [](double c) {
    std::vector<Values> distances(37);
    for (double phi : {0.31, 0.43, 0.57, 0.71, 0.83, 0.97, 1.13, 1.37}) {
      const Orbit engine = train_uv({.width = 100}, {phi, c}, 0, 36);
      const Orbit map = orbit({phi, c}, 0, 36);
      for (std::size_t t = 0; t < distances.size(); ++t)
        distances[t].push_back(distance(engine[t], map[t]));
    }
    Values medians;
    for (const Values& at_step : distances) medians.push_back(median(at_step));
    return medians;
  };
  // [rounding]
  const Values at_3 = apart(3), at_4 = apart(4);
  std::printf("Rounding: engine and map apart\nstep      c = 3     c = 4\n");
  for (std::size_t t = 0; t <= 36; t += 6)
    std::printf("%4zu    %.1e   %.1e\n", t, at_3[t], at_4[t]);
  std::printf("\n");
  const double rate = std::log(at_4[25] / at_4[5]) / 20;
  claims.add("separation", "c = 4: log growth of the distance per step, ln 3", rate,
             equals(std::log(3.0), 0.15));
  claims.add("no_separation", "c = 3: distance after 36 steps", at_3[36], below(1e-13));
}

// --- 2. Without a label: what happens at each c ---

void below_and_above_four(Claims& claims, Summary& summary) {
  Values qs;  // f0^2 / (N lam0^2), from 0 to 1/4, where u and v are parallel
  for (int i = 1; i < 500; ++i) qs.push_back(0.25 * i / 500);
  double largest_f = 0, largest_sum = 0, wrong_way = 0, ended = 0, diverged = 0;
  for (const double c : {0.5, 1.5, 2.5, 3.5, 3.99, 4.01})
    for (const double q : qs) {
      State s{c * std::sqrt(q), c};
      double sum = 0;
      for (int t = 0; t < 1000 && finite(s); ++t) {
        const State after = next(s);
        if (c < 4) largest_f = std::max(largest_f, std::abs(s.phi) / (c / 2));
        wrong_way += c < 4 ? after.kappa > s.kappa : after.kappa < s.kappa;
        sum += s.phi * s.phi;
        s = after;
      }
      if (c < 4) largest_sum = std::max(largest_sum, sum * (4 - c) / c);
      ended += c == 3.99 && std::abs(s.phi) < 1e-3 && s.kappa < 2;
      diverged += c == 4.01 && !finite(s);
    }
  claims.add("bound", "c < 4: largest |f| over √N λ_0 / 2", largest_f, below(1));
  claims.add("sum_bound", "c < 4: sum of φ^2 over c / (4 - c)", largest_sum, below(1));
  claims.add("one_sided", "steps on which λ rose (c < 4) or fell (c > 4)", wrong_way, equals(0));
  claims.add("below_4", "c = 3.99: of 499 starts, those that come to rest", ended, equals(499));
  claims.add("above_4", "c = 4.01: of 499 starts, those that diverge", diverged, equals(499));

  // The smallest c below 4 at which the first step raises the loss.
  const auto first_rise = [](double q) {
    double low = 1, high = 4;
    while (high - low > 1e-13) {
      const double c = (low + high) / 2;
      const State s{c * std::sqrt(q), c};
      (std::abs(next(s).phi) > s.phi ? high : low) = c;
    }
    return high;
  };
  double error = 0, later = 0, rises = 0;
  for (const double q : qs) {
    const double predicted = (1 - std::sqrt(1 - 8 * q)) / (2 * q);  // NaN beyond q = 1/8
    if (q < 0.125) {
      error = std::max(error, std::abs(first_rise(q) - predicted));
      const State start{0.999 * predicted * std::sqrt(q), 0.999 * predicted};
      for (const State& s : orbit(start, 0, 300)) later += std::abs(s.phi) > start.phi;
    } else {
      rises += first_rise(q) < 4 - 1e-9;
    }
  }
  claims.add("c_loss", "c_loss of one step against its formula, q < 1/8", error, below(1e-6));
  claims.add("c_loss_later", "q < 1/8, just below: later losses above the first", later, equals(0));
  claims.add("no_rise", "q > 1/8: starts whose first step raises the loss, c < 4", rises,
             equals(0));

  std::printf("Catapults from phi = 0.001\n");
  std::printf("   c   largest phi^2   (c-2)^2/2   at step   last kappa   4 - c\n");
  for (const double c : {2.05, 2.1, 2.2, 2.5, 3.0, 3.5, 3.9}) {
    const Orbit path = orbit({0.001, c}, 0, 2000);
    const auto top = std::max_element(path.begin(), path.end(), [](State a, State b) {
      return std::abs(a.phi) < std::abs(b.phi);
    });
    std::printf("%4.2f %13.4f %13.4f %8d %12.3f %8.2f\n", c, top->phi * top->phi,
                (c - 2) * (c - 2) / 2, int(top - path.begin()), path.back().kappa, 4 - c);
    if (c == 2.1)
      claims.add("mirror", "c = 2.1: how far κ ends below 2, over how far it began above",
                 (2 - path.back().kappa) / 0.1, equals(1, 0.1));
  }
  std::printf("\n");
  summary.number("c_loss_16", first_rise(1.0 / 64), 1e-6);
}

Values numbers_to(int last) {
  Values numbers;
  for (int t = 0; t <= last; ++t) numbers.push_back(t);
  return numbers;
}

std::string name_of(double c) {
  char text[32];
  std::snprintf(text, sizeof text, "c = %.3g", c);
  return text;
}

void through_a_catapult(const Options& options, Claims& claims, Summary& summary) {
  const int steps = 12;
  Panels panels("catapult");
  panels.title("Above c = 2 the loss rises until the kernel has fallen far enough")
      .subtitle("uv model without a label, n = 100, φ_0 = 0.05, trained by the engine")
      .x_axis("step").columns(3);
  Figure& loss = panels.panel("loss over first loss").y_axis("L / L_0", Scale::log10);
  Figure& kernel = panels.panel("kernel: η λ\nalso weights: η ‖θ‖^2 / n").y_axis("η λ");
  Figure& hessian = panels.panel("Hessian: η λ_{max}\nlargest eigenvalue").y_axis("η λ");
  loss.y_range(1e-4, 1e4);
  kernel.y_range(0, 6);
  hessian.y_range(0, 6);
  Csv csv({"c", "step", "phi", "eta_lam", "eta_lambda_max"});
  double error = 0, largest_ratio = 0;
  for (const double c : {1.5, 2.5, 3.5, 4.05}) {
    Values losses, kernels, curvatures;
    for (const State& s : train_uv({.width = 100}, {0.05, c}, 0, steps, &curvatures)) {
      const double top = curvatures[losses.size()];
      const double predicted = s.kappa / 2 + std::hypot(s.kappa / 2, std::sqrt(3) * s.phi);
      csv.row({c, losses.size(), s.phi, s.kappa, top});
      error = std::max(error, std::abs(top / predicted - 1));
      if (c < 4) largest_ratio = std::max(largest_ratio, top / s.kappa);
      losses.push_back(s.phi * s.phi / (0.05 * 0.05));
      kernels.push_back(s.kappa);
    }
    loss.line(numbers_to(steps), losses, name_of(c));
    kernel.line(numbers_to(steps), kernels, name_of(c));
    hessian.line(numbers_to(steps), curvatures, name_of(c));
    if (c == 3.5)
      claims.add("hessian_rises", "c = 3.5: largest λ_max of the Hessian over its first",
                 *std::max_element(curvatures.begin(), curvatures.end()) / curvatures[0],
                 above(1.1));
  }
  csv.save(options.out / "catapult.csv");
  panels.draw(options.out);
  claims.add("spectrum", "λ_max of the Hessian against its formula, relative", error, below(1e-9));
  summary.number("largest_ratio", largest_ratio, 1e-6);

  Figure plane("plane");
  plane.title("Below κ = 4 every step goes down, above it every step goes up")
      .subtitle("uv model without a label: states of training, φ_0 = 0.05; grey: borders")
      .x_axis("|φ| = η |f| / √N").y_axis("κ = η λ").x_range(0, 2.4).y_range(0, 4.8);
  for (const double c : {4.05, 3.8, 3.0, 2.5, 1.7}) {
    Values phis, kappas;
    for (const State& s : orbit({0.05, c}, 0, 9)) {
      if (s.kappa > 4.8) break;
      phis.push_back(std::abs(s.phi));
      kappas.push_back(s.kappa);
    }
    plane.line(phis, kappas, name_of(c)).points(phis, kappas);
  }
  Values phis, steady, edge;
  for (double phi = 0; phi <= 1.67; phi += 0.01) {
    phis.push_back(phi);
    steady.push_back(2 + phi * phi);
  }
  plane.dashed({0, 2.4}, {4, 4}, "κ = 4").dashed({0, 2.4}, {2, 2}, "κ = 2")
      .dashed(phis, steady, "κ = 2 + φ^2\nloss stays")
      .dashed({0, 2.4}, {0, 4.8}, "κ = 2 |φ|\nu ∥ v")
      .draw(options.out);
}

// --- 3. With a label, from f0 = 0: psi = c rho, rho = y / (sqrt(N) lam0) ---

double c_max(double rho) { return 8 / (1 + std::sqrt(1 + 16 * rho * rho)); }

void labels(const Options& options, Claims& claims, Summary& summary) {
  // [label]
  // The largest c at which training stays finite, or even comes to rest.
  const auto largest_c = [](double rho, bool at_rest) {
    double low = 0.1, high = 5;
    while (high - low > 1e-7) {
      const double c = (low + high) / 2, psi = c * rho;
      State s{0, c};
      for (int t = 0; t < 3000 && finite(s); ++t) s = next(s, psi);
      const bool good = at_rest ? std::abs(s.phi - psi) < 1e-6 : finite(s);
      (good ? low : high) = c;
    }
    return low;
  };
  // [label]
  Values rhos, finite_to, rests_to, fine, limit, minimum, two;
  double error = 0, rest_error = 0;
  for (double rho = 0.02; rho < 1.01; rho += 0.07) {
    rhos.push_back(rho);
    finite_to.push_back(largest_c(rho, false));
    rests_to.push_back(largest_c(rho, true));
    error = std::max(error, std::abs(finite_to.back() - c_max(rho)));
    rest_error =
        std::max(rest_error, std::abs(rests_to.back() - std::min(c_max(rho), 1 / rho)));
  }
  claims.add("c_max_label", "with a label: c_max against its formula", error, below(1e-5));
  claims.add("rest_label", "with a label: largest c that comes to rest against min(c_max, 1/ρ)",
             rest_error, below(0.02));
  for (double rho = 0.002; rho < 1.001; rho += 0.002) {
    fine.push_back(rho);
    limit.push_back(c_max(rho));
    minimum.push_back(std::min(c_max(rho), 1 / rho));
    two.push_back(std::min(2.0, minimum.back()));
  }
  Figure("labels")
      .title("A label lowers c_{max}, and a large one leaves no minimum to rest in")
      .subtitle("uv model from f_0 = 0; points: bisected over 3000 steps; dashed: derived")
      .x_axis("ρ = y / (√N λ_0)").y_axis("c = η λ_0").x_range(0, 1).y_range(0, 4.5)
      .points(rhos, finite_to, "c_{max}").points(rhos, rests_to, "comes to rest\nup to here")
      .band(fine, minimum, limit, "finite, but\nnever at rest").band(fine, two, minimum, "catapult")
      .dashed(fine, limit, "c + c^2 ρ^2 = 4").dashed(fine, minimum, "c = 1 / ρ")
      .draw(options.out);

  std::printf("Widths: y = 1/2, lam_0 = 2, f_0 = 0, c = 2.5\n");
  std::printf("  p         n       rho    c_max   largest loss / first   at step   last kappa\n");
  for (const double n : {1.0, 16.0, 256.0, 4096.0, 65536.0, 1048576.0}) {
    const double rho = 0.25 / std::sqrt(n), psi = 2.5 * rho;
    const Orbit path = orbit({0, 2.5}, psi, 3000);
    const auto top = std::max_element(path.begin(), path.end(), [&](State a, State b) {
      return std::abs(a.phi - psi) < std::abs(b.phi - psi);
    });
    std::printf("  %d %9s   %7.5f   %6.4f %18.4g %12d %12.3f\n", n > 1,
                n > 1 ? std::to_string(int(n)).c_str() : "any", rho, c_max(rho),
                std::pow((top->phi - psi) / psi, 2), int(top - path.begin()), path.back().kappa);
  }
  std::printf("\n");
  summary.number("c_max_quarter", c_max(0.25), 1e-6);
  summary.number("c_max_half", c_max(0.5), 1e-6);
}

// --- 4. A ReLU network on images ---

constexpr int image_steps = 10;

void train_images(const Options& options, double c, std::uint64_t seed, SweepRows& rows) {
  // [images]
  const Dataset images = first(embedded_fashion_mnist().train, 128);
  const Tensor x = standardised_images(images, Layout::flat,
                                       options.dtype, options.device);
  const Tensor y = one_hot(images.labels, images.classes, options.dtype,
                           options.device);
  const Model net = fcn({.width = 256, .depth = 3});
  Params w = init(net, seed, options.dtype, options.device);
  Params top_kernel, top_hessian;  // a search starts from the last vector
  // The largest eigenvalue of the Hessian. The residual, through which f's
  // own curvature enters, vanishes where the target is f itself: that
  // leaves J^T J, which has the eigenvalues of the tangent kernel.
  const auto largest = [&](const Tensor& target, Params& top) {
    Hvp H(mse_half_mean(net(w, x), target), w);
    const Sharpness found =
        sharpness(std::ref(H), w, {.tolerance = 1e-2, .start = top});
    top = found.eigenvector;
    return found.lambda_max;
  };
  double lr = 0;
  for (int t = 0; t <= image_steps; ++t) {
    const Tensor L = mse_half_mean(net(w, x), y);
    if (!(L.item() <= 1e5)) break;  // diverged; `> 1e5` would miss a NaN
    const double kernel = largest(stop_gradient(net(w, x)), top_kernel);
    const double hessian = largest(y, top_hessian);
    if (t == 0) lr = c / hessian;
    rows.add({t, L.item(), lr * kernel, lr * hessian, norm(w)});
    Sgd(net, {.lr = lr}).step(w, grad(L, w));
  }
  // [images]
}

void images(const Options& options, Claims& claims, Summary& summary) {
  const Values log_cs = {0, 1.5, 2, 2.5, 3, 3.25, 3.5};  // log2 c
  const int seeds = options.full ? 8 : 4;
  Sweep sweep(options, "images", {"log2_c", "seed"},
              {"step", "loss", "eta_kernel", "eta_hessian", "norm"});
  for (const double log_c : log_cs)
    for (int k = 0; k < seeds; ++k)
      sweep.cell({log_c, k}, [=, seed = 1000 * options.seed + std::uint64_t(k)](SweepRows& rows) {
        train_images(options, std::exp2(log_c), seed, rows);
      });
  const Table all = sweep.run();

  Panels panels("images");
  panels.title("A ReLU network does the same, and comes back from far beyond c = 4")
      .subtitle("128 images, full batch, 784–256–256–10, SP: one curve for each seed")
      .x_axis("step").columns(3);
  Figure& loss = panels.panel("loss over first loss").y_axis("L / L_0", Scale::log10);
  Figure& kernel = panels.panel("kernel: η λ\nlargest eigenvalue").y_axis("η λ", Scale::log2);
  Figure& hessian = panels.panel("Hessian: η λ_{max}\nlargest eigenvalue")
                        .y_axis("η λ", Scale::log2);
  kernel.y_range(0.4, 32);
  hessian.y_range(0.4, 32);
  std::printf("Images: medians of the seeds that do not diverge\n");
  std::printf("       largest over first:       last over first:    last\n");
  std::printf("    c   loss  kernel  Hessian   loss  weight norm   eta lambda  diverged\n");
  Values shares;  // of the kernel in the Hessian's first eigenvalue
  for (const double log_c : log_cs) {
    const double c = std::exp2(log_c);
    std::array<Values, 4> largest, last;
    for (int k = 0; k < seeds; ++k) {
      const Table run = all.where("log2_c", log_c).where("seed", k);
      if (log_c == 0) shares.push_back(run.number(0, "eta_kernel"));
      if (run.size() <= image_steps) continue;
      const std::array<Values, 4> columns = {run.numbers("loss"), run.numbers("eta_kernel"),
                                             run.numbers("eta_hessian"), run.numbers("norm")};
      for (std::size_t i = 0; i < 4; ++i) {
        const Values& v = columns[i];
        largest[i].push_back(*std::max_element(v.begin(), v.end()) / v[0]);
        last[i].push_back(v.back() / v[0]);
      }
      if (log_c != 0 && log_c != 2 && log_c != 3) continue;
      Values relative;
      for (const double value : columns[0]) relative.push_back(value / columns[0][0]);
      const std::string label = largest[0].size() == 1 ? name_of(c) : "";
      loss.line(numbers_to(image_steps), relative, label);
      kernel.line(numbers_to(image_steps), columns[1], label);
      hessian.line(numbers_to(image_steps), columns[2], label);
    }
    const int diverged = seeds - int(largest[0].size());
    if (diverged == seeds) {
      std::printf("%5.2f %66d\n", c, diverged);
      continue;
    }
    std::printf("%5.2f %6.2f %7.2f %8.2f %6.3f %12.4f %12.2f %9d\n", c, median(largest[0]),
                median(largest[1]), median(largest[2]), median(last[0]), median(last[3]),
                c * median(last[2]), diverged);
    const Statistics peak = statistics(largest[0]), end = statistics(last[0]);
    if (log_c == 0)
      claims.add("calm", "images, c = 1: largest loss over first", peak.largest, equals(1));
    if (log_c == 2) {
      claims.add("rise", "images, c = 4: the same, smallest of seeds", peak.smallest, above(1));
      claims.add("fall", "images, c = 4: last loss over first, largest of seeds", end.largest,
                 below(0.5));
      claims.add("flatter", "images, c = 4: last η λ_max, largest of seeds",
                 4 * statistics(last[2]).largest, below(2));
    }
    if (log_c == 2.5)
      claims.add("beyond_4", "images, c = 5.66: seeds that diverge", diverged, equals(0));
  }
  std::printf("\n");
  panels.draw(options.out);
  summary.number("kernel_share", median(shares), 0.05);
}

int chapter(const Options& options) {
  Claims claims;
  Summary summary(options);
  engine_against_map(claims);
  below_and_above_four(claims, summary);
  through_a_catapult(options, claims, summary);
  labels(options, claims, summary);
  images(options, claims, summary);
  summary.save(claims);
  return claims.report(options.check);
}

int main(int argc, char** argv) {
  const ChapterInfo info{.name = "ch13_catapult",
                         .question = "The catapult: why does the loss rise, then fall?",
                         .quick_time = "10 s",
                         .full_time = "40 s",
                         .sweeps = true};
  return run_chapter(argc, argv, info, chapter);
}
