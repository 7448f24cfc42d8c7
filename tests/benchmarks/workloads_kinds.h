#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "nn/model.h"
#include "tests/benchmarks/workloads.h"

/// The kinds of workloads, and what they share.
namespace gradus {

Workload product(const char* kind, std::int64_t width);
Workload convolution(std::int64_t filters);
Workload myrtle_step(std::int64_t width);

Workload fcn_step(std::int64_t width);
Workload tiny_step(std::int64_t depth);
/// The network of chapter 1: 784-256-10 with biases, cross-entropy, batches of 64.
Workload chapter1_step();

Workload hvp_products(std::int64_t width);
Workload products_at_one_point(std::int64_t width);
Workload power_iterations(std::int64_t width);
Workload largest_eigenvalue();

constexpr std::int64_t batch = 512;

/// Inputs and outputs of a network: images and classes, or points in the plane of two kinds.
struct Ends {
  std::int64_t in, out;
};
constexpr Ends images_to_classes{784, 10}, points_to_kinds{2, 2};

/// In units of 1e9.
inline double giga(double count) { return count / 1e9; }

/// A network with its parameters, a batch and targets.
struct Training {
  Model model;
  std::vector<Tensor> w;
  Tensor x, y;

  Training(Model m, const Shape& images, std::int64_t outputs);
  Tensor loss() const;  ///< mse_half_mean
};

/// Numbers in a network's weights, and in what one batch makes of it: h and relu(h) of each layer.
struct FcnSizes {
  double first, weights, activations;
};
FcnSizes fcn_sizes(Ends ends, std::int64_t depth, std::int64_t width, std::int64_t rows);
/// Of a training step.
double step_gflop(Ends ends, std::int64_t depth, std::int64_t width, std::int64_t rows);
double step_megabytes(Ends ends, std::int64_t depth, std::int64_t width, std::int64_t rows);

ProgramRun as_program(const Program::Body& f, std::vector<Program::Variable> state,
                      const std::vector<Tensor>& inputs, const Program::Options& options);

}  // namespace gradus
