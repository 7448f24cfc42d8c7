// What the engine says to wrong calls: the op, then what is wrong.
#include <limits>

#include "autodiff/ops.h"
#include "tests/catch.h"
#include "tests/comma_locale.h"
#include "tests/engine/test_support.h"

namespace gradus {
namespace {

Tensor of(const Shape& shape) { return zeros(shape); }

// clang-format off: a call beside its sentence
TEST_CASE("errors of creation and access") {
  CHECK(error_of([] { zeros({2, -1}); }) == "[shape] (2,-1): a dimension is negative");
  CHECK(error_of([] { arange(-1); }) == "[shape] (-1): a dimension is negative");
  CHECK(error_of([] {
          from_host(std::vector<double>{1, 2, 3}, {2, 2});
        }) == "[from_host] 3 values do not fill shape (2,2), which has 4 elements");
  CHECK(error_of([] { random_uniform({2}, {}, 1.0, 0.0); }) ==
        "[random_uniform] low 1 is above high 0");
  CHECK(error_of([] { of({2}).item(); }) == "[item] a tensor of shape (2) has 2 elements, not one");
  CHECK(error_of([] { of({0}).item(); }) == "[item] a tensor of shape (0) has 0 elements, not one");
  CHECK(error_of([] { of({2}).dim(1); }) == "[dim] axis 1 of a tensor of rank 1 does not exist");
  CHECK(error_of([] { of({2}).values<double>(); }) == "[values] the tensor is f32, not f64");
}

TEST_CASE("texts do not depend on the global locale") {
  const CommaLocale comma;
  CHECK(to_string(from_host({1234.5, -0.25}, {2})) == "[1234.5, -0.25]  (2) f32");
  CHECK(error_of([] {
          matmul(of({1, 2345}), of({6789, 1}));
        }) == "[matmul] (1,2345) x (6789,1): inner dimensions 2345 and 6789 differ");
  CHECK(error_of([] { random_uniform({2}, {}, 1000.5, 0.0); }) ==
        "[random_uniform] low 1000.5 is above high 0");
}

TEST_CASE("errors of elementwise ops and broadcasting") {
  CHECK(error_of([] {
          of({2, 3}) + of({2});
        }) == "[add] (2,3) and (2): shapes do not broadcast, 3 and 2 differ");
  CHECK(error_of([] { divide(of({4}), of({3})); }) ==
        "[divide] (4) and (3): shapes do not broadcast, 4 and 3 differ");
  CHECK(error_of([] { maximum(of({4}), zeros({4}, DType::f64)); }) ==
        "[maximum] operands are f32 and f64; make both the same dtype");
  CHECK(error_of([] { dot(of({4}), zeros({4}, DType::f64)); }) ==
        "[dot] operands are f32 and f64; make both the same dtype");
  CHECK(error_of([] {
          softmax_cross_entropy(of({2, 3}), zeros({2, 3}, DType::f64));
        }) == "[softmax_cross_entropy] operands are f32 and f64; make both the same dtype");
  CHECK(error_of([] {
          broadcast_to(of({2, 3}), {2, 4});
        }) == "[broadcast_to] (2,3) and (2,4): shapes do not broadcast, 3 and 4 differ");
  CHECK(error_of([] {
          broadcast_to(of({2, 3}), {3});
        }) == "[broadcast_to] (2,3) does not broadcast to (3)");
  CHECK(error_of([] {
          sum_to(of({2, 3}), {2});
        }) == "[sum_to] (2) and (2,3): shapes do not broadcast, 2 and 3 differ");
  CHECK(error_of([] { sum_to(of({3}), {2, 3}); }) == "[sum_to] (2,3) does not broadcast to (3)");
}

TEST_CASE("errors of reductions") {
  CHECK(error_of([] {
          sum(of({2, 3}), {2});
        }) == "[sum] axis 2 of a tensor of rank 2 does not exist");
  CHECK(error_of([] { sum(of({2, 3}), {0, -2}); }) == "[sum] an axis is named twice");
  CHECK(error_of([] { max(of({0})); }) == "[max] no entries to compare in shape (0)");
  CHECK(error_of([] { max(of({2, 0}), {1}); }) == "[max] no entries to compare in shape (2,0)");
  CHECK(error_of([] { argmax(of({2, 0})); }) == "[argmax] axis 1 of shape (2,0) is empty");
  CHECK(error_of([] { argmax(scalar(1)); }) ==
        "[argmax] axis -1 of a tensor of rank 0 does not exist");
  CHECK(error_of([] { logsumexp(of({}), {0}); }) ==
        "[logsumexp] axis 0 of a tensor of rank 0 does not exist");
  CHECK(error_of([] { dot(of({2}), of({1})); }) == "[dot] (2) and (1): shapes differ");
}

TEST_CASE("errors of ops that move entries") {
  using Dims = std::vector<std::int64_t>;
  CHECK(error_of([] {
          reshape(of({2, 3}), Dims{4});
        }) == "[reshape] (2,3) has 6 elements, (4) has 4");
  CHECK(error_of([] {
          reshape(of({2, 3}), Dims{4, -1});
        }) ==
        "[reshape] (2,3) has 6 elements, which the other dimensions, 4 in all, do not divide");
  CHECK(error_of([] {
          reshape(of({2, 3}), Dims{-2, 3});
        }) == "[shape] (-2,3): a dimension is negative");
  CHECK(error_of([] {
          reshape(of({0, 3}), Dims{0, -1});
        }) ==
        "[reshape] (0,3) has 0 elements, which the other dimensions, 0 in all, do not divide");
  CHECK(error_of([] {
          transpose(of({2, 3}), {0});
        }) == "[transpose] the order names 1 axes of a tensor of rank 2");
  CHECK(error_of([] { transpose(of({2, 3}), {0, 0}); }) == "[transpose] an axis is named twice");
  CHECK(error_of([] {
          transpose(of({2, 3}), {0, 2});
        }) == "[transpose] axis 2 of a tensor of rank 2 does not exist");
  CHECK(error_of([] {
          slice(of({2, 3}), 1, 2, 4);
        }) == "[slice] entries 2 to 4 of an axis of length 3");
  CHECK(error_of([] {
          slice(of({2, 3}), 1, 2, 1);
        }) == "[slice] entries 2 to 1 of an axis of length 3");
  CHECK(error_of([] {
          slice(of({2, 3}), 1, -1, 1);
        }) == "[slice] entries -1 to 1 of an axis of length 3");
  CHECK(error_of([] {
          slice(of({2, 3}), 2, 0, 1);
        }) == "[slice] axis 2 of a tensor of rank 2 does not exist");
  CHECK(error_of([] {
          pad(of({2, 3}), 0, -1, 1);
        }) == "[pad] -1 zeros before and 1 after: both must be between 0 and 2^60");
  CHECK(error_of([] {
          gather_rows(of({2, 3}), {0, 2});
        }) == "[gather_rows] row 2 of 2 does not exist");
  CHECK(error_of([] {
          gather_rows(of({2, 3}), {-1});
        }) == "[gather_rows] row -1 of 2 does not exist");
  CHECK(error_of([] { gather_rows(scalar(1), {0}); }) == "[gather_rows] a scalar has no rows");
  CHECK(error_of([] {
          scatter_rows(of({2, 3}), {0}, 4);
        }) == "[scatter_rows] 1 row numbers for shape (2,3)");
  CHECK(error_of([] {
          scatter_rows(of({2, 3}), {0, 4}, 4);
        }) == "[scatter_rows] row 4 of 4 does not exist");
  CHECK(error_of([] {
          scatter_rows(of({2, 3}), {0, 1}, -1);
        }) == "[scatter_rows] -1 rows: the number may not be negative");
  CHECK(error_of([] { scatter_rows(scalar(1), {}, 1); }) ==
        "[scatter_rows] 0 row numbers for shape ()");
}

TEST_CASE("errors of matmul") {
  CHECK(error_of([] {
          matmul(of({3, 4}), of({5, 2}));
        }) == "[matmul] (3,4) x (5,2): inner dimensions 4 and 5 differ");
  CHECK(error_of([] {
          matmul(of({4, 3}), of({4, 2}), false, true);
        }) == "[matmul] (4,3) x (4,2)^T: inner dimensions 3 and 2 differ");
  CHECK(error_of([] {
          matmul(of({4, 3}), of({5, 2}), true, true);
        }) == "[matmul] (4,3)^T x (5,2)^T: inner dimensions 4 and 2 differ");
  CHECK(error_of([] {
          matmul(of({4}), of({4, 2}));
        }) == "[matmul] (4) x (4,2): both operands need rank 2");
  CHECK(error_of([] {
          matmul(of({2, 3, 4}), of({4, 2}));
        }) == "[matmul] (2,3,4) x (4,2): both operands need rank 2");
}

TEST_CASE("errors of convolution and pooling") {
  const auto conv = [](const Shape& images, const Shape& kernel, std::int64_t stride = 1,
                       const Padding& padding = Padding::Same()) {
    return error_of([&] { conv2d(of(images), of(kernel), stride, padding); });
  };
  CHECK(conv({4, 4, 1}, {3, 3, 1, 1}) ==
        "[conv2d] images (4,4,1) and kernel (3,3,1,1) need rank 4: (batch, height, width, "
        "channels) and (height, width, channels, filters)");
  CHECK(conv({1, 4, 4, 1}, {3, 3, 1}) ==
        "[conv2d] images (1,4,4,1) and kernel (3,3,1) need rank 4: (batch, height, width, "
        "channels) and (height, width, channels, filters)");
  CHECK(conv({1, 4, 4, 2}, {3, 3, 1, 1}) ==
        "[conv2d] images (1,4,4,2) have 2 channels, the kernel (3,3,1,1) expects 1");
  CHECK(conv({1, 4, 4, 1}, {3, 3, 1, 1}, 0) == "[conv2d] stride 0 is not in 1..2^30");
  CHECK(conv({1, 4, 4, 1}, {3, 3, 1, 1}, -1) == "[conv2d] stride -1 is not in 1..2^30");
  CHECK(conv({1, 4, 4, 1}, {3, 3, 1, 1}, 1, {-2, 0, 0, 0}) ==
        "[conv2d] padding of -2, 0, 0, 0 is not in 0..2^30");
  CHECK(conv({1, 4, 4, 1}, {3, 3, 1, 1}, 1, {-1, 0, 0, 0}) ==
        "[conv2d] padding of -1, 0, 0, 0 is not in 0..2^30");
  constexpr std::int64_t huge = std::numeric_limits<std::int64_t>::max();
  CHECK(conv({1, 4, 4, 1}, {3, 3, 1, 1}, huge) ==
        "[conv2d] stride 9223372036854775807 is not in 1..2^30");
  CHECK(conv({1, 4, 4, 1}, {3, 3, 1, 1}, 1, {huge, huge, 0, 0}) ==
        "[conv2d] padding of 9223372036854775807, 9223372036854775807, 0, 0 is not in 0..2^30");
  CHECK(error_of([] { pad(of({4}), 0, huge, huge); }) ==
        "[pad] 9223372036854775807 zeros before and 9223372036854775807 after: both must be "
        "between 0 and 2^60");
  CHECK(conv({1, 4, 4, 1}, {0, 3, 1, 1}) == "[conv2d] kernel (0,3,1,1) has no pixels");
  CHECK(error_of([] {
          conv2d_images(of({1, 4, 4, 1}), of({3, 3, 1, 1}), {1, 5, 4, 1});
        }) == "[conv2d_images] the cotangent has shape (1,4,4,1), the convolution gives (1,5,4,1)");
  CHECK(error_of([] {
          conv2d_images(of({1, 4, 4, 1}), of({3, 3, 1, 1}), {4, 4});
        }) ==
        "[conv2d_images] images (4,4) and kernel (3,3,1,1) need rank 4: (batch, height, width, "
        "channels) and (height, width, channels, filters)");
  CHECK(error_of([] {
          conv2d_kernel(of({1, 4, 4, 1}), of({1, 4, 4, 2}), {3, 3, 1, 1});
        }) == "[conv2d_kernel] the cotangent has shape (1,4,4,2), the convolution gives (1,4,4,1)");
  CHECK(error_of([] {
          conv2d_kernel(of({1, 4, 4, 1}), of({1, 4, 4, 2}), {3, 3, 2, 2});
        }) == "[conv2d_kernel] images (1,4,4,1) have 1 channels, the kernel (3,3,2,2) expects 2");
  CHECK(error_of([] {
          avg_pool2d(of({4, 4}), 2);
        }) == "[avg_pool2d] images (4,4) need rank 4: (batch, height, width, channels)");
  CHECK(error_of([] {
          avg_pool2d(of({1, 4, 4, 1}), 0);
        }) == "[avg_pool2d] window 0 is not in 1..2^30");
  CHECK(error_of([] {
          avg_unpool2d(of({1, 2, 2, 1}), {1, 6, 4, 1}, 2);
        }) == "[avg_unpool2d] the cotangent has shape (1,2,2,1), pooling gives (1,3,2,1)");
}

TEST_CASE("errors of softmax") {
  CHECK(error_of([] {
          softmax_cross_entropy(of({2, 3}), of({2}));
        }) ==
        "[softmax_cross_entropy] logits (2,3) and targets (2) need one shape (batch, classes)");
  CHECK(error_of([] { softmax_cross_entropy(of({3}), of({3})); }) ==
        "[softmax_cross_entropy] logits (3) and targets (3) need one shape (batch, classes)");
}

// clang-format on

}  // namespace
}  // namespace gradus
