// Tensors: shapes, creation, access from the host, and printing.
#include "autodiff/tensor.h"

#include <limits>
#include <sstream>

#include "autodiff/ops.h"
#include "tests/catch.h"
#include "tests/engine/test_support.h"

namespace gradus {
namespace {

using Values = std::vector<double>;

TEST_CASE("shapes") {
  CHECK(Shape{}.rank() == 0);
  CHECK(Shape{}.size() == 1);
  CHECK(Shape{2, 3, 4}.size() == 24);
  CHECK(Shape{2, 0, 4}.size() == 0);
  CHECK(Shape{2, 3, 4}[1] == 3);
  CHECK(Shape{2, 3, 4}.span(1, 3) == 12);
  CHECK(Shape{2, 3, 4}.span(1, 1) == 1);
  CHECK(Shape{2, 3} == Shape{2, 3});
  CHECK_FALSE(Shape{2, 3} == Shape{3, 2});
  CHECK_FALSE(Shape{1} == Shape{});
  CHECK(to_string(Shape{}) == "()");
  CHECK(to_string(Shape{5}) == "(5)");
  CHECK(to_string(Shape{2, 0, 4}) == "(2,0,4)");
  // Zeros make a shape empty, however large the others are.
  const std::int64_t huge = std::int64_t{1} << 62;
  CHECK(Shape{huge, huge, 0}.size() == 0);
}

TEST_CASE("shapes broadcast by NumPy's rule") {
  CHECK(broadcast_shape("op", {3, 1}, {4}) == Shape{3, 4});
  CHECK(broadcast_shape("op", {}, {2, 3}) == Shape{2, 3});
  CHECK(broadcast_shape("op", {0}, {1}) == Shape{0});
  CHECK(broadcast_shape("op", {5, 1, 3}, {1, 4, 1}) == Shape{5, 4, 3});
  CHECK(error_of([] { broadcast_shape("op", {3}, {4}); }) ==
        "[op] (3) and (4): shapes do not broadcast, 3 and 4 differ");
  CHECK(error_of([] {
          broadcast_shape("op", {0, 2}, {3, 2});
        }) == "[op] (0,2) and (3,2): shapes do not broadcast, 0 and 3 differ");
}

TEST_CASE("axes are made non-negative and sorted") {
  CHECK(normalise_axes("op", {}, 3) == Axes{0, 1, 2});
  CHECK(normalise_axes("op", {-1, 0}, 3) == Axes{0, 2});
  CHECK(normalise_axes("op", {}, 0).empty());
  CHECK(error_of([] { normalise_axes("op", {3}, 3); }) ==
        "[op] axis 3 of a tensor of rank 3 does not exist");
  CHECK(error_of([] { normalise_axes("op", {-4}, 3); }) ==
        "[op] axis -4 of a tensor of rank 3 does not exist");
  CHECK(error_of([] { normalise_axes("op", {0}, 0); }) ==
        "[op] axis 0 of a tensor of rank 0 does not exist");
  CHECK(error_of([] { normalise_axes("op", {1, -2}, 3); }) == "[op] an axis is named twice");
}

TEST_CASE("tensors are created with the values asked for") {
  CHECK(zeros({2, 2}).to_vector() == Values{0, 0, 0, 0});
  CHECK(ones({3}).to_vector() == Values{1, 1, 1});
  CHECK(full({2}, -2.5).to_vector() == Values{-2.5, -2.5});
  CHECK(arange(4).to_vector() == Values{0, 1, 2, 3});
  CHECK(arange(0).to_vector().empty());
  CHECK(scalar(7).shape() == Shape{});
  CHECK(scalar(7).item() == 7);
  CHECK(zeros({0, 3}).size() == 0);
  CHECK(zeros({0, 3}).to_vector().empty());
  CHECK(zeros({1, 1, 1, 1, 1, 1, 1, 2}).rank() == 8);

  // f32 unless said otherwise; like another tensor where said
  CHECK(zeros({1}).dtype() == DType::f32);
  CHECK(zeros({1}, DType::f64).dtype() == DType::f64);
  const Tensor like = full_like(zeros({2, 1}, DType::f64), 3);
  CHECK(like.dtype() == DType::f64);
  CHECK(like.shape() == Shape{2, 1});
  CHECK(like.to_vector() == Values{3, 3});
  CHECK(like.device() == Device::cpu);
}

TEST_CASE("values from the host are rounded to the dtype") {
  CHECK(from_host(Values{0.1}, {1}, DType::f64).item() == 0.1);
  CHECK(from_host(Values{0.1}, {1}, DType::f32).item() == static_cast<double>(0.1f));
  const std::vector<float> narrow = {0.1f, 2};
  CHECK(from_host(narrow, {2}, DType::f64).to_vector() == Values{static_cast<double>(0.1f), 2});
  CHECK(from_host(Values{1, 2, 3, 4}, {2, 2}).shape() == Shape{2, 2});
  CHECK(from_host(Values{}, {0, 5}).size() == 0);
  CHECK(from_host({}, {0}).size() == 0);
  CHECK(from_host({1, 2.5}, {2}).to_vector() == Values{1, 2.5});
}

TEST_CASE("access from the host") {
  const Tensor x = from_host(Values{1, 2, 3, 4, 5, 6}, {2, 3});
  CHECK(x.rank() == 2);
  CHECK(x.size() == 6);
  CHECK(x.dim(0) == 2);
  CHECK(x.dim(-1) == 3);
  CHECK(x.values<float>().size() == 6);
  CHECK(x.values<float>()[5] == 6.0f);
  // NOLINTNEXTLINE(performance-unnecessary-copy-initialization): a handle to the same value
  const Tensor copy = x;
  CHECK(copy.values<float>().data() == x.values<float>().data());
  CHECK(reshape(x, Shape{6}).values<float>().data() == x.values<float>().data());
}

TEST_CASE("scalars are read together, in their order") {
  CHECK(items({}).empty());
  for (const DType dtype : {DType::f32, DType::f64})
    CHECK(items({scalar(3, dtype), full({1, 1}, -2, dtype), scalar(0.1, dtype)}) ==
          Values{3, -2, scalar(0.1, dtype).item()});
  CHECK_THAT(error_of([] {
               items({scalar(1), zeros({2})});
             }),
             ContainsSubstring("[items] a tensor is (2)"));
  CHECK_THAT(error_of([] {
               items({scalar(1), scalar(1, DType::f64)});
             }),
             ContainsSubstring("the first is a scalar f32"));
}

TEST_CASE("a handle that holds nothing answers with errors") {
  const Tensor nothing;
  CHECK_FALSE(bool(nothing));
  CHECK(bool(scalar(0)));
  const std::string expected =
      "[tensor] this handle holds nothing: it was default-constructed or moved from";
  CHECK(error_of([&] { nothing.shape(); }) == expected);
  CHECK(error_of([&] { nothing.rank(); }) == expected);
  CHECK(error_of([&] { nothing.size(); }) == expected);
  CHECK(error_of([&] { nothing.dim(0); }) == expected);
  CHECK(error_of([&] { nothing.dtype(); }) == expected);
  CHECK(error_of([&] { nothing.device(); }) == expected);
  CHECK(error_of([&] { nothing.item(); }) == expected);
  CHECK(error_of([&] { nothing.to_vector(); }) == expected);
  CHECK(error_of([&] { nothing.values<float>(); }) == expected);
  CHECK(error_of([&] { full_like(nothing, 1); }) == expected);
  CHECK(to_string(nothing) == "Tensor()");
  Tensor moved_from = scalar(1);
  const Tensor target = std::move(moved_from);
  CHECK(target.item() == 1);
  // NOLINTNEXTLINE(bugprone-use-after-move): that it says so
  CHECK(error_of([&] { moved_from.item(); }) == expected);
}

TEST_CASE("tensors print readably") {
  CHECK(to_string(scalar(1.5)) == "1.5  () f32");
  CHECK(to_string(from_host(Values{1, -2.25, 1e-9}, {3}, DType::f64)) ==
        "[1, -2.25, 1e-09]  (3) f64");
  CHECK(to_string(from_host(Values{1, 2, 3, 4}, {2, 2})) ==
        "[[1, 2],\n"
        " [3, 4]]  (2,2) f32");
  CHECK(to_string(arange(20)) == "[0, 1, 2, ..., 17, 18, 19]  (20) f32");
  CHECK(to_string(zeros({2, 0})) == "[]  (2,0) f32");
  const double inf = std::numeric_limits<double>::infinity();
  CHECK(to_string(from_host(Values{inf, -inf}, {2})) == "[inf, -inf]  (2) f32");
  std::ostringstream out;
  out << arange(2);
  CHECK(out.str() == "[0, 1]  (2) f32");
}

}  // namespace
}  // namespace gradus
