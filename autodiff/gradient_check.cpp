#include "autodiff/gradient_check.h"

#include <algorithm>
#include <cmath>

#include "autodiff/check.h"
#include "autodiff/grad.h"

namespace gradus {
namespace {

using Tensors = std::vector<Tensor>;

// The vjp of f, as a function of f's inputs followed by the cotangents of its outputs.
Function vjp_of(const Function& f, std::size_t inputs) {
  return [f, inputs](const Tensors& x_and_y_bar) {
    const auto split = x_and_y_bar.begin() + static_cast<std::ptrdiff_t>(inputs);
    const Tensors x(x_and_y_bar.begin(), split), y_bar(split, x_and_y_bar.end());
    // Zeros where f does not depend on an input, as a linear f's vjp does not on x: the comparison
    // with finite differences tells whether they are true.
    return vjp(f(x), y_bar, x, {.record = true, .zeros = true});
  };
}

}  // namespace

double derivative_at_zero(const std::function<double(double)>& f, double step) {
  const auto central = [&](double h) { return (f(h) - f(-h)) / (2 * h); };
  return (4 * central(step / 2) - central(step)) / 3;
}

std::vector<Tensor> moved(const std::vector<Tensor>& x, double t, const std::vector<Tensor>& v) {
  Tensors result;
  for (std::size_t i = 0; i < x.size(); ++i) {
    std::vector<double> values = x[i].to_vector();
    const std::vector<double> direction = v[i].to_vector();
    for (std::size_t j = 0; j < values.size(); ++j) values[j] += t * direction[j];
    result.push_back(from_host(values, x[i].shape(), x[i].dtype(), x[i].device()));
  }
  return result;
}

std::vector<Tensor> random_like(const std::vector<Tensor>& like, std::uint64_t seed,
                                std::uint64_t stream) {
  Tensors result;
  for (const Tensor& x : like)
    result.push_back(random_uniform(x.shape(), {seed, stream++}, -1.0, 1.0, x.dtype(), x.device()));
  return result;
}

double inner(const std::vector<Tensor>& a, const std::vector<Tensor>& b) {
  double total = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::vector<double> left = a[i].to_vector(), right = b[i].to_vector();
    check(left.size() == right.size(), "[inner] tensors ", i, " have shapes ", a[i].shape(),
          " and ", b[i].shape(), "; they need as many elements");
    for (std::size_t j = 0; j < left.size(); ++j) total += left[j] * right[j];
  }
  return total;
}

std::vector<double> gradient_discrepancies(Function f, std::vector<Tensor> x, int orders,
                                           std::uint64_t seed) {
  for (const Tensor& t : x)
    check(t.dtype() == DType::f64, "[gradient_check] a point is ", t.dtype(),
          ", whose rounding hides a wrong gradient; use f64");
  std::vector<double> result;
  for (int order = 1; order <= orders; ++order) {
    const auto stream = static_cast<std::uint64_t>(order) << 32;
    const Tensors y_bar = random_like(f(x), seed, stream);
    const Tensors v = random_like(x, seed, stream + (std::uint64_t{1} << 16));

    const double numeric =
        derivative_at_zero([&](double t) { return inner(y_bar, f(moved(x, t, v))); });
    const Function next = vjp_of(f, x.size());
    Tensors x_and_y_bar = x;
    x_and_y_bar.insert(x_and_y_bar.end(), y_bar.begin(), y_bar.end());
    const double analytic = inner(next(x_and_y_bar), v);

    const double size = std::max({1.0, std::fabs(numeric), std::fabs(analytic)});
    result.push_back(std::fabs(numeric - analytic) / size);
    f = next;
    x = std::move(x_and_y_bar);
  }
  return result;
}

}  // namespace gradus
