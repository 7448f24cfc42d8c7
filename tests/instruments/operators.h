#pragma once

#include <Eigen/Dense>
#include <cmath>
#include <functional>
#include <vector>

#include "autodiff/ops.h"
#include "nn/sharpness.h"
#include "nn/vectors.h"

/// Symmetric operators with known spectra, and the dense matrix of an unknown one.
namespace gradus {

/// A symmetric matrix with these eigenvalues in a random basis, as an operator on one (n) tensor.
inline LinearOperator planted(const std::vector<double>& eigenvalues, DType dtype = DType::f64) {
  const auto n = static_cast<Eigen::Index>(eigenvalues.size());
  const std::vector<double> normals =
      random_normal(Shape{n, n}, {.seed = 7}, 1.0, DType::f64).to_vector();
  const Eigen::MatrixXd q =
      Eigen::Map<const Eigen::MatrixXd>(normals.data(), n, n).householderQr().householderQ();
  const Eigen::Map<const Eigen::VectorXd> lambda(eigenvalues.data(), n);
  const Eigen::MatrixXd h = q * lambda.asDiagonal() * q.transpose();
  const Tensor matrix = from_host(std::vector<double>(h.data(), h.data() + n * n), {n, n}, dtype);
  return [matrix, n](const std::vector<Tensor>& v) -> std::vector<Tensor> {
    return {reshape(matmul(matrix, reshape(v[0], Shape{n, 1})), Shape{n})};
  };
}

/// The eigenvalues of H in ascending order, from its products with all unit vectors.
inline Eigen::VectorXd dense_eigenvalues(const LinearOperator& h, const std::vector<Tensor>& like) {
  std::vector<double> columns;
  for (std::size_t i = 0; i < like.size(); ++i)
    for (std::int64_t k = 0; k < like[i].size(); ++k) {
      std::vector<Tensor> unit;
      for (const Tensor& x : like) unit.push_back(full_like(x, 0.0));
      std::vector<double> entry(static_cast<std::size_t>(like[i].size()));
      entry[static_cast<std::size_t>(k)] = 1.0;
      unit[i] = from_host(entry, like[i].shape(), like[i].dtype());
      for (const Tensor& part : h(unit))
        for (double value : part.to_vector()) columns.push_back(value);
    }
  const auto n = static_cast<Eigen::Index>(std::sqrt(static_cast<double>(columns.size())) + 0.5);
  const Eigen::Map<const Eigen::MatrixXd> dense(columns.data(), n, n);
  return Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(dense).eigenvalues();
}

/// ||H v - lambda v||, computed afresh.
inline double residual_of(const LinearOperator& h, double lambda, const std::vector<Tensor>& v) {
  return norm(add_scaled(h(v), -lambda, v));
}

/// The same operator, counting its products in `count`.
inline LinearOperator counted(LinearOperator h, std::int64_t& count) {
  return [h = std::move(h), &count](const std::vector<Tensor>& v) {
    ++count;
    return h(v);
  };
}

}  // namespace gradus
