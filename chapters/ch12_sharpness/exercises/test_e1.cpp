#include <algorithm>
#include <cmath>
#include <vector>

#include "autodiff/ops.h"
#include "nn/instruments/sharpness.h"
#include "tests/exercise.h"

using namespace gradus;

struct Tridiagonal {
  std::vector<double> alpha, beta;
};

Tridiagonal tridiagonal(const LinearOperator& h,
                        const std::vector<Tensor>& start, int products);

namespace {

LinearOperator diagonal(const Tensor& d) {
  return [d](const std::vector<Tensor>& v) {
    return std::vector<Tensor>{d * v[0]};
  };
}

// e_1 . T^power e_1
double moment(const Tridiagonal& t, int power) {
  std::vector<double> e(t.alpha.size());
  e[0] = 1;
  for (int i = 0; i < power; ++i) {
    std::vector<double> next(e.size());
    for (std::size_t j = 0; j < e.size(); ++j) {
      next[j] += t.alpha[j] * e[j];
      if (j > 0) next[j] += t.beta[j - 1] * e[j - 1];
      if (j + 1 < e.size()) next[j] += t.beta[j] * e[j + 1];
    }
    e = next;
  }
  return e[0];
}

}  // namespace

TEST_CASE("the two-by-two Hessian of the text") {
  const Tensor h = from_host({1, 3, 3, 4}, {2, 2}, DType::f64);
  const LinearOperator times = [&](const std::vector<Tensor>& v) {
    return std::vector<Tensor>{
        reshape(matmul(h, reshape(v[0], {2, 1})), {2})};
  };
  const Tridiagonal t =
      tridiagonal(times, {from_host({5, 0}, {2}, DType::f64)}, 2);
  REQUIRE(t.alpha.size() == 2);
  REQUIRE(t.beta.size() == 1);
  expect_near("alpha_1", t.alpha[0], 1, 1e-12,
              {{"v_1 has the length 1: divide start by its norm", 25.0}});
  expect_near("beta_1", t.beta[0], 3, 1e-12,
              {{"alpha_1 v_1 is not yet taken away", std::sqrt(10.0)},
               {"beta is the length of what is left, not its square", 9.0}});
  expect_near("alpha_2", t.alpha[1], 4, 1e-12);
}

TEST_CASE("k products: T has the first 2k - 1 moments of H") {
  const Tensor d = random_normal({40}, {1, 0}, 1.0, DType::f64);
  const Tensor start = random_normal({40}, {1, 1}, 1.0, DType::f64);
  const Tridiagonal t = tridiagonal(diagonal(d), {start}, 4);
  const double length = dot(start, start).item();
  Tensor v = start;
  for (int power = 0; power < 8; ++power) {
    const double expected = dot(start, v).item() / length;
    expect_near("v_1 . H^p v_1 for p = " + std::to_string(power),
                moment(t, power), expected,
                1e-9 * std::max(1.0, std::abs(expected)),
                {{"T is not that of the recurrence from v_2 on"}});
    v = d * v;
  }
}

TEST_CASE("all products: the trace of T and of T^2 are those of H") {
  // A far eigenvalue converges early; from then on rounding needs an answer.
  std::vector<double> eigenvalues = {100};
  for (int i = 0; i < 29; ++i) eigenvalues.push_back(i / 29.0);
  const Tensor d = from_host(eigenvalues, {30}, DType::f64);
  const Tridiagonal t = tridiagonal(
      diagonal(d), {random_normal({30}, {2, 0}, 1.0, DType::f64)}, 30);
  double trace = 0, of_square = 0;
  for (const double a : t.alpha) trace += a, of_square += a * a;
  for (const double b : t.beta) of_square += 2 * b * b;
  expect_near("trace of T", trace, sum(d).item(), 1e-9 * trace,
              {{"rounding: make each vector orthogonal to all before it"}});
  expect_near("trace of T^2", of_square, dot(d, d).item(), 1e-9 * of_square,
              {{"rounding: make each vector orthogonal to all before it"}});
}
