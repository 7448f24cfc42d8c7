#include "nn/instruments/sharpness.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "autodiff/check.h"
#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/streams.h"
#include "nn/vectors.h"

namespace gradus {
namespace {

using Vector = std::vector<Tensor>;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::int64_t dimension(const Vector& like) {
  std::int64_t total = 0;
  for (const Tensor& x : like) total += x.size();
  return total;
}

double epsilon(const Vector& like) {
  return like[0].dtype() == DType::f64 ? std::numeric_limits<double>::epsilon()
                                       : std::numeric_limits<float>::epsilon();
}

Vector start_vector(const Vector& like, const EigenOptions& options) {
  check(dimension(like) > 0, "[sharpness] there are no parameters");
  check(options.max_products > 0, "[sharpness] max_products is ", options.max_products,
        "; at least one product is needed");
  const bool warm = !options.start.empty();
  check(!warm || options.start.size() == like.size(), "[sharpness] the start vector has ",
        options.start.size(), " tensors for ", like.size(), " parameters");
  const Vector v =
      warm ? options.start : random_vector(like, {options.seed, instrument_stream::start_vector});
  const double length = norm(v);
  check(length > 0 && std::isfinite(length), "[sharpness] the start vector has norm ", length,
        "; it must be positive and finite");
  return scaled(v, 1 / length);
}

// The Krylov space of v_1: orthonormal V = (v_1 ... v_k) with the tridiagonal T = V^T H V, where
//   H v_j = beta_{j-1} v_{j-1} + alpha_j v_j + beta_j v_{j+1}.
// If T s = theta s, then y = V s has H y - theta y = beta_k s_k v_{k+1}: the residual is known
// without another product.
class Krylov {
 public:
  Krylov(const LinearOperator& h, const Vector& start, std::uint64_t seed)
      : h_(h), next_(start), seed_(seed), dimension_(dimension(start)) {}

  // One more product. What the three-term recurrence leaves is orthogonal to the whole basis in
  // exact arithmetic; in floating point every eigenvalue that converges spoils that, hence once
  // more against all.
  void grow() {
    basis_.push_back(std::move(next_));
    Vector w = h_(basis_.back());
    alpha_.push_back(inner_product(w, basis_.back()));
    w = add_scaled(w, -alpha_.back(), basis_.back());
    if (size() > 1) w = add_scaled(w, -beta_.back(), basis_[basis_.size() - 2]);
    orthogonalise(w);
    const double length = norm(w);
    scale_ = std::max({scale_, std::fabs(alpha_.back()), length});
    // An invariant space: every eigenvalue of T is one of H. The rest of H is reached by a new
    // direction that T does not couple to this space.
    const bool invariant = length <= 100 * epsilon(w) * scale_ || size() == dimension_;
    beta_.push_back(invariant ? 0.0 : length);
    if (size() == dimension_) return;
    next_ = invariant ? new_direction() : scaled(w, 1 / length);
  }

  void solve() {
    const auto k = static_cast<Eigen::Index>(size());
    const Eigen::Map<const Eigen::VectorXd> diagonal(alpha_.data(), k), below(beta_.data(), k - 1);
    solver_.computeFromTridiagonal(diagonal, below);
  }

  // Of the last `solve`: the i-th largest eigenvalue, i from 0.
  double value(std::int64_t i) const { return solver_.eigenvalues()(column(i)); }
  double residual(std::int64_t i) const {
    return beta_.back() * std::fabs(solver_.eigenvectors()(column(0), column(i)));
  }
  Vector vector(std::int64_t i) const {
    Vector y = scaled(basis_[0], solver_.eigenvectors()(0, column(i)));
    for (std::size_t j = 1; j < basis_.size(); ++j)
      y = add_scaled(y, solver_.eigenvectors()(static_cast<Eigen::Index>(j), column(i)), basis_[j]);
    return scaled(y, 1 / norm(y));
  }

  std::int64_t size() const { return static_cast<std::int64_t>(basis_.size()); }
  bool complete() const { return size() == dimension_; }
  bool finite() const { return std::isfinite(alpha_.back()) && std::isfinite(beta_.back()); }
  /// What rounding leaves of a residual.
  double rounding() const { return 10 * epsilon(basis_[0]) * scale_; }

 private:
  // Eigen sorts in ascending order: the i-th largest is the i-th from the end. T's last row too is
  // number size() - 1.
  Eigen::Index column(std::int64_t i) const { return static_cast<Eigen::Index>(size() - 1 - i); }

  void orthogonalise(Vector& w) const {
    for (const Vector& v : basis_) w = add_scaled(w, -inner_product(w, v), v);
  }

  Vector new_direction() const {
    const std::uint64_t stream =
        instrument_stream::new_direction + basis_.size() * basis_[0].size();
    Vector w = random_vector(basis_[0], {seed_, stream});
    orthogonalise(w);
    orthogonalise(w);  // a second time, for a space that is nearly full
    return scaled(w, 1 / norm(w));
  }

  const LinearOperator& h_;
  std::vector<Vector> basis_;
  Vector next_;
  std::vector<double> alpha_, beta_;  // T: diagonal, and below it
  double scale_ = 0;                  // a lower bound of ||H||, from the entries of T
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver_;
  std::uint64_t seed_;
  std::int64_t dimension_;
};

}  // namespace

double Sharpness::relative_residual() const {
  return residual == 0 ? 0 : residual / std::fabs(lambda_max);
}

Spectrum top_eigenvalues(const LinearOperator& hessian, const Vector& like, std::int64_t count,
                         const EigenOptions& options) {
  const NoGrad values_only;
  Krylov krylov(hessian, start_vector(like, options), options.seed);
  check(count > 0 && count <= dimension(like), "[sharpness] ", count,
        " eigenvalues are asked for, but the operator has ", dimension(like));
  check(count <= options.max_products, "[sharpness] ", count,
        " eigenvalues need at least as many products; max_products is ", options.max_products);

  const auto done = [&] {
    if (krylov.size() < count) return false;
    krylov.solve();
    if (krylov.complete() || krylov.size() == options.max_products) return true;
    for (std::int64_t i = 0; i < count; ++i) {
      const double bound = options.tolerance * std::fabs(krylov.value(i)) + krylov.rounding();
      if (krylov.residual(i) > bound) return false;
    }
    return true;
  };
  const auto places = static_cast<std::size_t>(count);
  do {
    krylov.grow();
    if (!krylov.finite())
      return {std::vector(places, nan), std::vector(places, nan),
              std::vector(places, start_vector(like, options)), krylov.size()};
  } while (!done());

  Spectrum result;
  result.products = krylov.size();
  for (std::int64_t i = 0; i < count; ++i) {
    result.eigenvalues.push_back(krylov.value(i));
    result.residuals.push_back(krylov.residual(i));
    result.eigenvectors.push_back(krylov.vector(i));
  }
  return result;
}

Sharpness sharpness(const LinearOperator& hessian, const Vector& like,
                    const EigenOptions& options) {
  Spectrum top = top_eigenvalues(hessian, like, 1, options);
  return {top.eigenvalues[0], top.residuals[0], top.products, std::move(top.eigenvectors[0])};
}

Sharpness power_iteration(const LinearOperator& hessian, const Vector& like,
                          const EigenOptions& options) {
  const NoGrad values_only;
  Sharpness result;
  result.eigenvector = start_vector(like, options);
  for (;;) {
    const Vector w = hessian(result.eigenvector);
    ++result.products;
    result.lambda_max = inner_product(result.eigenvector, w);
    result.residual = norm(add_scaled(w, -result.lambda_max, result.eigenvector));
    // Written so that a NaN stops, too.
    const bool go_on = result.residual > options.tolerance * std::fabs(result.lambda_max);
    if (!go_on || result.products == options.max_products) return result;
    result.eigenvector = scaled(w, 1 / norm(w));
  }
}

LinearOperator preconditioned(LinearOperator hessian, const std::vector<double>& factors) {
  std::vector<double> roots;
  for (double d : factors) {
    check(d >= 0, "[sharpness] a learning-rate factor is ", d, "; it must not be negative");
    roots.push_back(std::sqrt(d));
  }
  return [hessian = std::move(hessian), roots](const Vector& v) {
    check(v.size() == roots.size(), "[sharpness] ", roots.size(), " factors for ", v.size(),
          " parameters");
    const NoGrad values_only;
    const auto times_root = [&](const Vector& u) {
      Vector result;
      for (std::size_t i = 0; i < u.size(); ++i) result.push_back(scale(u[i], roots[i]));
      return result;
    };
    return times_root(hessian(times_root(v)));
  };
}

}  // namespace gradus
