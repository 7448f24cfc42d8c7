#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "tests/exercise.h"

using namespace gradus;

std::vector<Tensor> checkpointed_gradient(const Tensor& x,
                                          const std::vector<Tensor>& weights,
                                          std::size_t segment);

namespace {

constexpr std::int64_t width = 32, batch = 64;

std::vector<Tensor> layers(std::uint64_t count) {
  std::vector<Tensor> weights;
  for (std::uint64_t layer = 0; layer < count; ++layer)
    weights.push_back(
        random_normal({width, width}, {2, layer}, 0.2, DType::f64));
  return weights;
}

}  // namespace

TEST_CASE("the checkpointed gradient is the gradient") {
  const Tensor x = random_normal({batch, width}, {1, 0}, 1.0, DType::f64);
  const std::vector<Tensor> weights = layers(10);
  Tensor h = x;
  for (const Tensor& w : weights) h = tanh(matmul(h, w));
  const std::vector<Tensor> expected = grad(sum(square(h)), weights);
  for (std::size_t segment : {1u, 3u, 10u, 20u}) {
    const std::vector<Tensor> gradient =
        checkpointed_gradient(x, weights, segment);
    REQUIRE(gradient.size() == expected.size());
    for (std::size_t i = 0; i < gradient.size(); ++i)
      expect_near("segments of " + std::to_string(segment) +
                      " layers: gradient of weight " + std::to_string(i),
                  gradient[i].to_vector(), expected[i].to_vector(), 1e-12,
                  {{"half of it: d (h^2) / dh is 2 h, and not h",
                    (0.5 * expected[i]).to_vector()},
                   {"the cotangent must go from segment to segment"}});
  }
}

// The pool's peak is the most that ever was, so the frugal run goes first.
TEST_CASE("64 layers, a few at a time, need less than half of the memory") {
  const Tensor x = random_normal({batch * 8, width}, {1, 0}, 1.0, DType::f64);
  const std::vector<Tensor> weights = layers(64);
  const auto needs = [&](std::size_t segment) {
    const std::int64_t before = memory_stats().live_bytes;
    checkpointed_gradient(x, weights, segment);
    return memory_stats().peak_bytes - before;
  };
  const std::int64_t frugal = needs(16);
  const std::int64_t all = needs(64);
  expect("bytes in segments of 16 against all 64 at once", 2 * frugal < all,
         std::to_string(frugal), "less than half of " + std::to_string(all),
         "the way forward is recorded, or its arrays are still held");
}
