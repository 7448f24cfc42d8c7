// Part 3 of the book.
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "autodiff/ops.h"
#include "data/load.h"
#include "nn/instruments/early_training.h"
#include "nn/instruments/sharpness.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "tests/chapters/pencil.h"

namespace gradus {
namespace {

void chapters_12_to_14(Answers& a) {
  int products = 0;
  double x = 1, y = 1;  // parts along eigenvalues 1 and 0.9
  const auto quotient = [&] { return (x * x + 0.9 * y * y) / (x * x + y * y); };
  for (; 1 - quotient() > 1e-3; ++products) y *= 0.9;
  a["ch12_products"] = products;
  a["ch12_shifted"] = (1 + 7) / (5 + 7.0);
  const auto next = [](double& f, double& lambda, double eta, double n) {  // y = 0
    const double f_next = f * (1 - eta * lambda + eta * eta * f * f / n);
    lambda += eta * f * f / n * (eta * lambda - 4);
    f = f_next;
  };
  double phi = 0.5, kappa = 3;
  for (int t = 0; t < 2; ++t) next(phi, kappa, 1, 1);
  a["ch13_phi"] = phi;
  a["ch13_kappa"] = kappa;
  a["ch13_c_loss"] = root(
      [&](double c) {
        double f = 1, lambda = 1;
        next(f, lambda, c, 64);
        return std::abs(f) - 1;
      },
      2, 3);
  double f = 1, lambda = 1;
  for (int t = 0; t < 2; ++t) next(f, lambda, 3, 16);
  a["ch14_f"] = f;
  a["ch14_lambda"] = lambda;
  a["ch14_c"] = root([](double c) { return 0.001 * std::pow(c - 1, 200) - 1; }, 2, 3);
}

// Where the kernel of the uv model ends, in small steps from f0 to y = 1.
double last_kernel(double f0, double N) {
  double f = f0, lambda = 1;
  while (f < 1 - 1e-6) {
    const double eta = 1e-4, d = f - 1, next = f * (1 + eta * eta * d * d / N) - eta * d * lambda;
    lambda += eta * d / N * (eta * d * lambda - 4 * f);
    f = next;
  }
  return lambda;
}

void chapters_15_to_17(Answers& a) {
  double f = 3, lambda = 7;  // small steps of the uv model towards y = 1
  while (std::abs(f - 1) > 1e-6) {
    const double eta = 1e-4, d = f - 1, next = f - eta * d * lambda;
    lambda += eta * d * (eta * d * lambda - 4 * f);
    f = next;
  }
  a["ch16_end"] = lambda;
  f = 0, lambda = 1;
  for (int step = 0; step < 2; ++step) {
    const double eta = 0.5, n = 16, d = f - 1;
    const double next = 1 + d * (1 - eta * lambda + eta * eta * f * d / n);
    lambda += eta * d / n * (eta * d * lambda - 4 * f);
    f = next;
  }
  a["ch17_lambda"] = lambda;
  a["ch17_width"] = first([](double n) {  // small steps from 0 to y = 1
    double out = 0, kernel = 1;
    while (out < 1 - 1e-4) {
      const double eta = 1e-3, d = out - 1, next = out - eta * d * kernel;
      kernel -= 4 * eta * d * out / n;
      out = next;
    }
    return kernel < 1.01;
  });
  a["ch17_narrow"] = 1 - last_kernel(1.0 / 4, 1) / std::sqrt(5.0);
  a["ch17_wide"] = 1 - last_kernel(1.0 / 16, 1) / std::sqrt(5.0);
  a["ch15_fourth"] =
      root([](double c) { return (std::pow(1 - c, 8) + std::pow(1 - c / 9, 8)) / 2 - 1; }, 2, 3);
  // Centred labels: the share of the top mode of the features, and the boundary of the whole network.
  const Dataset images = gradus::first(embedded_fashion_mnist().train, 512);
  const Tensor y = one_hot(images.labels, 10) - 0.1;
  EarlyTraining training{
      .model = fcn({.in = 784, .width = 64, .depth = 4, .out = 10, .last = {.zero = true}}),
      .loss = mse_half_mean,
      .start = {},
      .measuring = {standardised_images(images, Layout::flat), y}};
  training.start = init(training.model, 0);
  const std::vector<Layer> layers = training.model.layers(training.start, training.measuring.x);
  const Tensor z = layers[layers.size() - 2].z;
  const Sharpness top = sharpness(
      [&](const std::vector<Tensor>& v) {
        return std::vector{matmul(z, matmul(z, v[0], true, false))};
      },
      {zeros({512, 1})}, {.tolerance = 1e-6});
  const Tensor part = matmul(top.eigenvector[0], y, true, false);
  a["ch15_share"] = dot(part, part).item() / dot(y, y).item();
  a["ch15_function"] = 1 + std::pow(a["ch15_share"], -1.0 / 20);
  const Sharpness initial = sharpness_at(training, training.start, {.tolerance = 1e-4});
  a["ch15_whole"] = first([&](double tenths) {
                      const Trajectory run =
                          train_early(training, initial, std::exp2(tenths / 10), {});
                      for (const double loss : run.loss)
                        if (!(loss <= run.loss[0])) return true;
                      return false;
                    }) /
                    10;
}

void chapter_16(Answers& a) {
  // Parallel layers, psi = 1.1: two steps by hand, then the cycle of the kernel 2 P.
  double p = 1;
  const auto step = [&p] { p *= (2.1 - p) * (2.1 - p); };
  for (int t = 0; t < 2; ++t) step();
  a["ch16_second"] = p;
  for (int t = 0; t < 2000; ++t) step();
  const double before = 2 * p;
  step();
  a["ch16_low"] = std::min(before, 2 * p);
  a["ch16_high"] = std::max(before, 2 * p);
  // The eta lambda at which a parabola begins to grow, for steps v <- keep v + take g.
  const auto edge = [](double keep, double take) {
    return root(
        [=](double eta_lambda) {
          double w = 1, v = 0, largest = 0;
          for (int t = 0; t < 4000 && largest < 1e9; ++t) {
            v = keep * v + take * eta_lambda * w;
            w -= v;
            if (t >= 3900 || std::abs(w) > 1e9) largest = std::max(largest, std::abs(w));
          }
          return largest - 1;
        },
        0.1, 100);
  };
  a["ch16_momentum"] = edge(0.8, 1);
  a["ch16_adam"] = edge(0.8, 0.2);
}

}  // namespace

void pencil_part_3(Answers& a) {
  chapters_12_to_14(a);
  chapters_15_to_17(a);
  chapter_16(a);
}

}  // namespace gradus
