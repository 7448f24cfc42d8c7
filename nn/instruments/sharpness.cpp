#include "nn/instruments/sharpness.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "autodiff/check.h"
#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "data/random_streams.h"
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

double smallest(const Vector& like) {
  return like[0].dtype() == DType::f64 ? std::numeric_limits<double>::denorm_min()
                                       : std::numeric_limits<float>::denorm_min();
}

// a / t, where 1 / t might overflow.
Vector over(const Vector& a, double t) {
  const NoGrad values_only;
  Vector result;
  for (const Tensor& x : a) result.push_back(divide_by(x, t));
  return result;
}

// H v over a power of two, so that what follows stays within the dtype for an H of any scale.
Scaled product(const LinearOperator& h, const Vector& v) {
  const Vector w = h(v);
  check_same_shapes("sharpness", "H v", v, w);
  return Scaled(w);
}

// As random as normal numbers, for half of their cost, which beside a product counts.
Vector uniform_vector(const Vector& like, Random random) {
  Vector result;
  for (const Tensor& x : like) {
    result.push_back(random_uniform(x.shape(), random, -1, 1, x.dtype(), x.device()));
    ++random.stream;
  }
  return result;
}

Vector start_vector(const Vector& like, const EigenOptions& options) {
  check(dimension(like) > 0, "[sharpness] there are no parameters");
  check(options.max_products > 0, "[sharpness] max_products is ", options.max_products,
        "; at least one product is needed");
  if (options.start.empty()) {
    const Vector v = random_vector(like, {options.seed, instrument_stream::start_vector});
    return over(v, norm(v));
  }
  check_same_shapes("sharpness", "the start vector", like, options.start);
  const Scaled start(options.start);
  const double length = norm(start.mantissa);
  check(length > 0 && std::isfinite(length), "[sharpness] the start vector has norm ", length,
        "; it must be positive and finite");
  const Vector unit = over(start.mantissa, length);
  if (options.start_noise == 0) return unit;
  const Vector noise = uniform_vector(like, {options.seed, instrument_stream::start_vector});
  const Vector mixed = add_scaled(unit, options.start_noise / norm(noise), noise);
  return over(mixed, norm(mixed));
}

// What a search returns that met a product that is not finite.
std::string not_finite(std::int64_t products, const Vector& like) {
  return "[sharpness] product " + std::to_string(products) +
         " with H holds a NaN or an infinity; is the loss finite at these parameters, and H " +
         "within the range of " + to_string(like[0].dtype()) + '?';
}

// The Krylov space of v_1: orthonormal V = (v_1 ... v_k) with the tridiagonal T = V^T H V, where
//   H v_j = beta_{j-1} v_{j-1} + alpha_j v_j + beta_j v_{j+1}.
// If T s = theta s, then y = V s has H y - theta y = beta_k s_k v_{k+1}: the residual is known
// without another product.
class Krylov {
 public:
  Krylov(LinearOperator h, const Vector& start, std::uint64_t seed)
      : h_(std::move(h)), next_(start), seed_(seed), dimension_(dimension(start)) {}

  // One more product. What the three-term recurrence leaves is orthogonal to the whole basis in
  // exact arithmetic; in floating point every eigenvalue that converges spoils that, hence once
  // more against all, and twice where little is left.
  void grow() {
    basis_.push_back(std::move(next_));
    const Scaled product = gradus::product(h_, basis_.back());
    Vector w = product.mantissa;
    const double alpha = inner_product(w, basis_.back());
    const double before = size() > 1 ? std::ldexp(beta_.back(), -product.exponent) : 0;
    w = add_scaled(w, -alpha, basis_.back());
    if (size() > 1) w = add_scaled(w, -before, basis_[basis_.size() - 2]);
    orthogonalise(w);
    double length = norm(w);
    if (length < 0.1 * std::max(std::fabs(alpha), before)) {
      orthogonalise(w);
      length = norm(w);
    }
    alpha_.push_back(std::ldexp(alpha, product.exponent));
    beta_.push_back(std::ldexp(length, product.exponent));
    scale_ = std::max({scale_, std::fabs(alpha_.back()), beta_.back()});
    if (complete()) beta_.back() = 0;
    if (complete()) return;
    // An invariant space, up to rounding: every eigenvalue of T is one of H. The rest of H is
    // reached by a new direction that T does not couple to this space.
    const bool invariant = beta_.back() <= 2 * rounding();
    if (invariant) beta_.back() = 0;
    next_ = invariant ? new_direction() : over(w, length);
  }

  // T is solved over a power of two, for the sake of squares.
  void solve() {
    exponent_ = scale_ > 0 ? std::ilogb(scale_) : 0;
    const auto k = static_cast<Eigen::Index>(size());
    Eigen::VectorXd diagonal(k), below(k - 1);
    for (Eigen::Index j = 0; j < k; ++j) {
      diagonal(j) = std::ldexp(alpha_[static_cast<std::size_t>(j)], -exponent_);
      if (j < k - 1) below(j) = std::ldexp(beta_[static_cast<std::size_t>(j)], -exponent_);
    }
    solver_.computeFromTridiagonal(diagonal, below);
  }

  // Of the last `solve`: the i-th largest eigenvalue, i from 0.
  double value(std::int64_t i) const {
    return std::ldexp(solver_.eigenvalues()(column(i)), exponent_);
  }
  double residual(std::int64_t i) const {
    return beta_.back() * std::fabs(solver_.eigenvectors()(column(0), column(i)));
  }
  Vector vector(std::int64_t i) const {
    Vector y = scaled(basis_[0], solver_.eigenvectors()(0, column(i)));
    for (std::size_t j = 1; j < basis_.size(); ++j)
      y = add_scaled(y, solver_.eigenvectors()(static_cast<Eigen::Index>(j), column(i)), basis_[j]);
    return over(y, norm(y));
  }

  const Vector& start() const { return basis_[0]; }
  std::int64_t size() const { return static_cast<std::int64_t>(basis_.size()); }
  bool complete() const { return size() == dimension_; }
  bool finite() const { return std::isfinite(alpha_.back()) && std::isfinite(beta_.back()); }
  /// Below this a number of the size of H's entries is rounding.
  double rounding() const {
    return scale_ > 0 ? std::max(epsilon(basis_[0]) * scale_, smallest(basis_[0])) : 0;
  }

 private:
  // Eigen sorts in ascending order: the i-th largest is the i-th from the end. T's last row too is
  // number size() - 1.
  Eigen::Index column(std::int64_t i) const { return static_cast<Eigen::Index>(size() - 1 - i); }

  // Gram and Schmidt's way in its classical form: what is taken off is small, so all of it may be
  // measured on w as it comes, and a device is waited for once.
  void orthogonalise(Vector& w) const {
    const std::vector<double> along = inner_products(w, basis_);
    for (std::size_t j = 0; j < basis_.size(); ++j) w = add_scaled(w, -along[j], basis_[j]);
  }

  Vector new_direction() const {
    const std::uint64_t stream =
        instrument_stream::new_direction + basis_.size() * basis_[0].size();
    Vector w = random_vector(basis_[0], {seed_, stream});
    orthogonalise(w);
    orthogonalise(w);  // a second time, for a space that is nearly full
    return over(w, norm(w));
  }

  LinearOperator h_;
  std::vector<Vector> basis_;
  Vector next_;
  std::vector<double> alpha_, beta_;  // T: diagonal, and below it
  double scale_ = 0;                  // a lower bound of ||H||, from the entries of T
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver_;
  int exponent_ = 0;  // the solver has T over this power of two
  std::uint64_t seed_;
  std::int64_t dimension_;
};

}  // namespace

double Sharpness::relative_residual() const {
  return residual == 0 ? 0 : residual / std::fabs(lambda_max);
}

struct EigenSearch::State {
  Krylov krylov;
  std::int64_t count;
  EigenOptions options;
  bool ended = false;

  bool done() {
    if (krylov.size() < count) return false;
    krylov.solve();
    if (krylov.complete() || krylov.size() == options.max_products) return true;
    // No eigenvalue of T is above all of H's.
    if (krylov.value(0) - krylov.rounding() > options.enough) return true;
    for (std::int64_t i = 0; i < count; ++i) {
      const double bound = options.tolerance * std::fabs(krylov.value(i)) + krylov.rounding();
      if (krylov.residual(i) > bound) return false;
    }
    return true;
  }
};

EigenSearch::EigenSearch(LinearOperator hessian, const Vector& like, std::int64_t count,
                         const EigenOptions& options) {
  const NoGrad values_only;
  state_ = std::make_shared<State>(
      State{Krylov(std::move(hessian), start_vector(like, options), options.seed), count, options});
  check(count > 0 && count <= dimension(like), "[sharpness] ", count,
        " eigenvalues are asked for, but the operator has ", dimension(like));
  check(count <= options.max_products, "[sharpness] ", count,
        " eigenvalues need at least as many products; max_products is ", options.max_products);
}

bool EigenSearch::step() {
  const NoGrad values_only;
  if (state_->ended) return false;
  state_->krylov.grow();
  state_->ended = !state_->krylov.finite() || state_->done();
  return !state_->ended;
}

Spectrum EigenSearch::found() const {
  const NoGrad values_only;
  const Krylov& krylov = state_->krylov;
  check(state_->ended || krylov.size() >= state_->count, "[sharpness] ", state_->count,
        " eigenvalues are known from as many products on; call step() first");
  Spectrum result;
  result.products = krylov.size();
  if (!krylov.finite()) {
    const auto places = static_cast<std::size_t>(state_->count);
    return {std::vector(places, nan), std::vector(places, nan), std::vector(places, krylov.start()),
            krylov.size(), not_finite(krylov.size(), krylov.start())};
  }
  for (std::int64_t i = 0; i < state_->count; ++i) {
    result.eigenvalues.push_back(krylov.value(i));
    // Rounding adds to what the recurrence knows, as do couplings too small to follow.
    result.residuals.push_back(krylov.residual(i) + 10 * krylov.rounding());
    result.eigenvectors.push_back(krylov.vector(i));
  }
  return result;
}

Spectrum top_eigenvalues(const LinearOperator& hessian, const Vector& like, std::int64_t count,
                         const EigenOptions& options) {
  EigenSearch search(hessian, like, count, options);
  while (search.step()) continue;
  return search.found();
}

Sharpness sharpness(const LinearOperator& hessian, const Vector& like,
                    const EigenOptions& options) {
  Spectrum top = top_eigenvalues(hessian, like, 1, options);
  return {top.eigenvalues[0], top.residuals[0], top.products, std::move(top.eigenvectors[0]),
          std::move(top.problem)};
}

Sharpness power_iteration(const LinearOperator& hessian, const Vector& like,
                          const EigenOptions& options) {
  const NoGrad values_only;
  Sharpness result;
  result.eigenvector = start_vector(like, options);
  for (;;) {
    const Scaled w = product(hessian, result.eigenvector);
    ++result.products;
    const double lambda = inner_product(result.eigenvector, w.mantissa);
    const double residual = norm(add_scaled(w.mantissa, -lambda, result.eigenvector));
    if (!std::isfinite(residual))
      return {nan, nan, result.products, result.eigenvector, not_finite(result.products, like)};
    result.lambda_max = std::ldexp(lambda, w.exponent);
    result.residual = std::ldexp(residual, w.exponent);
    const bool met = residual <= options.tolerance * std::fabs(lambda);
    if (met || result.products == options.max_products) return result;
    result.eigenvector = over(w.mantissa, std::sqrt(w.squares));
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
    const Vector w = hessian(times_root(v));
    check_same_shapes("sharpness", "H v", v, w);
    return times_root(w);
  };
}

}  // namespace gradus
