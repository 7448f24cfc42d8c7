// Part 2 of the book.
#include <cmath>
#include <numbers>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/fits.h"
#include "nn/instruments/norms.h"
#include "nn/parametrisation.h"
#include "tests/chapters/pencil.h"

namespace gradus {
namespace {

void chapters_6_to_10(Answers& a) {
  a["ch06_std"] = evaluate(abc::mup_table8.output.init_std, {.fan_in = 1024, .width_mult = 16});
  const std::vector<double> widths = {64, 128, 256, 512};
  a["ch07_slope"] = fit_log_log(widths, {0.020, 0.028, 0.040, 0.057}).slope;
  double variance = 0;
  const std::vector<double> octaves = {64, 128, 256, 512, 1024};
  for (std::size_t i = 0; i < octaves.size(); ++i) {
    std::vector<double> moved(5, 1.0);
    moved[i] = std::exp(0.1);
    variance += std::pow(fit_log_log(octaves, moved).slope, 2);
  }
  a["ch07_error"] = std::sqrt(variance);
  a["ch07_alarm"] = std::erfc(0.05 / std::sqrt(2 * variance));
  a["ch07_alarm_of_four"] = 1 - std::pow(1 - a["ch07_alarm"], 4);
  const auto stable_rank = [](const Tensor& m) {
    return std::pow(frobenius_norm(m) / spectral_norm(m, {.tolerance = 1e-9}).value, 2);
  };
  a["ch08_diagonal"] = stable_rank(f64({3, 0, 0, 0, 1, 0, 0, 0, 1}, {3, 3}));
  const double root3 = std::sqrt(3.0) / 2;
  a["ch08_sixty"] = stable_rank(matmul(f64({1, 0.5, 0, root3}, {2, 2}), f64({1, 0, 0, 1}, {2, 2})));
  a["ch09_kept"] = std::pow(1 - 0.05 * 0.5, 10);
  a["ch09_kept_wrong"] = std::pow(1 - 0.05 * 0.5 / 4, 10);
  const auto lost = [](double g) { return 1 - g / (g + 1e-8); };
  a["ch10_lost_narrow"] = lost(1e-6);
  a["ch10_lost_wide"] = lost(1e-6 / 64);
  double left = 1;
  for (int step = 0; step < 5000; ++step) left *= 1 - 2e-4;
  a["ch10_left"] = left;
}

void chapter_11(Answers& a) {  // 64 weights of alternating sign on a stream, by the engine
  std::vector<Tensor> w;
  Tensor h = f64({1}, {1});
  for (int l = 0; l < 64; ++l) {
    w.push_back(f64({l % 2 == 0 ? 1.0 : -1.0}, {1}));
    h = h + 0.125 * w.back() * h;
  }
  double squares = 0, sizes = 0;
  for (const Tensor& g : grad(h, w)) {
    squares += g.item() * g.item();
    sizes += std::abs(g.item());
  }
  a["ch11_sgd"] = squares;
  a["ch11_adam"] = sizes;
  double length = 1;  // squared; every block adds beta^2 of it
  for (int l = 0; l < 64; ++l) length += length / 64;
  a["ch11_signal"] = std::sqrt(length);
  // 4, and all pairs of many blocks; half of all normals lie within the quartile.
  const auto pairs = [](double r) {
    return 2 / std::numbers::pi * ((1 + 2 * r * r) * std::asin(r) + 3 * r * std::sqrt(1 - r * r));
  };
  double variance = 4;
  for (double u = 5e-5; u < 1; u += 1e-4) variance += 2e-4 * (1 - u) * pairs(std::exp(-u / 2));
  const double quartile = root([](double x) { return std::erf(x / std::sqrt(2)) - 0.5; }, 0, 2);
  a["ch11_seeds"] = std::exp(quartile * std::sqrt(2 * variance / 64));
  a["ch11_seeds_plain"] = std::exp(quartile * std::sqrt(2 * 5 * 32 / 64.0));
}

}  // namespace

void pencil_part_2(Answers& a) {
  chapters_6_to_10(a);
  chapter_11(a);
}

}  // namespace gradus
