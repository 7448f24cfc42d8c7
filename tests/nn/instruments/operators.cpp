#include "tests/nn/instruments/operators.h"

#include <Eigen/Eigenvalues>
#include <cmath>

#include "autodiff/ops.h"
#include "nn/vectors.h"

namespace gradus {
namespace {

using Matrix = Eigen::MatrixXd;
using Solver = Eigen::SelfAdjointEigenSolver<Matrix>;

Eigen::Map<const Matrix> square_matrix(const std::vector<double>& columns, Eigen::Index n) {
  return {columns.data(), n, n};
}

}  // namespace

std::vector<Tensor> vector_of(std::size_t n, DType dtype) {
  return {zeros({static_cast<std::int64_t>(n)}, dtype)};
}

LinearOperator diagonal(const std::vector<double>& eigenvalues, DType dtype) {
  const Tensor d = from_host(eigenvalues, {static_cast<std::int64_t>(eigenvalues.size())}, dtype);
  return [d](const std::vector<Tensor>& v) { return std::vector<Tensor>{d * v[0]}; };
}

LinearOperator planted(const std::vector<double>& eigenvalues, DType dtype) {
  const auto n = static_cast<Eigen::Index>(eigenvalues.size());
  const std::vector<double> normals =
      random_normal(Shape{n, n}, {.seed = 7}, 1.0, DType::f64).to_vector();
  const Matrix random = square_matrix(normals, n);
  const Matrix q = Solver(random + random.transpose()).eigenvectors();
  const Eigen::Map<const Eigen::VectorXd> lambda(eigenvalues.data(), n);
  const Matrix h = q * lambda.asDiagonal() * q.transpose();
  const Tensor entries = from_host(std::vector<double>(h.data(), h.data() + n * n), {n, n}, dtype);
  return [entries, n](const std::vector<Tensor>& v) -> std::vector<Tensor> {
    return {reshape(matmul(entries, reshape(v[0], Shape{n, 1})), Shape{n})};
  };
}

std::vector<double> dense_eigenvalues(const LinearOperator& h, const std::vector<Tensor>& like) {
  std::vector<double> columns;
  Eigen::Index n = 0;
  for (std::size_t i = 0; i < like.size(); ++i)
    for (std::int64_t k = 0; k < like[i].size(); ++k, ++n) {
      std::vector<Tensor> unit;
      for (const Tensor& x : like) unit.push_back(full_like(x, 0.0));
      std::vector<double> entry(static_cast<std::size_t>(like[i].size()));
      entry[static_cast<std::size_t>(k)] = 1.0;
      unit[i] = from_host(entry, like[i].shape(), like[i].dtype());
      for (const Tensor& part : h(unit))
        for (double value : part.to_vector()) columns.push_back(value);
    }
  const Solver solver(square_matrix(columns, n), Eigen::EigenvaluesOnly);
  return {solver.eigenvalues().begin(), solver.eigenvalues().end()};
}

double largest_singular_value(const Tensor& x, std::int64_t columns) {
  const std::vector<double> rows = x.to_vector();
  const Eigen::Map<const Matrix> transposed(rows.data(), columns, x.size() / columns);
  const Matrix gram = transposed * transposed.transpose();
  return std::sqrt(Solver(gram, Eigen::EigenvaluesOnly).eigenvalues().maxCoeff());
}

double residual_of(const LinearOperator& h, double lambda, const std::vector<Tensor>& v) {
  return norm(add_scaled(h(v), -lambda, v));
}

LinearOperator counted(LinearOperator h, std::int64_t& count) {
  return [h = std::move(h), &count](const std::vector<Tensor>& v) {
    ++count;
    return h(v);
  };
}

}  // namespace gradus
