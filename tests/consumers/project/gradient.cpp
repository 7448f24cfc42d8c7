// The gradient of sum(x^2) is 2 x.
#include <cstdio>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"

extern "C" int gradient_test() {
  const gradus::Tensor x = gradus::from_host({1.0, 2.0, 3.0}, {3});
  const gradus::Tensor gradient = gradus::grad(gradus::sum(gradus::square(x)), x);
  const std::vector<double> g = gradient.to_vector();
  std::printf("grad(sum(square(x)), x) = %g %g %g\n", g[0], g[1], g[2]);
  return g == std::vector<double>{2, 4, 6} ? 0 : 1;
}
