// Kernels and workloads on a GPU, against what its data sheet says. The first kernels are those that
// come closest: a row that reaches much less than they is where to look.
#include "tests/benchmarks/device.h"

#include <algorithm>
#include <cstdio>
#include <functional>

#include "autodiff/backend.h"
#include "autodiff/check.h"
#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "tests/benchmarks/sampler.h"

namespace gradus {
namespace {

using Op = std::function<Tensor(const Tensor&)>;

Tensor normal(const Shape& shape, std::uint64_t stream = 0) {
  return random_normal(shape, {1, stream});
}

// A kernel that reads x once and writes its result once.
Workload kernel(const std::string& name, const std::string& text, const Shape& shape, const Op& op,
                double gflop = 0, double operands = 0) {
  return {.name = name, .text = text, .gflop = gflop, .megabytes = operands, .make = [=] {
            return [=, x = normal(shape)] {
              const NoGrad values_only;
              op(x);
            };
          }};
}

// Megabytes of so many million numbers in f32.
double numbers(double millions) { return 4 * millions; }

std::vector<std::int64_t> cyclic(std::int64_t count, std::int64_t rows) {
  std::vector<std::int64_t> indices;
  for (std::int64_t i = 0; i < count; ++i) indices.push_back(i * 7919 % rows);
  return indices;
}

std::vector<Workload> kernels() {
  constexpr std::int64_t m = 1 << 20;
  const double mi = double(m) / 1e6;
  std::vector<Workload> all;
  const auto add = [&](const std::string& name, const std::string& text, const Shape& shape,
                       double operands, const Op& op, double gflop = 0) {
    all.push_back(kernel(name, text, shape, op, gflop, operands));
  };
  add("add", "a + b of 64 Mi numbers", {64 * m}, numbers(3 * 64 * mi),
      [](const Tensor& x) { return x + x; });
  add(
      "nn_8192", "product (8192,8192) (8192,8192)", {8192, 8192}, numbers(3 * 64 * mi),
      [](const Tensor& x) { return matmul(x, x); }, 2 * 8.192 * 8192 * 8192 / 1e6);
  add("relu", "relu of 64 Mi numbers", {64 * m}, numbers(2 * 64 * mi),
      [](const Tensor& x) { return relu(x); });
  add("bias", "a row to 64 Ki rows of 256", {1, 256}, numbers(16 * mi), [](const Tensor& x) {
    return broadcast_to(x, {m / 16, 256});
  });
  add("transpose", "of (8192,8192)", {8192, 8192}, numbers(2 * 64 * mi),
      [](const Tensor& x) { return transpose(x); });
  add("sum", "of 64 Mi numbers", {64 * m}, numbers(64 * mi),
      [](const Tensor& x) { return sum(x); });
  add("rows_10", "logsumexp of 4 Mi rows of 10", {4 * m, 10}, numbers(44 * mi),
      [](const Tensor& x) { return logsumexp(x, {1}); });
  add("rows_1000", "logsumexp of 64 Ki rows of 1000", {m / 16, 1000}, numbers(62.5 * mi),
      [](const Tensor& x) { return logsumexp(x, {1}); });
  add("columns_3", "sums of 3 columns of 16 Mi", {16 * m, 3}, numbers(48 * mi),
      [](const Tensor& x) { return sum(x, {0}); });
  add("columns_10", "sums of 10 columns of 4 Mi", {4 * m, 10}, numbers(40 * mi),
      [](const Tensor& x) { return sum(x, {0}); });
  add("columns_256", "sums of 256 columns of 256 Ki", {m / 4, 256}, numbers(64 * mi),
      [](const Tensor& x) { return sum(x, {0}); });
  add("gather", "64 Ki of 64 Ki rows of 784", {m / 16, 784}, numbers(2 * 49 * mi),
      [rows = cyclic(m / 16, m / 16)](const Tensor& x) { return gather_rows(x, rows); });
  add("scatter", "64 Ki rows of 784 to as many", {m / 16, 784}, numbers(2 * 49 * mi),
      [rows = cyclic(m / 16, m / 16)](const Tensor& x) { return scatter_rows(x, rows, m / 16); });
  add("scatter_10", "64 Ki rows of 784 to 10", {m / 16, 784}, numbers(49 * mi),
      [rows = cyclic(m / 16, 10)](const Tensor& x) { return scatter_rows(x, rows, 10); });
  add("pool", "256 images 64x64, 64 channels, by 2", {256, 64, 64, 64}, numbers(80 * mi),
      [](const Tensor& x) { return avg_pool2d(x); });
  add("unpool", "its adjoint", {256, 32, 32, 64}, numbers(80 * mi), [](const Tensor& x) {
    return avg_unpool2d(x, {256, 64, 64, 64});
  });
  for (const std::int64_t channels : {3, 64, 256}) {
    const double c = double(channels);
    add(
        "conv_3x3_" + std::to_string(channels),
        "256 images 32x32, 3x3 to 64 filters, channels " + std::to_string(channels),
        {256, 32, 32, channels}, numbers(mi / 4 * (c + 64)),
        [kernel = normal({3, 3, channels, 64}, 1)](const Tensor& x) { return conv2d(x, kernel); },
        2 * 9 * c * 64 * mi / 4 / 1e3);
  }
  return all;
}

struct Peak {
  double flops = 67e12, bytes = 3.35e12;
};

void print_row(const std::string& name, const Workload& w, double seconds, const Peak& peak) {
  const double flops = 1e9 * w.gflop / seconds, bytes = 1e6 * w.megabytes / seconds;
  std::printf("%-14s %10.4f ms %8.2f TFLOP/s %4.0f%% %8.1f GB/s %4.0f%%  %s\n", name.c_str(),
              1e3 * seconds, flops / 1e12, 100 * flops / peak.flops, bytes / 1e9,
              100 * bytes / peak.bytes, w.text.c_str());
  std::fflush(stdout);
}

}  // namespace

void measure_on_device(std::vector<std::string> words, std::vector<Workload> workloads) {
  check(!words.empty() && words[0] == "cuda",
        "--device takes cuda; without it the CPU is measured");
  words.erase(words.begin());
  Peak peak;
  while (words.size() > 1 && words[0].starts_with("--peak-")) {
    check(words[0] == "--peak-flops" || words[0] == "--peak-bytes", "there is no option ", words[0],
          "; --peak-flops and --peak-bytes take a number per second");
    (words[0] == "--peak-flops" ? peak.flops : peak.bytes) = std::stod(words[1]);
    words.erase(words.begin(), words.begin() + 2);
  }
  set_default_device(Device::cuda);
  std::vector<Workload> all = kernels();
  all.insert(all.end(), workloads.begin(), workloads.end());
  if (!words.empty())
    std::erase_if(all, [&](const Workload& w) {
      return std::find(words.begin(), words.end(), w.name) == words.end();
    });
  check(!all.empty(), "there is no workload of that name; --device cuda alone measures all");

  std::printf("%s; shares of %.4g TFLOP/s in f32 and %.4g TB/s (the default: an H100 SXM)\n",
              provider(Device::cuda).c_str(), peak.flops / 1e12, peak.bytes / 1e12);
  const Tensor mark = zeros({});
  const auto wait = [&] { mark.item(); };  // comes after all that was asked
  for (const Workload& w : all) {
    print_row(w.name, w, Sampler(w.make(), wait).median_wall(), peak);
    if (!w.make_program) continue;
    print_row(w.name + " list", w, Sampler(w.make_program({.graph = false}), wait).median_wall(),
              peak);
    print_row(w.name + " graph", w, Sampler(w.make_program({}), wait).median_wall(), peak);
  }
}

}  // namespace gradus
