#pragma once

#include <cstdint>
#include <vector>

#include "autodiff/tensor.h"
#include "data/examples.h"

namespace gradus {

/// Generated examples as plain numbers, row-major.
struct Samples {
  std::int64_t input_size = 0;   ///< numbers per input
  std::int64_t target_size = 0;  ///< numbers per target; for a classification the number of classes
  std::vector<double> inputs;    ///< (size, input_size)
  std::vector<double> targets;   ///< (size, target_size); for a classification one-hot
  std::vector<int> labels;       ///< one per example; empty for a regression

  /// Number of examples.
  std::int64_t size() const;
};

/// The inputs as a tensor of shape (size, input_size).
Tensor inputs_of(const Samples& samples, DType dtype = DType::f32,
                 Device device = default_device());
/// The targets as a tensor of shape (size, target_size).
Tensor targets_of(const Samples& samples, DType dtype = DType::f32,
                  Device device = default_device());
/// Both.
Examples examples_of(const Samples& samples, DType dtype = DType::f32,
                     Device device = default_device());

/// Classes on interleaved spiral arms in the plane. Arm k starts at angle 2 pi k / classes; radius
/// and angle grow linearly along it, and noise is added to both coordinates.
struct Spiral {
  std::int64_t classes = 3;
  std::int64_t examples = 999;  ///< of all classes together, class after class
  double first_radius = 0.1;
  double last_radius = 1.0;
  double turns = 1.0;       ///< of an arm from its first to its last example
  double noise = 0.02;      ///< standard deviation, per coordinate, before `standardise`
  bool standardise = true;  ///< divide all coordinates by their common standard deviation
  std::uint64_t seed = 0;
};
Samples spiral(const Spiral& options = {});

/// The Chebyshev polynomial T_5(x) = 16 x^5 - 20 x^3 + 5 x at equidistant points from -1 to 1: the
/// regression on which the edge of stability is cheap to see (after Cohen et al. 2021).
Samples chebyshev_t5(std::int64_t points = 20);

/// `examples` inputs of `input_size` independent N(0, 1) numbers, without targets.
Samples gaussian_inputs(std::int64_t examples, std::int64_t input_size, std::uint64_t seed = 0);

/// Gaussian inputs with the outputs of a random network, y = relu(x W) V, as targets. The entries
/// of W have variance 2 / input_size, those of V 1 / width, so that targets are of order 1.
struct Teacher {
  std::int64_t examples = 512;
  std::int64_t input_size = 16;
  std::int64_t width = 64;
  std::int64_t target_size = 1;
  bool classify = false;  ///< labels (the largest output) and one-hot targets instead
  std::uint64_t seed = 0;
};
Samples teacher(const Teacher& options = {});

}  // namespace gradus
