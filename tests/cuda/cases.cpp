#include "tests/cuda/cases.h"

#include <cstdlib>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "tests/engine/op_rows.h"

namespace gradus {
namespace {

using Tensors = std::vector<Tensor>;
using Cases = std::vector<CudaCase>;

Tensor any(const Shape& shape, std::uint64_t stream = 0) {
  return random_uniform(shape, {2, stream}, -1.5, 1.5, DType::f64);
}

// A pack of 16 bytes has 2 or 4 entries; the emulated device's grid strides beyond 4,096 packs, a
// large real one beyond 270,336.
void elementwise_cases(Cases& cases) {
  for (std::int64_t n : {0, 1, 2, 3, 31, 32, 33, 255, 257, 1027, 40001, 1100003}) {
    const std::string size = " of " + std::to_string(n);
    cases.push_back({"tanh" + size, {any({n})}, [](const Tensors& x) { return tanh(x[0]); }});
    cases.push_back(
        {"multiply" + size, {any({n}), any({n}, 1)}, [](const Tensors& x) { return x[0] * x[1]; }});
  }
}

// Along one axis of (outer, n, inner): rows and columns, one chunk and several passes.
void reduce_cases(Cases& cases) {
  const std::vector<Shape> shapes = {
      {1, 31, 1},      {3, 32, 1},   {9, 33, 1},    {2, 1024, 1}, {2, 1025, 1},
      {1, 1100000, 1}, {70, 10, 1},  {700, 3, 1},   {1, 0, 1},    {3, 0, 4},
      {2, 1, 5},       {2, 15, 257}, {1, 16, 31},   {3, 17, 32},  {2, 300, 33},
      {1, 256, 65},    {2, 257, 3},  {1, 70000, 2}, {1, 2, 9000}, {0, 5, 3},
      {300, 20, 40},   {5000, 7, 1}, {400, 3, 3},   {1, 512, 10}, {3, 1500, 2}};
  for (const Shape& shape : shapes) {
    const std::string size = " of " + to_string(shape);
    cases.push_back({"sum" + size, {any(shape)}, [](const Tensors& x) { return sum(x[0], {1}); }});
    cases.push_back(
        {"logsumexp" + size, {any(shape)}, [](const Tensors& x) { return logsumexp(x[0], {1}); }});
    if (shape[1] == 0) continue;
    cases.push_back(
        {"max" + size, {any(shape)}, [](const Tensors& x) { return max(x[0], {1}); }, false});
    cases.push_back(
        {"argmax" + size, {any(shape)}, [](const Tensors& x) { return argmax(x[0], 1); }, false});
    // Ties in every row, chunk and lane: the first place counts.
    cases.push_back({"argmax with ties" + size,
                     {sign(any(shape))},
                     [](const Tensors& x) { return argmax(x[0], 1); },
                     false});
  }
}

void move_cases(Cases& cases) {
  for (const Shape& shape :
       {Shape{1, 31, 32}, Shape{1, 33, 32}, Shape{3, 65, 31}, Shape{2, 1, 70}, Shape{200, 33, 34}})
    cases.push_back({"transpose of " + to_string(shape), {any(shape)}, [](const Tensors& x) {
                       return transpose(x[0], {0, 2, 1});
                     }});
  for (const Shape& shape : {Shape{33, 70, 4}, Shape{5, 6, 2}, Shape{3, 4, 5}})
    cases.push_back(
        {"transpose of runs of " + to_string(shape), {any(shape)}, [](const Tensors& x) {
           return transpose(x[0], {1, 0, 2});
         }});
  // More than a thread's chunk for a row, then more chunks than that; and a row without any.
  for (const std::int64_t count : {64, 65, 200, 9000}) {
    std::vector<std::int64_t> rows;
    for (std::int64_t i = 0; i < count; ++i) rows.push_back(i % 5 == 3 ? 3 : 1);
    cases.push_back({"scatter_rows of " + std::to_string(count),
                     {any({count, 3})},
                     [rows](const Tensors& x) { return scatter_rows(x[0], rows, 4); }});
  }
  for (const Shape& shape : {Shape{9, 40, 8}, Shape{50, 31, 33}}) {
    const std::string size = " of " + to_string(shape);
    cases.push_back(
        {"slice" + size, {any(shape)}, [](const Tensors& x) { return slice(x[0], 1, 3, 29); }});
    cases.push_back(
        {"pad" + size, {any(shape)}, [](const Tensors& x) { return pad(x[0], 1, 2, 5); }});
    cases.push_back({"gather_rows" + size, {any(shape)}, [](const Tensors& x) {
                       return gather_rows(x[0], {8, 0, 3, 3, 3, 7, 0});
                     }});
    const Shape wide{shape[0], 7, shape[1], shape[2]}, narrow{shape[0], 1, shape[1], shape[2]};
    cases.push_back({"broadcast_to" + size, {any(narrow)}, [wide](const Tensors& x) {
                       return broadcast_to(x[0], wide);
                     }});
  }
}

void matmul_cases(Cases& cases) {
  for (std::int64_t m : {1, 33})
    for (std::int64_t k : {31, 200})
      for (std::int64_t n : {1, 32, 65})
        cases.push_back(
            {"matmul " + std::to_string(m) + "x" + std::to_string(k) + "x" + std::to_string(n),
             {any({m, k}), any({k, n}, 1)},
             [](const Tensors& x) { return matmul(x[0], x[1]); }});
}

// Channels that fill packs and that do not, and patches that need more than one strip (32 MiB) in
// either dtype.
void conv_cases(Cases& cases) {
  struct Case {
    Shape images, kernel;
    std::int64_t stride;
  };
  for (const Case& c :
       {Case{{2, 9, 7, 4}, {3, 3, 4, 5}, 1}, Case{{3, 8, 9, 8}, {3, 3, 8, 4}, 2},
        Case{{2, 7, 7, 6}, {5, 4, 6, 3}, 3}, Case{{9, 40, 41, 64}, {3, 3, 64, 2}, 1}})
    cases.push_back({"conv2d of " + to_string(c.images),
                     {any(c.images), any(c.kernel, 1)},
                     [c](const Tensors& x) { return conv2d(x[0], x[1], c.stride); }});
  for (const Shape& images : {Shape{3, 8, 9, 4}, Shape{2, 33, 31, 3}})
    cases.push_back({"avg_pool2d of " + to_string(images), {any(images)}, [](const Tensors& x) {
                       return avg_pool2d(x[0], 2);
                     }});
}

}  // namespace

std::vector<CudaCase> cuda_cases() {
  Cases cases;
  for (const OpRow& row : op_rows())
    cases.push_back({row.name(), row.inputs, row.apply, row.differentiable});
  elementwise_cases(cases);
  reduce_cases(cases);
  move_cases(cases);
  matmul_cases(cases);
  conv_cases(cases);
  if (const char* part = std::getenv("GRADUS_CUDA_CASES"))
    std::erase_if(cases, [&](const CudaCase& c) { return c.name.find(part) == std::string::npos; });
  return cases;
}

std::vector<Tensor> moved_to(const std::vector<Tensor>& x, DType dtype, Device device) {
  Tensors result;
  for (const Tensor& t : x) result.push_back(from_host(t.to_vector(), t.shape(), dtype, device));
  return result;
}

std::vector<Tensor> results(const CudaCase& c, DType dtype, Device device) {
  const Tensors x = moved_to(c.inputs, dtype, device);
  Tensors y = {c.apply(x)};
  if (!c.differentiable) return y;
  const Tensor y_bar = random_uniform(y[0].shape(), {3, 0}, -1.0, 1.0, dtype, device);
  for (Tensor& x_bar : vjp(y, {y_bar}, x, {.zeros = true})) y.push_back(std::move(x_bar));
  return y;
}

}  // namespace gradus
