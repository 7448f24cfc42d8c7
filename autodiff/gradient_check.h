#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "autodiff/tensor.h"

/// Whether gradients are right: compared with finite differences, in random directions.
namespace gradus {

/// A function from tensors to tensors, made of ops.
using Function = std::function<std::vector<Tensor>(const std::vector<Tensor>&)>;

/// How far the gradients of `f` are from finite differences at the f64 point x, order by order; f
/// must be smooth there, so stay off kinks and ties.
/// Order 1 compares <y_bar, J v> by central differences with <vjp(y_bar), v>, with a random
/// cotangent y_bar and a random direction v. Order k+1 is order 1 of the vjp of order k, as a
/// function of its point and its cotangents. Each number is relative to the larger of the two
/// products and 1; below 1e-8 they agree. JAX's check_grads is made like this.
std::vector<double> gradient_discrepancies(Function f, std::vector<Tensor> x, int orders,
                                           std::uint64_t seed = 0);

/// The directional derivative at 0 of a function of one number: central differences of two step
/// sizes, extrapolated, with an error of order step^4.
double derivative_at_zero(const std::function<double(double)>& f, double step = 1e-3);

/// x + t v for each pair, as new leaves.
std::vector<Tensor> moved(const std::vector<Tensor>& x, double t, const std::vector<Tensor>& v);
/// Uniform on [-1, 1), of the shapes of `like`.
std::vector<Tensor> random_like(const std::vector<Tensor>& like, std::uint64_t seed,
                                std::uint64_t stream);
/// <a, b> over all tensors, summed on the host.
double inner(const std::vector<Tensor>& a, const std::vector<Tensor>& b);

}  // namespace gradus
