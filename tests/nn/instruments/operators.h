#pragma once

#include <cstdint>
#include <vector>

#include "nn/instruments/sharpness.h"

/// Symmetric operators with known spectra, and spectra of unknown ones by dense linear algebra.
namespace gradus {

/// One tensor of n zeros: the space of operators like these.
std::vector<Tensor> vector_of(std::size_t n, DType dtype = DType::f64);

/// The diagonal matrix of these eigenvalues, as an operator on one (n) tensor.
LinearOperator diagonal(const std::vector<double>& eigenvalues, DType dtype = DType::f64);

/// A symmetric matrix with these eigenvalues in a random basis, as an operator on one (n) tensor.
LinearOperator planted(const std::vector<double>& eigenvalues, DType dtype = DType::f64);

/// The eigenvalues of H in ascending order, from its products with all unit vectors.
std::vector<double> dense_eigenvalues(const LinearOperator& h, const std::vector<Tensor>& like);

/// The largest singular value of x, read as a matrix of this many columns.
double largest_singular_value(const Tensor& x, std::int64_t columns);

/// ||H v - lambda v||, computed afresh.
double residual_of(const LinearOperator& h, double lambda, const std::vector<Tensor>& v);

/// The same operator, counting its products in `count`.
LinearOperator counted(LinearOperator h, std::int64_t& count);

}  // namespace gradus
