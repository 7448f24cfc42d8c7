#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/sharpness.h"
#include "nn/vectors.h"

/// Chapter 12. Three ways to the largest eigenvalue of a matrix: elimination
/// where it is small, else power iteration and Lanczos, which see it through
/// its products only. nn/instruments/sharpness.h is the one to use.
namespace gradus {

using Params = std::vector<Tensor>;
using Values = std::vector<double>;
using Matrix = std::vector<Values>;

// [dense]
// All columns of H: its products with the unit vectors.
inline Matrix dense(const LinearOperator& h, const Params& like) {
  Matrix columns;
  for (std::size_t i = 0; i < like.size(); ++i)
    for (std::int64_t k = 0; k < like[i].size(); ++k) {
      Params unit = scaled(like, 0);
      Values entries = unit[i].to_vector();
      entries[static_cast<std::size_t>(k)] = 1;
      unit[i] = from_host(entries, like[i].shape(), DType::f64);
      Values& column = columns.emplace_back();
      for (const Tensor& part : h(unit))
        for (const double entry : part.to_vector()) column.push_back(entry);
    }
  return columns;
}

// The largest eigenvalue is where H - x becomes negative definite, so that
// elimination meets negative pivots only.
inline double largest_eigenvalue(const Matrix& h, double low, double high) {
  const auto definite = [&](double x) {
    Matrix a = h;
    for (std::size_t k = 0; k < a.size(); ++k) {
      a[k][k] -= x;
      if (!(a[k][k] < 0)) return false;
      for (std::size_t i = k + 1; i < a.size(); ++i)
        for (std::size_t j = k + 1; j < a.size(); ++j)
          a[i][j] -= a[i][k] / a[k][k] * a[k][j];
    }
    return true;
  };
  for (int bisection = 0; bisection < 60; ++bisection) {
    const double x = (low + high) / 2;
    (definite(x) ? high : low) = x;
  }
  return high;
}
// [dense]

// [power]
// What is known after each product: an eigenvalue, and ||H v - value v||.
struct Trace {
  Values value, residual;
};

inline Trace power(const LinearOperator& h, Params v, int products) {
  const NoGrad values_only;
  Trace trace;
  v = scaled(v, 1 / norm(v));
  for (int k = 0; k < products; ++k) {
    const Params w = h(v);
    trace.value.push_back(inner_product(v, w));
    trace.residual.push_back(norm(add_scaled(w, -trace.value.back(), v)));
    v = scaled(w, 1 / norm(w));
  }
  return trace;
}
// [power]

// [top]
// The largest eigenvalue x of T, between `low` and `high`, and the last entry
// of its eigenvector s. T has alpha on its diagonal and beta beside it.
struct Top {
  double x, last;
};

inline Top top_of(const Values& alpha, const Values& beta, double low,
                  double high) {
  double square = 0;  // of the length of s, if its last entry is 1
  const auto definite = [&](double x) {
    double pivot = x - alpha.back(), s = 1;
    square = 1;
    for (std::size_t j = alpha.size() - 1; j > 0 && pivot > 0; --j) {
      s *= pivot / beta[j - 1];
      square += s * s;
      pivot = x - alpha[j - 1] - beta[j - 1] * beta[j - 1] / pivot;
    }
    return pivot > 0;
  };
  for (int bisection = 0; bisection < 60; ++bisection) {
    const double x = (low + high) / 2;
    (definite(x) ? high : low) = x;
  }
  definite(high);
  return {high, 1 / std::sqrt(square)};
}
// [top]

// [lanczos]
inline Trace lanczos(const LinearOperator& h, Params v, int products) {
  const NoGrad values_only;
  Trace trace;
  Params previous;
  std::vector<Params> basis;
  Values alpha, beta;
  double bound = 0;  // of |T|: no eigenvalue lies outside
  v = scaled(v, 1 / norm(v));
  for (int k = 0; k < products; ++k) {
    Params w = h(v);
    alpha.push_back(inner_product(w, v));
    w = add_scaled(w, -alpha.back(), v);
    if (k > 0) w = add_scaled(w, -beta.back(), previous);
    basis.push_back(v);
    for (const Params& b : basis)  // what rounding has left
      w = add_scaled(w, -inner_product(w, b), b);
    const double next = norm(w);
    const double from = k > 0 ? beta.back() : 0;
    bound = std::max(bound, std::abs(alpha.back()) + from + next);
    const Top top = top_of(alpha, beta, -bound, bound);
    trace.value.push_back(top.x);
    trace.residual.push_back(next * top.last);
    beta.push_back(next);
    previous = v;
    v = scaled(w, 1 / next);
  }
  return trace;
}
// [lanczos]

}  // namespace gradus
