#include "nn/vectors.h"

#include <algorithm>
#include <cmath>

#include "autodiff/grad.h"
#include "autodiff/ops.h"

namespace gradus {

void check_same_shapes(const char* caller, const std::string& what,
                       const std::vector<Tensor>& expected, const std::vector<Tensor>& got) {
  check(got.size() == expected.size(), "[", caller, "] ", what, " has ", got.size(),
        " tensors for ", expected.size(), " parameters");
  for (std::size_t i = 0; i < got.size(); ++i)
    check(got[i].shape() == expected[i].shape(), "[", caller, "] ", what, " has shape ",
          got[i].shape(), " for parameter ", i, " of shape ", expected[i].shape());
}

double inner_product(const std::vector<Tensor>& a, const std::vector<Tensor>& b) {
  return inner_products(a, {b}).front();
}

std::vector<double> inner_products(const std::vector<Tensor>& a,
                                   const std::vector<std::vector<Tensor>>& list) {
  const NoGrad values_only;
  std::vector<Tensor> dots;
  for (const std::vector<Tensor>& b : list) {
    check_same_shapes("inner_product", "the second vector", a, b);
    for (std::size_t i = 0; i < a.size(); ++i) dots.push_back(dot(a[i], b[i]));
  }
  const std::vector<double> values = items(dots);
  std::vector<double> totals(list.size());
  for (std::size_t i = 0; i < values.size(); ++i) totals[i / a.size()] += values[i];
  return totals;
}

double norm(const std::vector<Tensor>& a) {
  const Scaled s(a);
  return std::ldexp(std::sqrt(s.squares), s.exponent);
}

std::vector<Tensor> scaled(const std::vector<Tensor>& a, double t) {
  const NoGrad values_only;
  std::vector<Tensor> result;
  for (const Tensor& x : a) result.push_back(scale(x, t));
  return result;
}

std::vector<Tensor> add_scaled(const std::vector<Tensor>& a, double t,
                               const std::vector<Tensor>& b) {
  check_same_shapes("add_scaled", "the second vector", a, b);
  const NoGrad values_only;
  std::vector<Tensor> result;
  for (std::size_t i = 0; i < a.size(); ++i) result.push_back(a[i] + t * b[i]);
  return result;
}

std::vector<Tensor> random_vector(const std::vector<Tensor>& like, Random random) {
  std::vector<Tensor> result;
  for (const Tensor& x : like) {
    result.push_back(random_normal(x.shape(), random, 1.0, x.dtype(), x.device()));
    ++random.stream;
  }
  return result;
}

Scaled::Scaled(const std::vector<Tensor>& a) : mantissa(a) {
  const NoGrad values_only;
  const bool f32 = !a.empty() && a[0].dtype() == DType::f32;
  squares = inner_product(a, a);
  if (squares > (f32 ? 1e-20 : 1e-200) && squares < (f32 ? 1e20 : 1e200)) return;
  std::vector<Tensor> maxima;
  for (const Tensor& x : a)
    if (x.size() > 0) maxima.push_back(max(abs(x)));
  double largest = 0;
  for (const double here : items(maxima))
    if (std::isnan(here) || here > largest) largest = here;  // a NaN stays
  if (largest == 0 || !std::isfinite(largest)) return;
  exponent = std::ilogb(largest);
  // In two steps, since 2^-exponent itself overflows where an entry is denormal.
  const int half = -exponent / 2;
  mantissa = scaled(scaled(a, std::ldexp(1.0, half)), std::ldexp(1.0, -exponent - half));
  squares = inner_product(mantissa, mantissa);
}

}  // namespace gradus
