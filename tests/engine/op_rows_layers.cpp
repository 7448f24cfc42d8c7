// Rows of the ops that layers and losses are made of.
#include <cmath>

#include "tests/engine/op_rows.h"
#include "tests/engine/op_samples.h"

namespace gradus {
namespace {

using reference::HostArray;
using namespace samples;

// clang-format off: a row of the table stays a row

void matmul_rows(Rows& rows) {
  struct Case {
    std::int64_t m, k, n;
  };
  for (const Case& c : {Case{1, 1, 1}, Case{3, 4, 5}, Case{1, 7, 3}, Case{7, 1, 3}, Case{3, 5, 1},
                        Case{0, 3, 2}, Case{2, 0, 3}, Case{2, 3, 0}, Case{33, 65, 17}})
    for (bool ta : {false, true})
      for (bool tb : {false, true})
        rows.push_back(
            {"matmul",
             std::to_string(c.m) + "x" + std::to_string(c.k) + "x" + std::to_string(c.n) +
                 (ta ? " T" : " N") + (tb ? "T" : "N"),
             {any(ta ? Shape{c.k, c.m} : Shape{c.m, c.k}),
              any(tb ? Shape{c.n, c.k} : Shape{c.k, c.n})},
             [ta, tb](const Tensors& x) { return matmul(x[0], x[1], ta, tb); },
             [ta, tb](const Arrays& x) { return reference::matmul(x[0], x[1], ta, tb); }});
}

void conv_rows(Rows& rows) {
  struct Case {
    Shape images, kernel;
    std::int64_t stride;
    Padding padding;
  };
  const Padding same = Padding::Same(), valid = Padding::Valid();
  const std::vector<Case> cases = {
      {{2, 5, 5, 2}, {3, 3, 2, 3}, 1, same},         {{2, 5, 5, 2}, {3, 3, 2, 3}, 1, valid},
      {{2, 6, 7, 1}, {3, 3, 1, 2}, 2, same},         {{1, 6, 7, 2}, {3, 3, 2, 1}, 2, valid},
      {{1, 7, 8, 1}, {3, 3, 1, 2}, 3, same},         {{1, 8, 7, 1}, {3, 3, 1, 1}, 3, valid},
      {{2, 4, 3, 3}, {1, 1, 3, 2}, 1, same},         {{2, 5, 4, 2}, {1, 1, 2, 2}, 2, same},
      {{1, 5, 5, 2}, {1, 1, 2, 1}, 3, valid},        {{1, 9, 8, 1}, {7, 7, 1, 2}, 1, same},
      {{1, 9, 8, 1}, {7, 7, 1, 1}, 2, same},         {{1, 8, 8, 1}, {7, 7, 1, 1}, 1, valid},
      {{1, 3, 2, 1}, {5, 4, 1, 1}, 1, same},         {{1, 4, 6, 1}, {2, 4, 1, 2}, 2, same},
      {{1, 4, 3, 1}, {3, 2, 1, 2}, 1, {2, 0, 0, 3}}, {{1, 5, 4, 2}, {3, 3, 2, 1}, 2, {1, 2, 0, 1}},
      {{1, 2, 2, 1}, {3, 3, 1, 1}, 3, {4, 4, 4, 4}}, {{0, 4, 4, 1}, {3, 3, 1, 2}, 1, same},
      {{1, 4, 4, 0}, {3, 3, 0, 2}, 1, same},         {{1, 4, 4, 2}, {3, 3, 2, 0}, 1, same},
      {{1, 3, 3, 1}, {3, 3, 1, 1}, 1, valid}};
  for (const Case& c : cases) {
    const HostArray y =
        reference::conv2d(HostArray(c.images), HostArray(c.kernel), c.stride, c.padding);
    const std::string geometry = to_string(c.images) + " * " + to_string(c.kernel) + " stride " +
                                 std::to_string(c.stride) +
                                 (c.padding == same    ? " same"
                                  : c.padding == valid ? " valid"
                                                       : " padded");
    rows.push_back(
        {"conv2d",
         geometry,
         {any(c.images), any(c.kernel)},
         [c](const Tensors& x) { return conv2d(x[0], x[1], c.stride, c.padding); },
         [c](const Arrays& x) { return reference::conv2d(x[0], x[1], c.stride, c.padding); }});
    rows.push_back(
        {"conv2d_images",
         geometry,
         {any(y.shape), any(c.kernel)},
         [c](const Tensors& x) { return conv2d_images(x[0], x[1], c.images, c.stride, c.padding); },
         [c](const Arrays& x) {
           return reference::conv2d_images(x[0], x[1], c.images, c.stride, c.padding);
         }});
    rows.push_back(
        {"conv2d_kernel",
         geometry,
         {any(c.images), any(y.shape)},
         [c](const Tensors& x) { return conv2d_kernel(x[0], x[1], c.kernel, c.stride, c.padding); },
         [c](const Arrays& x) {
           return reference::conv2d_kernel(x[0], x[1], c.kernel, c.stride, c.padding);
         }});
  }
}

void pool_rows(Rows& rows) {
  struct Case {
    Shape images;
    std::int64_t window;
  };
  for (const Case& c : {Case{{2, 4, 6, 3}, 2}, Case{{1, 5, 7, 2}, 2}, Case{{1, 7, 6, 1}, 3},
                        Case{{1, 3, 2, 2}, 1}, Case{{0, 4, 4, 1}, 2}, Case{{1, 4, 4, 5}, 4}}) {
    const Shape pooled = reference::avg_pool2d(HostArray(c.images), c.window).shape;
    const std::string name = to_string(c.images) + " window " + std::to_string(c.window);
    rows.push_back({"avg_pool2d",
                    name,
                    {any(c.images)},
                    [w = c.window](const Tensors& x) { return avg_pool2d(x[0], w); },
                    [w = c.window](const Arrays& x) { return reference::avg_pool2d(x[0], w); }});
    rows.push_back(
        {"avg_unpool2d",
         name,
         {any(pooled)},
         [c](const Tensors& x) { return avg_unpool2d(x[0], c.images, c.window); },
         [c](const Arrays& x) { return reference::avg_unpool2d(x[0], c.images, c.window); }});
  }
}

void softmax_rows(Rows& rows) {
  struct Case {
    Shape shape;
    int axis;
  };
  for (const Case& c : {Case{{9}, 0}, Case{{3, 4}, 1}, Case{{3, 4}, 0}, Case{{2, 3, 2}, 1},
                        Case{{0, 4}, 1}, Case{{3, 1}, 1}}) {
    const std::string name = to_string(c.shape) + " axis " + std::to_string(c.axis);
    rows.push_back({"log_softmax",
                    name,
                    {any(c.shape)},
                    [c](const Tensors& x) { return log_softmax(x[0], c.axis - c.shape.rank()); },
                    [c](const Arrays& x) { return reference::log_softmax(x[0], c.axis); }});
    rows.push_back({"softmax",
                    name,
                    {any(c.shape)},
                    [c](const Tensors& x) { return softmax(x[0], c.axis); },
                    [c](const Arrays& x) {
                      return reference::map([](double v) { return std::exp(v); },
                                            reference::log_softmax(x[0], c.axis));
                    }});
  }
  // Any weights serve as targets: the op is linear in them.
  for (const Shape& shape : {Shape{1, 2}, Shape{5, 3}, Shape{3, 1}})
    rows.push_back({"softmax_cross_entropy",
                    to_string(shape),
                    {any(shape), positive(shape)},
                    [](const Tensors& x) { return softmax_cross_entropy(x[0], x[1]); },
                    [](const Arrays& x) { return reference::softmax_cross_entropy(x[0], x[1]); }});
}

// clang-format on

}  // namespace

void layer_op_rows(Rows& rows) {
  matmul_rows(rows);
  conv_rows(rows);
  pool_rows(rows);
  softmax_rows(rows);
}

}  // namespace gradus
