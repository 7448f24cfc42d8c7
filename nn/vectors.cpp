#include "nn/vectors.h"

#include <cmath>

#include "autodiff/grad.h"
#include "autodiff/ops.h"

namespace gradus {
namespace {

void check_same_count(const char* what, const std::vector<Tensor>& a,
                      const std::vector<Tensor>& b) {
  check(a.size() == b.size(), "[", what, "] one vector has ", a.size(), " tensors and the other ",
        b.size());
}

}  // namespace

double inner_product(const std::vector<Tensor>& a, const std::vector<Tensor>& b) {
  check_same_count("inner_product", a, b);
  const NoGrad values_only;
  double total = 0;
  for (std::size_t i = 0; i < a.size(); ++i) total += dot(a[i], b[i]).item();
  return total;
}

double norm(const std::vector<Tensor>& a) { return std::sqrt(inner_product(a, a)); }

std::vector<Tensor> scaled(const std::vector<Tensor>& a, double t) {
  const NoGrad values_only;
  std::vector<Tensor> result;
  for (const Tensor& x : a) result.push_back(scale(x, t));
  return result;
}

std::vector<Tensor> add_scaled(const std::vector<Tensor>& a, double t,
                               const std::vector<Tensor>& b) {
  check_same_count("add_scaled", a, b);
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

}  // namespace gradus
