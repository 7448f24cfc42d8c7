#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "autodiff/ops.h"

/// The ops' definitions as plain loops over host arrays, with nothing shared with the engine: slow,
/// obvious, and what the engine's values are compared with.
namespace gradus::reference {

struct HostArray {
  Shape shape;
  std::vector<double> values;

  explicit HostArray(Shape s)
      : shape(std::move(s)), values(static_cast<std::size_t>(shape.size()), 0.0) {}
  HostArray(Shape s, std::vector<double> v) : shape(std::move(s)), values(std::move(v)) {}
  explicit HostArray(const Tensor& x) : shape(x.shape()), values(x.to_vector()) {}
};

using Index = std::vector<std::int64_t>;
/// Calls `visit` with every index of a shape, in row-major order.
void for_each_index(const Shape& shape, const std::function<void(const Index&)>& visit);

HostArray map(const std::function<double(double)>& f, const HostArray& x);
/// `f` of two arrays that broadcast by NumPy's rule.
HostArray zip(const std::function<double(double, double)>& f, const HostArray& a,
              const HostArray& b);

HostArray broadcast_to(const HostArray& x, const Shape& shape);
HostArray sum_to(const HostArray& x, const Shape& shape);

/// Reductions as a function of the group of entries that share one place in the result.
using Group = std::function<double(const std::vector<double>&)>;
HostArray reduce(const HostArray& x, const Axes& axes, bool keep, const Group& f);
double group_sum(const std::vector<double>& group);
double group_mean(const std::vector<double>& group);
double group_max(const std::vector<double>& group);
double group_argmax(const std::vector<double>& group);
double group_logsumexp(const std::vector<double>& group);

HostArray transpose(const HostArray& x, Axes order);
HostArray slice(const HostArray& x, int axis, std::int64_t start, std::int64_t stop);
HostArray pad(const HostArray& x, int axis, std::int64_t before, std::int64_t after);
HostArray gather_rows(const HostArray& x, const Index& indices);
HostArray scatter_rows(const HostArray& x, const Index& indices, std::int64_t rows);
HostArray matmul(const HostArray& a, const HostArray& b, bool transpose_a, bool transpose_b);

HostArray conv2d(const HostArray& images, const HostArray& kernel, std::int64_t stride,
                 const Padding& padding);
HostArray conv2d_images(const HostArray& y_bar, const HostArray& kernel, const Shape& images,
                        std::int64_t stride, const Padding& padding);
HostArray conv2d_kernel(const HostArray& images, const HostArray& y_bar, const Shape& kernel,
                        std::int64_t stride, const Padding& padding);
HostArray avg_pool2d(const HostArray& images, std::int64_t window);
HostArray avg_unpool2d(const HostArray& y_bar, const Shape& images, std::int64_t window);

HostArray log_softmax(const HostArray& x, int axis);
HostArray softmax_cross_entropy(const HostArray& logits, const HostArray& targets);

/// <a, b>, summed in order.
double inner(const std::vector<double>& a, const std::vector<double>& b);

}  // namespace gradus::reference
