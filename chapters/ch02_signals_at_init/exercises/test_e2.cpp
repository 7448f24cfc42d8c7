#include <cmath>

#include "autodiff/ops.h"
#include "nn/instruments/signal_theory.h"
#include "tests/exercise.h"

using namespace gradus;

double leaky_correlation(double a, double c);
int layers_until(double a, double c, double target);

namespace {

double k(double c) { return relu_correlation_map(c); }

}  // namespace

TEST_CASE("a = 0 is the chapter's map") {
  for (const double c : {-0.5, 0.0, 0.9})
    expect_near("correlation after one layer", leaky_correlation(0, c), k(c),
                1e-12);
}

TEST_CASE("pairs of normals as drawn") {
  for (const double a : {0.3, 1.0})
    for (const double c : {-0.4, 0.5}) {
      const Tensor u = random_normal({1000000}, {6, 0}, 1.0, DType::f64);
      const Tensor v =
          c * u + std::sqrt(1 - c * c) *
                      random_normal({1000000}, {6, 1}, 1.0, DType::f64);
      const auto phi = [a](const Tensor& h) {
        return relu(h) - a * relu(-h);
      };
      const double measured =
          dot(phi(u), phi(v)).item() / dot(phi(u), phi(u)).item();
      const double undivided = ((1 + a * a) * k(c) - 2 * a * k(-c)) / 2;
      const double plus = k(c) + 2 * a * k(-c) / (1 + a * a);
      INFO("a = " << a << ", c = " << c);
      expect_near("correlation after one layer", leaky_correlation(a, c),
                  measured, 0.005,
                  {{"this is ReLU's map, without a", k(c)},
                   {"a mean of products: divide by E phi(u)^2", undivided},
                   {"the mixed products enter with the sign of -a", plus}});
    }
}

TEST_CASE("layers until a correlation is exceeded") {
  expect_equal("already there at the inputs", layers_until(0, 0.5, 0.4), 0,
               {{"layer 0 is the inputs: the first map makes layer 1", 1}});
  expect_equal("from a right angle to 0.3", layers_until(0, 0, 0.3), 1,
               {{"layer 0 is the inputs: the first map makes layer 1", 0},
                {"layer 0 is the inputs: the first map makes layer 1", 2}});
  // The first layer that exceeds the target: it does, and the one before does not.
  for (const double a : {0.0, 0.5}) {
    const int found = layers_until(a, 0, 0.99);
    double c = 0, before = 0;
    for (int layer = 0; layer < found && layer < 100000; ++layer) {
      before = c;
      c = leaky_correlation(a, c);
    }
    INFO("a = " << a << ", " << found << " layers");
    expect("correlation there", c > 0.99, std::to_string(c), "above 0.99",
           "too few layers");
    expect("correlation one layer before", before <= 0.99,
           std::to_string(before), "0.99 at most", "not the first layer");
  }
}
