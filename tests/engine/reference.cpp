#include "tests/engine/reference.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <numeric>
#include <utility>

namespace gradus::reference {
namespace {

std::size_t offset(const Shape& shape, const std::int64_t* index) {
  std::int64_t result = 0;
  for (int axis = 0; axis < shape.rank(); ++axis) result = result * shape[axis] + index[axis];
  return static_cast<std::size_t>(result);
}
std::size_t offset(const Shape& shape, const Index& index) { return offset(shape, index.data()); }
std::size_t offset(const Shape& shape, std::initializer_list<std::int64_t> index) {
  return offset(shape, index.begin());
}

// Where an operand of shape `from` is read for one index of the shape it broadcasts to: axes are
// aligned at the last, and an axis of size 1 is read at 0.
std::size_t broadcast_offset(const Shape& from, const Index& index) {
  Index own(static_cast<std::size_t>(from.rank()));
  for (std::size_t i = 1; i <= own.size(); ++i)
    own[own.size() - i] =
        from[from.rank() - static_cast<int>(i)] == 1 ? 0 : index[index.size() - i];
  return offset(from, own);
}

Shape common_shape(const Shape& a, const Shape& b) {
  Index dims(static_cast<std::size_t>(std::max(a.rank(), b.rank())));
  for (int i = 1; i <= static_cast<int>(dims.size()); ++i) {
    const std::int64_t da = i <= a.rank() ? a[a.rank() - i] : 1;
    const std::int64_t db = i <= b.rank() ? b[b.rank() - i] : 1;
    dims[dims.size() - static_cast<std::size_t>(i)] = da == 1 ? db : da;
  }
  return Shape(dims);
}

Shape with_dim(const Shape& shape, int axis, std::int64_t dim) {
  Index dims = shape.dims();
  dims[static_cast<std::size_t>(axis)] = dim;
  return Shape(dims);
}

// Padding before the first pixel, and the number of outputs, along one axis.
std::pair<std::int64_t, std::int64_t> padding_and_outputs(std::int64_t size, std::int64_t kernel,
                                                          std::int64_t stride, std::int64_t before,
                                                          std::int64_t after) {
  if (before != Padding::same) return {before, (size + before + after - kernel) / stride + 1};
  const std::int64_t outputs = (size + stride - 1) / stride;
  const std::int64_t zeros = std::max<std::int64_t>((outputs - 1) * stride + kernel - size, 0);
  return {zeros / 2, outputs};
}

// The one loop nest of a convolution: calls `visit` with the three offsets of every product
// y[..] += images[..] * kernel[..] that does not read padding. Returns the shape of y.
using Tap = std::function<void(std::size_t image, std::size_t kernel, std::size_t y)>;
Shape for_each_tap(const Shape& images, const Shape& kernel, std::int64_t stride,
                   const Padding& padding, const Tap& visit) {
  const auto [top, height] =
      padding_and_outputs(images[1], kernel[0], stride, padding.top, padding.bottom);
  const auto [left, width] =
      padding_and_outputs(images[2], kernel[1], stride, padding.left, padding.right);
  const Shape y{images[0], height, width, kernel[3]};
  for (std::int64_t image = 0; image < images[0]; ++image)
    for (std::int64_t i = 0; i < height; ++i)
      for (std::int64_t j = 0; j < width; ++j)
        for (std::int64_t p = 0; p < kernel[0]; ++p)
          for (std::int64_t q = 0; q < kernel[1]; ++q) {
            const std::int64_t row = i * stride + p - top, column = j * stride + q - left;
            if (row < 0 || row >= images[1] || column < 0 || column >= images[2]) continue;
            for (std::int64_t c = 0; c < kernel[2]; ++c)
              for (std::int64_t f = 0; f < kernel[3]; ++f)
                visit(offset(images, {image, row, column, c}), offset(kernel, {p, q, c, f}),
                      offset(y, {image, i, j, f}));
          }
  return y;
}

}  // namespace

void for_each_index(const Shape& shape, const std::function<void(const Index&)>& visit) {
  if (shape.size() == 0) return;
  Index index(static_cast<std::size_t>(shape.rank()), 0);
  while (true) {
    visit(index);
    int axis = shape.rank() - 1;
    for (; axis >= 0; --axis) {
      std::int64_t& i = index[static_cast<std::size_t>(axis)];
      if (++i < shape[axis]) break;
      i = 0;
    }
    if (axis < 0) return;
  }
}

HostArray map(const std::function<double(double)>& f, const HostArray& x) {
  HostArray y = x;
  std::transform(x.values.begin(), x.values.end(), y.values.begin(), f);
  return y;
}

HostArray zip(const std::function<double(double, double)>& f, const HostArray& a,
              const HostArray& b) {
  HostArray y(common_shape(a.shape, b.shape));
  for_each_index(y.shape, [&](const Index& i) {
    y.values[offset(y.shape, i)] =
        f(a.values[broadcast_offset(a.shape, i)], b.values[broadcast_offset(b.shape, i)]);
  });
  return y;
}

HostArray broadcast_to(const HostArray& x, const Shape& shape) {
  HostArray y(shape);
  for_each_index(shape, [&](const Index& i) {
    y.values[offset(shape, i)] = x.values[broadcast_offset(x.shape, i)];
  });
  return y;
}

HostArray sum_to(const HostArray& x, const Shape& shape) {
  HostArray y(shape);
  for_each_index(x.shape, [&](const Index& i) {
    y.values[broadcast_offset(shape, i)] += x.values[offset(x.shape, i)];
  });
  return y;
}

HostArray reduce(const HostArray& x, const Axes& axes, bool keep, const Group& f) {
  std::vector<bool> reduced(static_cast<std::size_t>(x.shape.rank()), axes.empty());
  for (int axis : axes)
    reduced[static_cast<std::size_t>(axis < 0 ? axis + x.shape.rank() : axis)] = true;
  Index kept = x.shape.dims(), result;
  for (std::size_t axis = 0; axis < kept.size(); ++axis) {
    if (reduced[axis]) kept[axis] = 1;
    if (!reduced[axis] || keep) result.push_back(kept[axis]);
  }
  const Shape kept_shape(kept);
  std::vector<std::vector<double>> groups(static_cast<std::size_t>(kept_shape.size()));
  for_each_index(x.shape, [&](const Index& i) {
    groups[broadcast_offset(kept_shape, i)].push_back(x.values[offset(x.shape, i)]);
  });
  HostArray y{Shape(result)};
  std::transform(groups.begin(), groups.end(), y.values.begin(), f);
  return y;
}

double group_sum(const std::vector<double>& group) {
  return std::accumulate(group.begin(), group.end(), 0.0);
}
double group_mean(const std::vector<double>& group) {
  return group_sum(group) / static_cast<double>(group.size());
}
double group_argmax(const std::vector<double>& group) {
  std::size_t best = 0;
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (std::isnan(group[i])) return static_cast<double>(i);
    if (group[i] > group[best]) best = i;
  }
  return static_cast<double>(best);
}
double group_max(const std::vector<double>& group) {
  return group[static_cast<std::size_t>(group_argmax(group))];
}
double group_logsumexp(const std::vector<double>& group) {
  if (group.empty()) return -std::numeric_limits<double>::infinity();
  const double largest = group_max(group);
  if (!std::isfinite(largest)) return largest;
  double total = 0;
  for (double x : group) total += std::exp(x - largest);
  return largest + std::log(total);
}

HostArray transpose(const HostArray& x, Axes order) {
  const auto rank = static_cast<std::size_t>(x.shape.rank());
  if (order.empty())
    for (int axis = x.shape.rank() - 1; axis >= 0; --axis) order.push_back(axis);
  Index dims(rank);
  for (std::size_t axis = 0; axis < rank; ++axis) dims[axis] = x.shape[order[axis]];
  HostArray y{Shape(dims)};
  for_each_index(y.shape, [&](const Index& i) {
    Index from(rank);
    for (std::size_t axis = 0; axis < rank; ++axis)
      from[static_cast<std::size_t>(order[axis])] = i[axis];
    y.values[offset(y.shape, i)] = x.values[offset(x.shape, from)];
  });
  return y;
}

HostArray slice(const HostArray& x, int axis, std::int64_t start, std::int64_t stop) {
  HostArray y(with_dim(x.shape, axis, stop - start));
  for_each_index(y.shape, [&](Index i) {
    const std::size_t to = offset(y.shape, i);
    i[static_cast<std::size_t>(axis)] += start;
    y.values[to] = x.values[offset(x.shape, i)];
  });
  return y;
}

HostArray pad(const HostArray& x, int axis, std::int64_t before, std::int64_t after) {
  HostArray y(with_dim(x.shape, axis, before + x.shape[axis] + after));
  for_each_index(x.shape, [&](Index i) {
    const std::size_t from = offset(x.shape, i);
    i[static_cast<std::size_t>(axis)] += before;
    y.values[offset(y.shape, i)] = x.values[from];
  });
  return y;
}

HostArray gather_rows(const HostArray& x, const Index& indices) {
  HostArray y(with_dim(x.shape, 0, static_cast<std::int64_t>(indices.size())));
  for_each_index(y.shape, [&](Index i) {
    const std::size_t to = offset(y.shape, i);
    i[0] = indices[static_cast<std::size_t>(i[0])];
    y.values[to] = x.values[offset(x.shape, i)];
  });
  return y;
}

HostArray scatter_rows(const HostArray& x, const Index& indices, std::int64_t rows) {
  HostArray y(with_dim(x.shape, 0, rows));
  for_each_index(x.shape, [&](Index i) {
    const std::size_t from = offset(x.shape, i);
    i[0] = indices[static_cast<std::size_t>(i[0])];
    y.values[offset(y.shape, i)] += x.values[from];
  });
  return y;
}

HostArray matmul(const HostArray& a, const HostArray& b, bool transpose_a, bool transpose_b) {
  const std::int64_t m = a.shape[transpose_a], k = a.shape[!transpose_a], n = b.shape[!transpose_b];
  HostArray y(Shape{m, n});
  for (std::int64_t i = 0; i < m; ++i)
    for (std::int64_t j = 0; j < n; ++j)
      for (std::int64_t l = 0; l < k; ++l)
        y.values[offset(y.shape, {i, j})] +=
            a.values[transpose_a ? offset(a.shape, {l, i}) : offset(a.shape, {i, l})] *
            b.values[transpose_b ? offset(b.shape, {j, l}) : offset(b.shape, {l, j})];
  return y;
}

HostArray conv2d(const HostArray& images, const HostArray& kernel, std::int64_t stride,
                 const Padding& padding) {
  HostArray y(for_each_tap(images.shape, kernel.shape, stride, padding,
                           [](std::size_t, std::size_t, std::size_t) {}));
  for_each_tap(images.shape, kernel.shape, stride, padding,
               [&](std::size_t i, std::size_t k, std::size_t o) {
                 y.values[o] += images.values[i] * kernel.values[k];
               });
  return y;
}

HostArray conv2d_images(const HostArray& y_bar, const HostArray& kernel, const Shape& images,
                        std::int64_t stride, const Padding& padding) {
  HostArray result(images);
  for_each_tap(images, kernel.shape, stride, padding,
               [&](std::size_t i, std::size_t k, std::size_t o) {
                 result.values[i] += y_bar.values[o] * kernel.values[k];
               });
  return result;
}

HostArray conv2d_kernel(const HostArray& images, const HostArray& y_bar, const Shape& kernel,
                        std::int64_t stride, const Padding& padding) {
  HostArray result(kernel);
  for_each_tap(images.shape, kernel, stride, padding,
               [&](std::size_t i, std::size_t k, std::size_t o) {
                 result.values[k] += y_bar.values[o] * images.values[i];
               });
  return result;
}

HostArray avg_pool2d(const HostArray& images, std::int64_t window) {
  const Shape& s = images.shape;
  HostArray y(Shape{s[0], s[1] / window, s[2] / window, s[3]});
  for_each_index(y.shape, [&](const Index& o) {
    double total = 0;
    for (std::int64_t row = 0; row < window; ++row)
      for (std::int64_t column = 0; column < window; ++column)
        total +=
            images.values[offset(s, {o[0], o[1] * window + row, o[2] * window + column, o[3]})];
    y.values[offset(y.shape, o)] = total / static_cast<double>(window * window);
  });
  return y;
}

HostArray avg_unpool2d(const HostArray& y_bar, const Shape& images, std::int64_t window) {
  HostArray result(images);
  for_each_index(images, [&](const Index& i) {
    const std::int64_t row = i[1] / window, column = i[2] / window;
    if (row >= y_bar.shape[1] || column >= y_bar.shape[2]) return;
    result.values[offset(images, i)] =
        y_bar.values[offset(y_bar.shape, {i[0], row, column, i[3]})] /
        static_cast<double>(window * window);
  });
  return result;
}

HostArray log_softmax(const HostArray& x, int axis) {
  return zip(std::minus<>(), x, reduce(x, {axis}, true, group_logsumexp));
}

HostArray softmax_cross_entropy(const HostArray& logits, const HostArray& targets) {
  const HostArray log_p = log_softmax(logits, 1);
  return HostArray({},
                   {-inner(targets.values, log_p.values) / static_cast<double>(logits.shape[0])});
}

double inner(const std::vector<double>& a, const std::vector<double>& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

}  // namespace gradus::reference
