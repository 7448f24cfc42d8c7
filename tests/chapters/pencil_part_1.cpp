// Part 1 of the book.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <string>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "data/generators.h"
#include "nn/instruments/fits.h"
#include "nn/instruments/norms.h"
#include "nn/instruments/signal_theory.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "tests/chapters/pencil.h"

namespace gradus {
namespace {

void chapter_1(Answers& a) {
  const Tensor x = f64({3}, {1});
  const Tensor s = x + x, b = square(s), f = b + s;
  a["ch01_slope"] = grad(f, std::vector{x})[0].item();
  // In the order f, s, b the share of b comes when s has had its turn.
  a["ch01_early"] = vjp(s, f64({1}, {1}), x).item();
  const double epsilon = std::exp2(-23), loss = 1.8202, curvature = 0.0432, slope = 0.00639;
  const auto error = [&](double log_h) {
    const double h = std::exp(log_h);
    return (h * curvature / 2 + epsilon * loss / h) / slope;
  };
  double best = -20;
  for (double log_h = -20; log_h < 0; log_h += 1e-3)
    if (error(log_h) < error(best)) best = log_h;
  a["ch01_step_f32"] = std::exp(best);
  a["ch01_error_f32"] = error(best);
  double fewest = 1e9;
  for (double k = 1; k <= 64; ++k) fewest = std::min(fewest, std::ceil(64 / k) + 2 * k);
  a["ch01_fewest_arrays"] = fewest;
  a["ch01_segment"] = first([&](double k) { return std::ceil(64 / k) + 2 * k == fewest; });
}

void chapter_2(Answers& a) {
  // The variance of n Q, term by term: half of the units live, half of these are kept and doubled.
  const auto moment = [](double power) {  // of relu(g), by the trapezoidal rule
    double sum = 0;
    for (double g = 1e-3; g < 12; g += 1e-3)
      sum += 1e-3 * std::pow(g, power) * std::exp(-g * g / 2) / std::sqrt(2 * std::numbers::pi);
    return sum;
  };
  a["ch02_relu"] = 4 * moment(4) - 1;
  a["ch02_dropout"] = 0.5 * 16 * moment(4) - 1;
  a["ch02_linear"] = 2 * moment(4) - 1;
  a["ch02_depth_of_factor_10"] =
      root([](double l) { return std::exp(0.6745 * std::sqrt(10 * l / 64)) - 10; }, 0, 1000);
  for (const double slope : {0.0, 0.5}) {
    double c = 0;
    int layer = 0;
    for (; c <= 0.99; ++layer)
      c = relu_correlation_map(c) - 2 * slope / (1 + slope * slope) * relu_correlation_map(-c);
    a[slope == 0 ? "ch02_layers_relu" : "ch02_layers_leaky"] = layer;
  }
}

void chapter_3(Answers& a) {
  const Tensor x = f64({1, 2}, {1, 2}), W = f64({1, 0, -1, 1, 1, -1, 1, 0}, {2, 4});
  const Tensor v = f64({.5, -.5, .5, -.5}, {4, 1});
  const std::vector<Tensor> g = grad(sum(matmul(relu(matmul(x, W)), v)), {W, v});
  a["ch03_first"] = frobenius_norm(g[0]) / frobenius_norm(W);
  a["ch03_last"] = frobenius_norm(g[1]) / frobenius_norm(v);
  a["ch03_factor"] = std::exp(0.6745 * std::sqrt(2 * 5 * 31 / (4 * 64.0)));
  // The slope over widths 64 to 512 is a weighted sum of logarithms of variance 5 * 31 / (4 n k).
  const std::vector<double> widths = {64, 128, 256, 512};
  double variance = 0;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    std::vector<double> moved(4, 1.0);
    moved[i] = std::exp(1.0);
    variance += std::pow(fit_log_log(widths, moved).slope, 2) * 5 * 31 / (4 * widths[i]);
  }
  a["ch03_seeds"] = std::ceil(variance / (0.02 * 0.02));
}

void chapter_4(Answers& a) {
  const auto left = [](double lambda) { return std::pow(std::abs(1 - 0.1 * lambda), 500); };
  a["ch04_low"] = root([&](double l) { return 0.01 - left(l); }, 0, 10);
  a["ch04_high"] = root([&](double l) { return left(l) - 0.01; }, 10, 20);
  double steep = 1, flat = 1;
  const double lr = 2 / (10 + 0.01);
  a["ch04_steps"] = first([&](double) {
    steep *= 1 - 10 * lr, flat *= 1 - 0.01 * lr;
    return std::abs(steep) <= 0.01 && std::abs(flat) <= 0.01;
  });
  const Samples samples = spiral();
  const Tensor x = inputs_of(samples), t = targets_of(samples);
  for (const int width : {32, 128, 512}) {
    const Model net = fcn({.in = 2, .width = width, .depth = 3, .out = 3, .bias = true});
    const auto rises = [&](double log_lr) {
      std::vector<Tensor> w = init(net, 0);
      Sgd sgd(net, {.lr = std::exp2(log_lr)});
      double start = 0;
      for (int step = 0; step < 10; ++step) {
        const Tensor loss = softmax_cross_entropy(net(w, x), t);
        if (step == 0) start = loss.item();
        if (!(loss.item() <= start)) return true;
        sgd.step(w, grad(loss, w));
      }
      return false;
    };
    double low = -10, high = 3;
    while (high - low > 0.02) (rises((low + high) / 2) ? high : low) = (low + high) / 2;
    a["ch04_edge_" + std::to_string(width)] = std::exp2(low) * width;
  }
}

void chapter_5(Answers& a) {
  // Shares of |grad f|^2, and 2 over it, in the mean over networks.
  const auto squares = [](std::int64_t in, std::int64_t width, std::int64_t depth) {
    const Model net = fcn({.in = in, .width = width, .depth = depth, .out = 1});
    const Tensor x = ones({1, in}, DType::f64);
    std::vector<double> mean(static_cast<std::size_t>(depth));
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
      const std::vector<Tensor> w = init(net, seed, DType::f64);
      const std::vector<Tensor> g = grad(sum(net(w, x)), w);
      for (std::size_t l = 0; l < g.size(); ++l) mean[l] += dot(g[l], g[l]).item() / 400;
    }
    return mean;
  };
  const std::vector<double> pixels = squares(784, 256, 2);
  a["ch05_first_share"] = pixels[0] / (pixels[0] + pixels[1]);
  double total = 0;
  for (const double share : squares(2, 64, 4)) total += share;
  a["ch05_rate_64"] = 2 / total;
}

}  // namespace

void pencil_part_1(Answers& a) {
  chapter_1(a);
  chapter_2(a);
  chapter_3(a);
  chapter_4(a);
  chapter_5(a);
}

}  // namespace gradus
