// One product with the Hessian of Myrtle-10 over more examples than one graph could hold: seconds,
// and the most memory.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "autodiff/check.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/vectors.h"
#include "tests/benchmarks/machine.h"

namespace gradus {
namespace {

void run(std::int64_t filters, std::int64_t examples) {
  check(filters > 0 && examples > 0, "usage: hvp_memory [FILTERS [EXAMPLES]], numbers from 1 up");
  const Model model = myrtle({.depth = 10, .width = filters});
  const std::vector<Tensor> w = init(model, 0);
  const Tensor x = random_normal({examples, 32, 32, 3}, {1, 1000});
  const Tensor y = random_normal({examples, 10}, {1, 1001}, 0.3);
  const Hvp::Loss loss = [&](const std::vector<Tensor>& p, std::int64_t begin, std::int64_t end) {
    return mse_half_mean(model(p, slice(x, 0, begin, end)), slice(y, 0, begin, end));
  };
  std::printf("%s\nMyrtle-10, %lld filters, %lld parameters; %lld examples of 32x32x3\n",
              provider().c_str(), static_cast<long long>(filters),
              static_cast<long long>(parameter_count(model)), static_cast<long long>(examples));
  const double start = now();
  Hvp hvp(loss, w, examples);
  const double curvature = inner_product(w, hvp(w));
  std::printf("one product, in chunks of %lld: %.0f s, <w, Hw> = %.6g\n",
              static_cast<long long>(hvp.chunk()), now() - start, curvature);
  std::printf("most memory: %.2f GiB resident\n", static_cast<double>(peak_resident()) / (1 << 30));
}

}  // namespace
}  // namespace gradus

int main(int argc, char** argv) {
  return gradus::run_benchmark("hvp_memory", [&] {
    gradus::run(argc > 1 ? std::atoll(argv[1]) : 64, argc > 2 ? std::atoll(argv[2]) : 512);
  });
}
