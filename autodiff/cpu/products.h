#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cstdint>

#include "autodiff/cpu/provider.h"

namespace gradus {

template <class T>
using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// y = alpha a b, added to what y holds where `onto`; by Eigen on the calling thread.
template <class T, class A, class B, class Y>
void multiply(const A& a, const B& b, Y&& y, T alpha = 1, bool onto = false) {
  if (a.cols() <= longest_sum) {
    if (onto)
      y.noalias() += alpha * a * b;
    else if (alpha != 1)
      y.noalias() = alpha * a * b;
    else
      y.noalias() = a * b;
    return;
  }
  Matrix<T> term(a.rows(), b.cols());
  Matrix<double> total = Matrix<double>::Zero(a.rows(), b.cols());
  for (std::int64_t first = 0; first < a.cols(); first += longest_sum) {
    const std::int64_t terms = std::min<std::int64_t>(longest_sum, a.cols() - first);
    term.noalias() = a.middleCols(first, terms) * b.middleRows(first, terms);
    total += term.template cast<double>();
  }
  total *= static_cast<double>(alpha);
  if (onto) total += y.template cast<double>();
  y = total.template cast<T>();
}

}  // namespace gradus
