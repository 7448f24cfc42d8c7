// Every kernel of the CUDA backend against the CPU's.
#include <dlfcn.h>

#include <cstdlib>

#include "autodiff/cuda/library.h"
#include "autodiff/ops.h"
#include "tests/cuda/cases.h"
#include "tests/cuda/test_support.h"
#include "tests/engine/op_rows.h"

namespace gradus {
namespace {

void check_cases(DType dtype) {
  if (!cuda_here()) return;
  for (const CudaCase& c : cuda_cases()) {
    INFO(c.name);
    check_agreement(results(c, dtype, Device::cuda), results(c, dtype, Device::cpu));
  }
}

TEST_CASE("every op agrees with the CPU's in value and gradient in f32") {
  check_cases(DType::f32);
}
TEST_CASE("every op agrees with the CPU's in value and gradient in f64") {
  check_cases(DType::f64);
}

// Along the axis 2^30, ones, -2^30: the ones are lost to a sum that is kept in f32. (The host's sums
// begin in f32 and lose some of them.)
TEST_CASE("the device's sums are kept in f64") {
  if (!cuda_here()) return;
  for (const Shape& shape :
       {Shape{3, 700, 1}, Shape{2, 5000, 1}, Shape{2, 200, 33}, Shape{1, 600, 3}}) {
    INFO(shape);
    const std::int64_t outer = shape[0], n = shape[1], inner = shape[2];
    std::vector<double> x(static_cast<std::size_t>(shape.size()), 1);
    for (std::int64_t i = 0; i < outer; ++i)
      for (std::int64_t j = 0; j < inner; ++j) {
        x[static_cast<std::size_t>(i * n * inner + j)] = 1 << 30;
        x[static_cast<std::size_t>((i * n + n - 1) * inner + j)] = -(1 << 30);
      }
    const Tensor device = from_host(x, shape, DType::f32, Device::cuda);
    const std::vector<double> right(static_cast<std::size_t>(outer * inner),
                                    static_cast<double>(n - 2));
    CHECK(sum(device, {1}).to_vector() == right);
  }
}

TEST_CASE("elementwise ops of special values agree with the CPU's") {
  if (!cuda_here()) return;
  const DType dtype = GENERATE(DType::f32, DType::f64);
  const double inf = std::numeric_limits<double>::infinity();
  const double tiny = dtype == DType::f32 ? 1e-40 : 1e-310;  // below the smallest normal number
  const std::vector<double> some = {0.0, 1.0, 3.0, 20.0, 90.0, 720.0, tiny, inf, std::nan("")};
  std::vector<double> values, left, right;
  for (double x : some) values.insert(values.end(), {x, -x});
  for (double a : values)
    for (double b : values) {
      left.push_back(a);
      right.push_back(b);
    }
  const Shape shape{static_cast<std::int64_t>(left.size())};
  for (const OpRow& row : op_rows()) {
    if (!row.elementwise || !(row.inputs[0].shape() == Shape{67})) continue;
    INFO(row.name());
    std::vector<Tensor> x = {from_host(left, shape, DType::f64),
                             from_host(right, shape, DType::f64)};
    x.resize(row.inputs.size());
    const Tensor cpu = row.apply(moved_to(x, dtype, Device::cpu));
    check_agreement({row.apply(moved_to(x, dtype, Device::cuda))}, {cpu});
  }
}

TEST_CASE("reductions of special values agree with the CPU's") {
  if (!cuda_here()) return;
  const double inf = std::numeric_limits<double>::infinity(), nan = std::nan("");
  const Tensor x =
      from_host({-inf, -inf, -inf, -inf, inf,   1,     -inf,  2,    nan, 1,    inf,  nan,
                 1,    nan,  2,    3,    -1e30, -1e30, -1e30, -inf, 500, -500, 1000, 800},
                {6, 4}, DType::f64);
  for (DType dtype : {DType::f32, DType::f64})
    for (int axis : {0, 1})
      for (const auto& reduce : std::vector<std::function<Tensor(const Tensor&)>>{
               [=](const Tensor& t) { return sum(t, {axis}); },
               [=](const Tensor& t) { return max(t, {axis}); },
               [=](const Tensor& t) { return argmax(t, axis); },
               [=](const Tensor& t) { return logsumexp(t, {axis}); }})
        check_agreement({reduce(moved_to({x}, dtype, Device::cuda)[0])},
                        {reduce(moved_to({x}, dtype, Device::cpu)[0])});
}

TEST_CASE("fills and random draws are the CPU's to rounding") {
  if (!cuda_here()) return;
  for (DType dtype : {DType::f32, DType::f64})
    for (std::int64_t n : {0, 1, 2, 3, 31, 33, 1027, 70001}) {
      INFO(n << " entries of " << dtype);
      const auto on = [&](Device device) -> std::vector<Tensor> {
        return {random_normal({n}, {5, 7}, 0.3, dtype, device),
                random_uniform({n}, {5, 8}, -2.0, 3.0, dtype, device), arange(n, dtype, device),
                full({n}, 0.1, dtype, device)};
      };
      check_agreement(on(Device::cuda), on(Device::cpu));
    }
}

TEST_CASE("a device result repeats bit for bit and its inputs keep their values") {
  if (!cuda_here()) return;
  for (const CudaCase& c : cuda_cases()) {
    INFO(c.name);
    const std::vector<Tensor> x = moved_to(c.inputs, DType::f32, Device::cuda);
    std::vector<std::vector<double>> before;
    for (const Tensor& t : x) before.push_back(t.to_vector());
    const std::vector<double> once = c.apply(x).to_vector();
    CHECK(c.apply(x).to_vector() == once);
    for (std::size_t i = 0; i < x.size(); ++i) CHECK(x[i].to_vector() == before[i]);
  }
}

TEST_CASE("rows that meet are added in the order of their numbers") {
  if (!cuda_here()) return;
  const double large = std::ldexp(1.0, 60);  // swallows the 1 unless it is cancelled first
  for (DType dtype : {DType::f32, DType::f64})
    CHECK(scatter_rows(from_host({large, -large, 1}, {3, 1}, dtype, Device::cuda), {0, 0, 0}, 1)
              .item() == 1);
}

TEST_CASE("device memory is reused, counted, and empty at the end") {
  if (!cuda_here()) return;
  const MemoryStats before = memory_stats(Device::cuda);
  for (int step = 0; step < 5; ++step) {
    const Tensor x = ones({1000, 100}, DType::f32, Device::cuda);
    CHECK(sum(x * x).item() == 100000);
    CHECK(memory_stats(Device::cuda).live_bytes >= before.live_bytes + 400000);
  }
  const MemoryStats after = memory_stats(Device::cuda);
  CHECK(after.live_bytes == before.live_bytes);
  CHECK(after.cached_bytes >= 800000);
  CHECK(after.system_allocations - before.system_allocations <= 6);
}

TEST_CASE("tensors are made on the default device") {
  if (!cuda_here()) return;
  set_default_device(Device::cuda);
  const Tensor there = ones({2});
  set_default_device(Device::cpu);
  CHECK(there.device() == Device::cuda);
  CHECK(ones({2}).device() == Device::cpu);
}

TEST_CASE("a library of another interface is refused") {
  const char* file = std::getenv("GRADUS_CUDA_LIBRARY");
  if (!cuda_here() || !file) return;
  auto* const entry = reinterpret_cast<CudaEntry*>(dlsym(dlopen(file, RTLD_NOW), cuda_entry));
  REQUIRE(entry);
  CHECK(entry(cuda_interface) != nullptr);
  CHECK(entry(cuda_interface + 1) == nullptr);
}

TEST_CASE("operands on two devices are an error") {
  if (!cuda_here()) return;
  const Tensor here = ones({2}), there = ones({2}, DType::f32, Device::cuda);
  try {
    add(here, there);
    FAIL("no error");
  } catch (const Error& error) {
    CHECK_THAT(error.what(), ContainsSubstring("[add]") && ContainsSubstring("cuda"));
  }
}

TEST_CASE("a tensor beyond the device's memory is one sentence") {
  if (!cuda_here()) return;
  try {
    empty({std::int64_t{1} << 45}, DType::f32, Device::cuda);
    FAIL("no error");
  } catch (const Error& error) {
    CHECK_THAT(error.what(), ContainsSubstring("134217728 MiB") && ContainsSubstring("are free"));
  }
  CHECK(sum(ones({3}, DType::f32, Device::cuda)).item() == 3);  // and the device still works
}

}  // namespace
}  // namespace gradus
