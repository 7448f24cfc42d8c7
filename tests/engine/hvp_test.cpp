// Hessian-vector products of a small network, against its dense Hessian.
#include <algorithm>
#include <cmath>

#include "autodiff/grad.h"
#include "autodiff/gradient_check.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "tests/catch.h"
#include "tests/engine/test_support.h"

namespace gradus {
namespace {

using Tensors = std::vector<Tensor>;

constexpr std::int64_t examples = 41;  // a prime: chunks never come out even

// 7 -> 12 -> 7 -> 2 with biases: 96 + 91 + 16 = 203 parameters.
struct Net {
  Tensor inputs = random_normal({examples, 7}, {21, 0}, 1.0, DType::f64);
  Tensor targets = random_normal({examples, 2}, {21, 1}, 1.0, DType::f64);
  Tensors params;
  Net() {
    const std::vector<std::int64_t> widths = {7, 12, 7, 2};
    for (std::size_t layer = 0; layer + 1 < widths.size(); ++layer) {
      params.push_back(
          random_normal({widths[layer], widths[layer + 1]}, {22, 2 * layer}, 0.4, DType::f64));
      params.push_back(random_normal({widths[layer + 1]}, {22, 2 * layer + 1}, 0.1, DType::f64));
    }
  }

  Tensor loss(const Tensors& p, std::int64_t begin, std::int64_t end) const {
    Tensor h = slice(inputs, 0, begin, end);
    h = tanh(matmul(h, p[0]) + p[1]);
    h = sigmoid(matmul(h, p[2]) + p[3]);
    const Tensor f = matmul(h, p[4]) + p[5];
    return mean(square(f - slice(targets, 0, begin, end)));
  }
  Tensor loss(const Tensors& p) const { return loss(p, 0, examples); }
  Hvp::Loss by_example() const {
    return [this](const Tensors& p, std::int64_t begin, std::int64_t end) {
      return loss(p, begin, end);
    };
  }
};

std::vector<double> flat(const Tensors& tensors) {
  std::vector<double> result;
  for (const Tensor& t : tensors) {
    const std::vector<double> values = t.to_vector();
    result.insert(result.end(), values.begin(), values.end());
  }
  return result;
}

Tensors unit(const Tensors& like, std::size_t at) {
  Tensors result;
  for (const Tensor& t : like) {
    std::vector<double> values(static_cast<std::size_t>(t.size()), 0.0);
    if (at < values.size()) values[at] = 1.0;
    at -= values.size();  // wraps around to a number no later tensor reaches
    result.push_back(from_host(values, t.shape(), DType::f64));
  }
  return result;
}

double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
  REQUIRE(a.size() == b.size());
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    REQUIRE(std::isfinite(a[i]));
    largest = std::max(largest, std::fabs(a[i] - b[i]));
  }
  return largest;
}

TEST_CASE("Hvp gives the columns of the dense Hessian, which is symmetric") {
  const Net net;
  Hvp hvp(net.loss(net.params), net.params);
  const std::size_t n = flat(net.params).size();
  REQUIRE(n == 203);
  std::vector<std::vector<double>> dense;
  for (std::size_t i = 0; i < n; ++i) dense.push_back(flat(hvp(unit(net.params, i))));
  CHECK(hvp.products() == static_cast<std::int64_t>(n));

  double largest = 0, asymmetry = 0, error = 0;
  for (std::size_t i = 0; i < n; ++i) {
    // Column i once more, from gradients at w + h e_i and w - h e_i, extrapolated.
    const auto gradient_at = [&](double h) {
      const Tensors w = moved(net.params, h, unit(net.params, i));
      return flat(grad(net.loss(w), w));
    };
    const double h = 1e-3;
    const auto far_up = gradient_at(h), far_down = gradient_at(-h);
    const auto up = gradient_at(h / 2), down = gradient_at(-h / 2);
    for (std::size_t j = 0; j < n; ++j) {
      const double column = (4 * (up[j] - down[j]) / h - (far_up[j] - far_down[j]) / (2 * h)) / 3;
      largest = std::max(largest, std::fabs(dense[i][j]));
      asymmetry = std::max(asymmetry, std::fabs(dense[i][j] - dense[j][i]));
      error = std::max(error, std::fabs(dense[i][j] - column));
    }
  }
  CHECK(largest > 0.1);
  CHECK(asymmetry < 1e-15);
  CHECK(error < 1e-10);
}

TEST_CASE("Hvp: v . H u = u . H v, and H is linear") {
  const Net net;
  Hvp hvp(net.loss(net.params), net.params);
  const Tensors u = random_like(net.params, 31, 0), v = random_like(net.params, 32, 0);
  CHECK(inner(v, hvp(u)) == Approx(inner(u, hvp(v))).epsilon(1e-13));
  Tensors combined;
  for (std::size_t i = 0; i < u.size(); ++i) combined.push_back(2.0 * u[i] - v[i]);
  const auto hu = flat(hvp(u)), hv = flat(hvp(v)), hc = flat(hvp(combined));
  for (std::size_t i = 0; i < hu.size(); ++i) CHECK(std::fabs(hc[i] - (2 * hu[i] - hv[i])) < 1e-14);
}

TEST_CASE("Hvp in chunks gives what the kept graph gives") {
  const Net net;
  Hvp kept(net.by_example(), net.params, examples);
  CHECK(kept.graph_kept());
  CHECK(kept.chunk() == examples);
  const Tensors v = random_like(net.params, 33, 0);
  const auto hv = flat(kept(v)), gradient = flat(kept.gradient());
  CHECK(hv == flat(Hvp(net.loss(net.params), net.params)(v)));
  CHECK(gradient == flat(grad(net.loss(net.params), net.params)));

  // A graph of the whole set takes some 80 kB: budgets for several chunks down to one example each.
  for (std::int64_t budget : {60000, 40000, 1}) {
    INFO("budget " << budget);
    Hvp chunked(net.by_example(), net.params, examples, {.budget_bytes = budget});
    CHECK_FALSE(chunked.graph_kept());
    CHECK(chunked.chunk() >= 1);
    CHECK(chunked.chunk() < examples);
    if (budget == 1) CHECK(chunked.chunk() == 1);
    CHECK(largest_difference(flat(chunked(v)), hv) < 1e-14);
    CHECK(largest_difference(flat(chunked.gradient()), gradient) < 1e-14);
    CHECK(largest_difference(flat(chunked(v)), hv) < 1e-14);
    CHECK(chunked.products() == 2);
  }
}

TEST_CASE("Hvp's chunks cover the examples and differ by one at most") {
  const Net net;
  std::vector<std::int64_t> ends, sizes;
  const Hvp::Loss noted = [&](const Tensors& p, std::int64_t begin, std::int64_t end) {
    ends.push_back(end);
    sizes.push_back(end - begin);
    return net.loss(p, begin, end);
  };
  for (std::int64_t budget = 4000; budget <= 60000; budget += 2000) {
    Hvp chunked(noted, net.params, examples, {.budget_bytes = budget});
    ends.clear();  // the constructor has tried how much fits
    sizes.clear();
    chunked(net.params);
    REQUIRE(sizes.size() > 1);
    for (std::size_t i = 1; i < sizes.size(); ++i) CHECK(ends[i] - sizes[i] == ends[i - 1]);
    CHECK(ends[0] == sizes[0]);
    CHECK(ends.back() == examples);
    const auto [least, most] = std::minmax_element(sizes.begin(), sizes.end());
    CHECK(*most - *least <= 1);
    CHECK(*most <= chunked.chunk());
  }
}

TEST_CASE("Hvp in chunks stays within its budget") {
  const Net net;
  const std::int64_t budget = 40000;
  Hvp chunked(net.by_example(), net.params, examples, {.budget_bytes = budget});
  REQUIRE_FALSE(chunked.graph_kept());
  // The graph of a chunk's gradient, which is what the budget bounds.
  const std::int64_t before = memory_stats().live_bytes;
  const auto graph = grad(net.loss(net.params, 0, chunked.chunk()), net.params, {.record = true});
  CHECK(memory_stats().live_bytes - before <= budget);
}

TEST_CASE("Hvp works under NoGrad and leaves the recording mode alone") {
  const Net net;
  const Tensors v = random_like(net.params, 34, 0);
  const auto expected = flat(Hvp(net.by_example(), net.params, examples)(v));
  const NoGrad values_only;
  Hvp kept(net.by_example(), net.params, examples);
  Hvp chunked(net.by_example(), net.params, examples, {.budget_bytes = 1});
  CHECK(flat(kept(v)) == expected);
  CHECK(largest_difference(flat(chunked(v)), expected) < 1e-14);
  CHECK_FALSE(recording());
}

TEST_CASE("a linear parameter has a zero block, one that does not enter is an error") {
  const Tensor w = scalar(2, DType::f64), b = scalar(1, DType::f64);
  Hvp hvp(square(w) + b, {w, b});
  const auto hv = hvp({scalar(1, DType::f64), scalar(1, DType::f64)});
  CHECK(hv[0].item() == 2);
  CHECK(hv[1].item() == 0);
  CHECK(error_of([&] { Hvp(square(w), {w, b}); }) != "(no error)");
}

TEST_CASE("wrong uses of Hvp are errors") {
  const Net net;
  CHECK(error_of([&] { Hvp(net.by_example(), net.params, 0); }) ==
        "[hvp] the measuring set is empty");
  CHECK(error_of([&] { Hvp(net.by_example(), net.params, -3); }) ==
        "[hvp] the measuring set is empty");
  CHECK(error_of([&] { Hvp(square(net.params[0]), net.params); }) != "(no error)");
  Hvp hvp(net.by_example(), net.params, examples);
  CHECK(error_of([&] { hvp({}); }) != "(no error)");
  CHECK(error_of([&] { hvp({net.params[0]}); }) ==
        "[hvp] the vector has 1 tensors for 6 parameters");
  Tensors wrong = net.params;
  wrong[1] = net.params[0];
  CHECK(error_of([&] { hvp(wrong); }) ==
        "[hvp] the vector has shape (7,12) for parameter 1 of shape (12)");
  Tensors nothing(net.params.size());
  CHECK(error_of([&] { hvp(nothing); }) != "(no error)");
  CHECK(error_of([&] { Hvp(net.by_example(), {}, examples); }) != "(no error)");
}

}  // namespace
}  // namespace gradus
