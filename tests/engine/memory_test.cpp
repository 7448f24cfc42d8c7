// Memory and depth: graphs are freed at once, training loops settle, and no depth overflows the
// stack.
#include <cmath>
#include <iterator>

#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "autodiff/ops/op.h"
#include "tests/catch.h"
#include "tests/engine/test_support.h"

// Under AddressSanitizer: an allocation that is too large returns null, as it does elsewhere.
// NOLINTNEXTLINE(bugprone-reserved-identifier): its name
extern "C" const char* __asan_default_options() { return "allocator_may_return_null=1"; }

namespace gradus {
namespace {

std::int64_t live() { return memory_stats().live_bytes; }

TEST_CASE("a chain of a million ops differentiates and is freed") {
  const std::int64_t before = live();
  {
    const Tensor x = scalar(1, DType::f64);
    Tensor y = x;
    for (int i = 0; i < 1000000; ++i) y = shift(y, 1e-6);
    CHECK(y.item() == Approx(2.0));
    CHECK(grad(y, x).item() == 1);
  }
  CHECK(live() == before);
}

TEST_CASE("a chain of 100000 ops has a recorded gradient that differentiates and is freed") {
  const std::int64_t before = live();
  {
    const Tensor x = scalar(1, DType::f64);
    Tensor y = x;
    const double c = 1 - 1e-5;
    for (int i = 0; i < 100000; ++i) y = i % 1000 ? scale(y, c) : square(y) * 0.5 + y * 0.5;
    const Tensor g = grad(y, x, {.record = true});
    CHECK(std::isfinite(grad(g, x).item()));
  }
  CHECK(live() == before);
}

TEST_CASE("a wide and deep graph is freed whichever handle goes last") {
  const std::int64_t before = live();
  std::vector<Tensor> handles;
  {
    const Tensor x = ones({3}, DType::f64);
    Tensor y = x;
    for (int i = 0; i < 2000; ++i) {
      y = y + x;
      handles.push_back(y);
    }
  }
  while (handles.size() > 1) handles.erase(handles.begin() + std::ssize(handles) / 2);
  CHECK(handles[0].shape() == Shape{3});
  handles.clear();
  CHECK(live() == before);
}

struct TwoLayers {
  Tensor x = random_normal({16, 10}, {41, 0});
  Tensor target = random_normal({16, 3}, {41, 1});
  std::vector<Tensor> params = {random_normal({10, 20}, {41, 2}, 0.3),
                                random_normal({20, 3}, {41, 3}, 0.3)};
  Tensor loss() const {
    return mean(square(matmul(tanh(matmul(x, params[0])), params[1]) - target));
  }
};

TEST_CASE("graphs are freed as soon as their last handle is gone") {
  const TwoLayers net;
  const std::int64_t before = live();
  {
    Tensor loss = net.loss();
    CHECK(live() > before);
    grad(loss, net.params);
    grad(loss, net.params, {.record = true});
    const std::int64_t graph = live();
    const auto gradient = grad(loss, net.params, {.record = true});
    CHECK(live() > graph);
    loss = Tensor();
  }
  CHECK(live() == before);
  {
    Hvp hvp(net.loss(), net.params);
    hvp(net.params);
  }
  CHECK(live() == before);
}

TEST_CASE("an error leaves nothing behind") {
  const TwoLayers net;
  const std::int64_t before = live();
  CHECK(error_of([&] { grad(square(net.loss() * net.x), net.params); }) != "(no error)");
  CHECK(error_of([&] { matmul(tanh(net.x), net.x); }) != "(no error)");
  CHECK(error_of([&] { grad(sum(sign(net.loss())), net.params); }) != "(no error)");
  CHECK(live() == before);
}

TEST_CASE("an unrecorded gradient holds one cotangent at a time, not a second graph") {
  // 100 layers of 4 kB each. The rule at the bottom, the last to be asked, looks at the memory.
  const Tensor x = ones({1024});
  std::int64_t at_the_bottom = 0;
  Tensor y = record("probe", stop_gradient(x), {x},
                    {[&](const Inputs&, const Tensor&, const Tensor& y_bar) {
                      at_the_bottom = live();
                      return y_bar;
                    }});
  for (int i = 0; i < 100; ++i) y = tanh(y);
  const Tensor loss = sum(y);
  const std::int64_t graph = live();
  grad(loss, x);
  CHECK(at_the_bottom > 0);
  CHECK(at_the_bottom - graph < 10 * 4096);
}

TEST_CASE("a training loop in steady state allocates nothing from the system") {
  TwoLayers net;
  const auto step = [&net] {
    const auto gradient = grad(net.loss(), net.params);
    const NoGrad values_only;
    for (std::size_t i = 0; i < net.params.size(); ++i)
      net.params[i] = net.params[i] - 0.1 * gradient[i];
  };
  for (int i = 0; i < 3; ++i) step();
  const MemoryStats settled = memory_stats();
  for (int i = 0; i < 100; ++i) step();
  CHECK(memory_stats().system_allocations == settled.system_allocations);
  CHECK(memory_stats().live_bytes == settled.live_bytes);
  CHECK(memory_stats().peak_bytes == settled.peak_bytes);
}

TEST_CASE("blocks of sizes that are not asked for any more do not add up") {
  constexpr std::int64_t mebibyte = 1 << 20;
  zeros({mebibyte});
  for (std::int64_t quarters = 4; quarters < 96; ++quarters) {
    zeros({quarters * mebibyte / 16});  // one after the other, none needed twice
    const MemoryStats now = memory_stats();
    CHECK(now.live_bytes + now.cached_bytes <= now.peak_bytes * 3 / 2 + 16 * mebibyte);
  }
}

TEST_CASE("an update step under NoGrad does not keep the step before it") {
  TwoLayers net;
  Tensor w = net.params[0];
  const std::int64_t before = live();
  for (int i = 0; i < 50; ++i) {
    const NoGrad values_only;
    w = w - 0.01 * w;
  }
  CHECK(live() - before <= 2048);  // one tensor of 800 bytes instead of the parameter
}

TEST_CASE("more memory than any machine has is an error") {
  CHECK_THAT(error_of([] { zeros({std::int64_t{1} << 50}); }), ContainsSubstring("[memory]"));
  CHECK_THAT(error_of([] { zeros({std::int64_t{1} << 59}, DType::f64); }),
             ContainsSubstring("[memory]"));
  CHECK_THAT(error_of([] {
               zeros({std::int64_t{1} << 40, std::int64_t{1} << 40});
             }),
             ContainsSubstring("too many elements to address"));
}

// Tensors that live until after main: the pool must still be there. A failure is a crash of the
// whole program, or a report of the address sanitizer.
const Tensor made_before_main = scale(ones({1000}), 2.0);
Tensor assigned_in_a_test;

TEST_CASE("static tensors serve from before main until after it") {
  CHECK(made_before_main.to_vector() == std::vector<double>(1000, 2.0));
  assigned_in_a_test = scale(made_before_main, 3.0);
  CHECK(sum(assigned_in_a_test).item() == 6000);
}

}  // namespace
}  // namespace gradus
