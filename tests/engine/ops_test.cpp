// What holds for every row of the table of ops, and that every op has a row.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>
#include <string>

#include "autodiff/check.h"
#include "autodiff/grad.h"
#include "autodiff/gradient_check.h"
#include "tests/catch.h"
#include "tests/engine/op_rows.h"
#include "tests/engine/test_support.h"

namespace gradus {
namespace {

using Tensors = std::vector<Tensor>;
using reference::HostArray;

std::vector<Tensor> as_dtype(const Tensors& x, DType dtype) {
  Tensors result;
  for (const Tensor& t : x) result.push_back(from_host(t.to_vector(), t.shape(), dtype));
  return result;
}

std::vector<HostArray> as_host(const Tensors& x) { return {x.begin(), x.end()}; }

// The largest difference, relative to the largest entry of `b` (or 1, if that is larger).
double relative_difference(const std::vector<double>& a, const std::vector<double>& b) {
  double size = 1.0, difference = 0.0;
  for (std::size_t i = 0; i < b.size(); ++i) {
    if (std::isnan(a[i])) return a[i];  // the samples stay where every op is finite
    size = std::max(size, std::fabs(b[i]));
    difference = std::max(difference, std::fabs(a[i] - b[i]));
  }
  return difference / size;
}

TEST_CASE("every op: gradients agree with finite differences to third order") {
  for (const OpRow& row : op_rows()) {
    if (!row.differentiable) continue;
    INFO(row.name());
    const Function f = [&row](const Tensors& x) { return Tensors{row.apply(x)}; };
    for (double discrepancy : gradient_discrepancies(f, row.inputs, 3)) CHECK(discrepancy < 1e-8);
  }
}

TEST_CASE("every op: values agree with plain loops") {
  for (const OpRow& row : op_rows()) {
    INFO(row.name());
    const HostArray expected = row.reference(as_host(row.inputs));
    const Tensor y = row.apply(row.inputs);
    CHECK(y.dtype() == DType::f64);
    REQUIRE(y.shape() == expected.shape);
    CHECK(relative_difference(y.to_vector(), expected.values) < 1e-13);
  }
}

TEST_CASE("every op: f32 agrees with f64 in value and in gradient") {
  for (const OpRow& row : op_rows()) {
    INFO(row.name());
    const Tensors x32 = as_dtype(row.inputs, DType::f32), x64 = as_dtype(x32, DType::f64);
    const Tensor y32 = row.apply(x32), y64 = row.apply(x64);
    REQUIRE(y32.dtype() == DType::f32);
    REQUIRE(y32.shape() == y64.shape());
    CHECK(relative_difference(y32.to_vector(), y64.to_vector()) < 1e-5);
    if (!row.differentiable) continue;
    const Tensors y_bar32 = random_like({y32}, 5, 0), y_bar64 = as_dtype(y_bar32, DType::f64);
    const Tensors x_bar32 = vjp({y32}, y_bar32, x32, {.zeros = true});
    const Tensors x_bar64 = vjp({y64}, y_bar64, x64, {.zeros = true});
    for (std::size_t i = 0; i < x32.size(); ++i) {
      CHECK(x_bar32[i].dtype() == DType::f32);
      REQUIRE(x_bar32[i].shape() == x32[i].shape());
      CHECK(relative_difference(x_bar32[i].to_vector(), x_bar64[i].to_vector()) < 1e-5);
    }
  }
}

TEST_CASE("every op: a result repeats bit for bit and inputs keep their values") {
  for (const OpRow& row : op_rows()) {
    INFO(row.name());
    std::vector<std::vector<double>> before;
    for (const Tensor& x : row.inputs) before.push_back(x.to_vector());
    const std::vector<double> once = row.apply(row.inputs).to_vector();
    CHECK(row.apply(row.inputs).to_vector() == once);
    for (std::size_t i = 0; i < before.size(); ++i) CHECK(row.inputs[i].to_vector() == before[i]);
  }
}

TEST_CASE("every op: a handle that holds nothing is an error") {
  for (const OpRow& row : op_rows()) {
    INFO(row.name());
    for (std::size_t i = 0; i < row.inputs.size(); ++i) {
      Tensors x = row.inputs;
      x[i] = Tensor();
      CHECK(error_of([&] { row.apply(x); }) ==
            "[tensor] this handle holds nothing: it was default-constructed or moved from");
    }
  }
}

TEST_CASE("every op: operands of two dtypes are an error") {
  for (const OpRow& row : op_rows()) {
    if (row.inputs.size() < 2) continue;
    INFO(row.name());
    Tensors x = row.inputs;
    x[1] = as_dtype(x, DType::f32)[1];
    const std::string message = error_of([&] { row.apply(x); });
    CHECK_THAT(message, ContainsSubstring("; make both the same dtype"));
  }
}

TEST_CASE("an op without a gradient says so when asked for one") {
  for (const OpRow& row : op_rows()) {
    if (row.differentiable) continue;
    INFO(row.name());
    const Tensor y = sum(row.apply(row.inputs));
    const std::string message = error_of([&] { grad(y, row.inputs[0]); });
    CHECK_THAT(message, ContainsSubstring("[" + row.op + "]"));
    // Cut off, it is a constant.
    const Tensor cut = sum(stop_gradient(row.apply(row.inputs))) + sum(row.inputs[0]);
    CHECK(grad(cut, row.inputs[0]).to_vector() ==
          ones(row.inputs[0].shape(), DType::f64).to_vector());
  }
}

TEST_CASE("every op that ops.h declares has a row, and the other way round") {
  std::ifstream header(GRADUS_OPS_HEADER);
  REQUIRE(header);
  // A declaration starts its line; operators are inline compositions and start with `inline`.
  const std::string start = "Tensor ";
  std::set<std::string> declared;
  for (std::string line; std::getline(header, line);)
    if (line.rfind(start, 0) == 0)
      declared.insert(line.substr(start.size(), line.find('(') - start.size()));

  std::set<std::string> tested;
  for (const OpRow& row : op_rows()) tested.insert(row.op);
  CHECK(declared.size() > 40);
  for (const std::string& op : declared) {
    INFO(op);
    CHECK(tested.count(op) == 1);
  }
  for (const std::string& op : tested) {
    INFO(op);
    CHECK(declared.count(op) == 1);
  }
}

TEST_CASE("operators with numbers are the ops they stand for") {
  const Tensor x = from_host({1.0, 4.0}, {2}, DType::f64);
  const auto same = [](const Tensor& a, const std::vector<double>& b) {
    return a.to_vector() == b;
  };
  CHECK(same(x + x, {2, 8}));
  CHECK(same(x - 3.0 * x, {-2, -8}));
  CHECK(same(x * x, {1, 16}));
  CHECK(same(x / x, {1, 1}));
  CHECK(same(-x, {-1, -4}));
  CHECK(same(x + 2.0, {3, 6}));
  CHECK(same(2.0 + x, {3, 6}));
  CHECK(same(x - 2.0, {-1, 2}));
  CHECK(same(2.0 - x, {1, -2}));
  CHECK(same(x * 2.0, {2, 8}));
  CHECK(same(x / 2.0, {0.5, 2}));
  CHECK(same(2.0 / x, {2, 0.5}));
}

}  // namespace
}  // namespace gradus
