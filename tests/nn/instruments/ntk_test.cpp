// Shares of the tangent kernel against an explicit Jacobian.
#include "nn/instruments/ntk.h"

#include <cmath>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/models.h"
#include "tests/catch.h"
#include "tests/engine/test_support.h"

namespace gradus {
namespace {

using Tensors = std::vector<Tensor>;

struct Net {
  Model model = fcn({.in = 4, .width = 7, .depth = 3, .out = 2, .activation = Activation::tanh});
  Tensors w = init(model, 3, DType::f64);
  Tensor x = random_normal({5, 4}, {.seed = 3, .stream = 50}, 1.0, DType::f64);
};

// |J_l|_F^2 by central differences: the derivative of all outputs in one weight after the other.
std::vector<double> jacobian_traces(const Net& net) {
  const NoGrad values_only;
  std::vector<double> traces;
  for (std::size_t l = 0; l < net.w.size(); ++l) {
    double trace = 0;
    for (std::int64_t k = 0; k < net.w[l].size(); ++k) {
      const auto outputs = [&](double h) {
        std::vector<double> values = net.w[l].to_vector();
        values[static_cast<std::size_t>(k)] += h;
        Tensors moved = net.w;
        moved[l] = from_host(values, net.w[l].shape(), DType::f64);
        return net.model(moved, net.x);
      };
      const Tensor column = (outputs(1e-4) - outputs(-1e-4)) / 2e-4;
      trace += dot(column, column).item();
    }
    traces.push_back(trace);
  }
  return traces;
}

TEST_CASE("exact shares of the tangent kernel are those of the explicit Jacobian") {
  const Net net;
  const std::vector<double> traces = jacobian_traces(net);
  const std::vector<double> factors = {2, 0.5, 3};
  double plain = 0, weighted = 0;
  for (std::size_t l = 0; l < 3; ++l) {
    plain += traces[l];
    weighted += factors[l] * traces[l];
  }
  const Tensor f = net.model(net.w, net.x);
  const std::vector<NtkShare> shares = ntk_shares(f, net.w);
  const std::vector<NtkShare> by_rate = ntk_shares(f, net.w, {.factors = factors});
  for (std::size_t l = 0; l < 3; ++l) {
    CHECK(shares[l].trace == Approx(traces[l]).epsilon(1e-6));
    CHECK(shares[l].share == Approx(traces[l] / plain).epsilon(1e-6));
    CHECK(by_rate[l].share == Approx(factors[l] * traces[l] / weighted).epsilon(1e-6));
    CHECK(shares[l].standard_error == 0);
  }
  CHECK(shares[0].share + shares[1].share + shares[2].share == Approx(1).epsilon(1e-14));
}

TEST_CASE("shares of the tangent kernel of outputs of any scale") {
  // f = s (3 a + 4 b): |df/da|^2 : |df/db|^2 = 9 : 16
  for (const DType dtype : {DType::f32, DType::f64})
    for (const double s :
         {dtype == DType::f32 ? 1e-30 : 1e-200, dtype == DType::f32 ? 1e30 : 1e200}) {
      const Tensor a = scalar(1, dtype), b = scalar(1, dtype);
      const Tensor f = (3 * a + 4 * b) * s;
      for (const int probes : {0, 2}) {
        const std::vector<NtkShare> shares = ntk_shares(f, {a, b}, {.probes = probes});
        CHECK(shares[0].share == Approx(9 / 25.0).epsilon(1e-6));
        CHECK(shares[1].share == Approx(16 / 25.0).epsilon(1e-6));
        CHECK(shares[0].standard_error < 1e-6);
      }
      if (dtype == DType::f32)
        CHECK(ntk_shares(f, {a, b})[0].trace / (s * s) == Approx(9).epsilon(1e-6));
    }
}

TEST_CASE("estimated shares lie within their standard errors") {
  const Net net;
  const Tensor f = net.model(net.w, net.x);
  const std::vector<NtkShare> exact = ntk_shares(f, net.w);
  double chi_squared = 0;
  int count = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const std::vector<NtkShare> estimate = ntk_shares(f, net.w, {.probes = 100, .seed = seed});
    for (std::size_t l = 0; l < 3; ++l) {
      const double z = (estimate[l].share - exact[l].share) / estimate[l].standard_error;
      CHECK(std::fabs(z) < 4.5);
      chi_squared += z * z;
      ++count;
    }
  }
  // Neither too small nor too large on average.
  CHECK(chi_squared / count > 0.5);
  CHECK(chi_squared / count < 1.7);
}

TEST_CASE("wrong calls of ntk_shares are one clear sentence") {
  const Net net;
  const Tensor f = net.model(net.w, net.x);
  CHECK(error_of([&] { ntk_shares(f, net.w, {.factors = {1}}); }) ==
        "[ntk_shares] 1 factors for 3 parameters");
  CHECK(error_of([&] { ntk_shares(f, net.w, {.probes = 1}); }) ==
        "[ntk_shares] 1 probes; ask for at least 2, or for 0: exact");
}

}  // namespace
}  // namespace gradus
