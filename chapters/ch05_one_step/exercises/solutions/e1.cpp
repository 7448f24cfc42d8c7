// Solution of exercise 5.1: the small matrix beside the Hessian.

#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/sharpness.h"
#include "nn/model.h"
#include "nn/vectors.h"

using namespace gradus;

/// The largest eigenvalue of that loss's Hessian over w, for the N rows of x.
double kernel_sharpness(const Model& net, const std::vector<Tensor>& w,
                        const Tensor& x) {
  // The Hessian is J^T J / (N K). If J^T J v = mu v, then J J^T (J v) = mu (J v).
  const Tensor f = net(w, x);
  const std::int64_t count = f.size();
  std::vector<std::vector<Tensor>> rows;  // of J
  for (std::int64_t i = 0; i < count; ++i)
    rows.push_back(grad(sum(slice(reshape(f, {count}), 0, i, i + 1)), w));

  std::vector<double> products;
  for (const auto& a : rows)
    for (const auto& b : rows)
      products.push_back(inner_product(a, b) / static_cast<double>(count));
  const Tensor k = from_host(products, {count, count}, DType::f64);
  const auto times_k = [&](const std::vector<Tensor>& v) {
    return std::vector{matmul(k, v[0])};
  };
  return sharpness(times_k, {zeros({count, 1}, DType::f64)},
                   {.tolerance = 1e-8})
      .lambda_max;
}
