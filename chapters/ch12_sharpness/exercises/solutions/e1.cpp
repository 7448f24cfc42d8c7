// Solution of exercise 12.1: the matrix that Lanczos sees.

#include <vector>

#include "nn/instruments/sharpness.h"
#include "nn/vectors.h"

using namespace gradus;

struct Tridiagonal {
  std::vector<double> alpha;  // diagonal
  std::vector<double> beta;   // beside it: one fewer
};

/// T after `products` products with h, from the direction of `start`.
Tridiagonal tridiagonal(const LinearOperator& h,
                        const std::vector<Tensor>& start, int products) {
  Tridiagonal t;
  std::vector<std::vector<Tensor>> basis = {scaled(start, 1 / norm(start))};
  for (;;) {
    std::vector<Tensor> w = h(basis.back());
    t.alpha.push_back(inner_product(w, basis.back()));
    if (static_cast<int>(t.alpha.size()) == products) return t;
    // In exact arithmetic only the last two have a part in w; the second round is for rounding.
    for (int round = 0; round < 2; ++round)
      for (const std::vector<Tensor>& v : basis)
        w = add_scaled(w, -inner_product(w, v), v);
    t.beta.push_back(norm(w));
    basis.push_back(scaled(w, 1 / t.beta.back()));
  }
}
