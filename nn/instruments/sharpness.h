#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "autodiff/tensor.h"

/// The largest eigenvalues of a symmetric operator on parameter space that is known by its products
/// only: above all of the Hessian, whose products an Hvp gives (pass `std::ref(hvp)`, so that its
/// count of products stays with it).
namespace gradus {

/// v -> H v with H symmetric; v and H v have one tensor per parameter, of its shape.
using LinearOperator = std::function<std::vector<Tensor>(const std::vector<Tensor>&)>;

struct EigenOptions {
  /// Stop when ||H v - lambda v|| <= tolerance * |lambda| (v of norm 1).
  double tolerance = 1e-3;
  /// Lanczos: stop as soon as the largest eigenvalue is known to be above this.
  double enough = std::numeric_limits<double>::infinity();
  /// Stop after so many products. Lanczos keeps one vector per product.
  std::int64_t max_products = 100;
  /// Warm start: the eigenvector found a step ago, say. Random where it is empty.
  std::vector<Tensor> start = {};
  /// Length of the random vector that is added to a warm start of length 1. Without it a start that
  /// nearly is an eigenvector comes back as the top, however much larger another eigenvalue is. A
  /// tenth took 0 to 8% more products along ten steps of a net of 134,000 parameters (2.6 where a
  /// random start needs 9), and to draw it the time of one over 128 examples.
  double start_noise = 0.1;
  std::uint64_t seed = 0;  ///< of the random start, and of the noise
};

/// The largest eigenvalue. `residual` is ||H v - lambda v|| with v = `eigenvector`, of norm 1: some
/// eigenvalue of H lies within it of lambda_max. Whether the tolerance was met can be read off it.
/// Lanczos adds what rounding may hide, 10 eps ||H||.
struct Sharpness {
  double lambda_max = 0;
  double residual = 0;
  std::int64_t products = 0;  ///< that were computed for it
  std::vector<Tensor> eigenvector;
  std::string problem = {};  ///< a sentence where there is no answer: both numbers are NaN then

  double relative_residual() const;
};

/// The largest algebraic eigenvalue, by the method of Lanczos (1950) with full reorthogonalisation.
/// `like` gives the shapes: the parameters. H may have any scale that the dtype holds. NaN, and the
/// problem said, where a product is not finite.
Sharpness sharpness(const LinearOperator& hessian, const std::vector<Tensor>& like,
                    const EigenOptions& options = {});

/// The eigenvalue of largest *magnitude*, by power iteration v <- H v / ||H v||: it may be
/// negative, and it converges slowly where several are about as large. Kept to compare with what
/// others report; `sharpness` needs far fewer products.
Sharpness power_iteration(const LinearOperator& hessian, const std::vector<Tensor>& like,
                          const EigenOptions& options = {});

/// The largest eigenvalues in descending order, each with its residual and eigenvector.
struct Spectrum {
  std::vector<double> eigenvalues;
  std::vector<double> residuals;
  std::vector<std::vector<Tensor>> eigenvectors;
  std::int64_t products = 0;
  std::string problem = {};
};

/// The `count` largest algebraic eigenvalues, by Lanczos. From one start vector it sees one copy of
/// a multiple eigenvalue; the whole spectrum (count = number of parameters) has all copies.
Spectrum top_eigenvalues(const LinearOperator& hessian, const std::vector<Tensor>& like,
                         std::int64_t count, const EigenOptions& options = {});

/// The search of both, product by product, for those who have something to do in between. Until it
/// ends, what is found are lower bounds. Copies share the search.
class EigenSearch {
 public:
  EigenSearch(LinearOperator hessian, const std::vector<Tensor>& like, std::int64_t count,
              const EigenOptions& options = {});
  /// One more product with H; whether another is needed. At the end nothing, and false.
  bool step();
  /// What is known by now, from `count` products on; before that it throws.
  Spectrum found() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// D^1/2 H D^1/2 with D = factors[i] on all entries of parameter i. With the learning-rate factors
/// of a parametrisation it is the curvature that its SGD sees: stable while lr * lambda_max < 2.
LinearOperator preconditioned(LinearOperator hessian, const std::vector<double>& factors);

}  // namespace gradus
