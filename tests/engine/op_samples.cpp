#include "tests/engine/op_samples.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "autodiff/random.h"

namespace gradus::samples {
namespace {

std::uint64_t stream = 0;  // of the next sample

}  // namespace

Tensor any(const Shape& shape) {
  return random_uniform(shape, {1, stream++}, -1.5, 1.5, DType::f64);
}

Tensor positive(const Shape& shape) {
  return random_uniform(shape, {1, stream++}, 0.5, 2.0, DType::f64);
}

Tensor nonzero(const Shape& shape) {
  std::vector<double> values = any(shape).to_vector();
  for (double& v : values) v += v < 0 ? -0.5 : 0.5;
  return from_host(values, shape, DType::f64);
}

Tensor spread(const Shape& shape, double offset) {
  const Philox random(1, stream++);
  std::vector<double> values(static_cast<std::size_t>(shape.size()));
  const std::int64_t middle = shape.size() / 2;
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = 0.1 * (static_cast<double>(i) - static_cast<double>(middle)) + offset;
  for (std::size_t i = values.size(); i > 1; --i)
    std::swap(values[i - 1], values[random.bits(i) % i]);
  return from_host(values, shape, DType::f64);
}

void start_again() { stream = 0; }

}  // namespace gradus::samples
