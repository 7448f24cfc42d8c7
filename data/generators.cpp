#include "data/generators.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>

#include "autodiff/check.h"
#include "autodiff/random.h"
#include "data/dataset.h"
#include "data/random_streams.h"

namespace gradus {
namespace {

// linspace(first, last, count)[i]; the first point if there is only one.
double between(double first, double last, std::int64_t i, std::int64_t count) {
  return count > 1
             ? first + (last - first) * static_cast<double>(i) / static_cast<double>(count - 1)
             : first;
}

double standard_deviation(const std::vector<double>& values) {
  const double count = static_cast<double>(values.size());
  double mean = 0, squares = 0;
  for (const double value : values) mean += value / count;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / count);
}

std::vector<double> normals(std::int64_t count, double std, std::uint64_t seed,
                            std::uint64_t stream) {
  const Philox random(seed, stream);
  std::vector<double> values(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = std * random.normal(i);
  return values;
}

// y = x W for one row x; W is (x.size(), columns), row-major.
std::vector<double> times(std::span<const double> x, const std::vector<double>& w,
                          std::int64_t columns) {
  std::vector<double> y(static_cast<std::size_t>(columns), 0.0);
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::size_t j = 0; j < y.size(); ++j) y[j] += x[i] * w[i * y.size() + j];
  return y;
}

}  // namespace

std::int64_t Samples::size() const {
  return input_size > 0 ? static_cast<std::int64_t>(inputs.size()) / input_size : 0;
}

Tensor inputs_of(const Samples& samples, DType dtype, Device device) {
  return from_host(samples.inputs, {samples.size(), samples.input_size}, dtype, device);
}

Tensor targets_of(const Samples& samples, DType dtype, Device device) {
  return from_host(samples.targets, {samples.size(), samples.target_size}, dtype, device);
}

Examples examples_of(const Samples& samples, DType dtype, Device device) {
  return {inputs_of(samples, dtype, device), targets_of(samples, dtype, device)};
}

Samples spiral(const Spiral& o) {
  check(o.classes > 0 && o.examples > 0 && o.examples % o.classes == 0, "[spiral] ", o.examples,
        " examples do not make ", o.classes, " classes of equal size");
  const std::int64_t per_class = o.examples / o.classes;
  const Philox random(o.seed, data_stream::spiral);
  Samples samples;
  samples.input_size = 2;
  samples.target_size = o.classes;
  std::uint64_t draw = 0;
  for (std::int64_t k = 0; k < o.classes; ++k) {
    const double start = static_cast<double>(k) / static_cast<double>(o.classes);
    for (std::int64_t i = 0; i < per_class; ++i) {
      const double radius = between(o.first_radius, o.last_radius, i, per_class);
      const double angle = 2 * std::numbers::pi * (start + between(0, o.turns, i, per_class));
      samples.inputs.push_back(radius * std::cos(angle) + o.noise * random.normal(draw++));
      samples.inputs.push_back(radius * std::sin(angle) + o.noise * random.normal(draw++));
      samples.labels.push_back(static_cast<int>(k));
    }
  }
  if (o.standardise) {
    const double std = standard_deviation(samples.inputs);
    check(std > 0, "[spiral] all coordinates are equal: their standard deviation is 0");
    for (double& coordinate : samples.inputs) coordinate /= std;
  }
  samples.targets = one_hot(samples.labels, o.classes, DType::f64).to_vector();
  return samples;
}

Samples chebyshev_t5(std::int64_t points) {
  check(points > 0, "[chebyshev_t5] ", points, " points were asked for, but one is the least");
  Samples samples;
  samples.input_size = samples.target_size = 1;
  for (std::int64_t i = 0; i < points; ++i) {
    const double x = between(-1, 1, i, points), x2 = x * x;
    samples.inputs.push_back(x);
    samples.targets.push_back(x * (5 + x2 * (-20 + 16 * x2)));
  }
  return samples;
}

Samples gaussian_inputs(std::int64_t examples, std::int64_t input_size, std::uint64_t seed) {
  check(examples > 0 && input_size > 0, "[gaussian_inputs] ", examples, " inputs of ", input_size,
        " numbers: both must be positive");
  Samples samples;
  samples.input_size = input_size;
  samples.inputs = normals(examples * input_size, 1, seed, data_stream::inputs);
  return samples;
}

Samples teacher(const Teacher& o) {
  check(o.width > 0 && o.target_size > 0, "[teacher] width ", o.width, ", ", o.target_size,
        " outputs: both must be positive");
  Samples samples = gaussian_inputs(o.examples, o.input_size, o.seed);
  const auto w = normals(o.input_size * o.width, std::sqrt(2.0 / static_cast<double>(o.input_size)),
                         o.seed, data_stream::teacher_hidden);
  const auto v = normals(o.width * o.target_size, std::sqrt(1.0 / static_cast<double>(o.width)),
                         o.seed, data_stream::teacher_output);
  samples.target_size = o.target_size;
  const auto row = static_cast<std::size_t>(o.input_size);
  for (std::size_t begin = 0; begin < samples.inputs.size(); begin += row) {
    std::vector<double> z = times(std::span(samples.inputs).subspan(begin, row), w, o.width);
    for (double& unit : z) unit = std::max(unit, 0.0);
    const std::vector<double> y = times(z, v, o.target_size);
    samples.targets.insert(samples.targets.end(), y.begin(), y.end());
    if (o.classify)
      samples.labels.push_back(static_cast<int>(std::max_element(y.begin(), y.end()) - y.begin()));
  }
  if (o.classify) samples.targets = one_hot(samples.labels, o.target_size, DType::f64).to_vector();
  return samples;
}

}  // namespace gradus
