// What a step asks of the device: how many launches and copies, and how often the host waits. The
// emulator counts; the appendix "A step as a program" quotes the table.
#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "autodiff/check.h"
#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "autodiff/program/program.h"
#include "data/batches.h"
#include "nn/instruments/sharpness.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"

namespace gradus {
namespace {

using Tensors = std::vector<Tensor>;

// As in tests/cuda_emulator/emulator.h.
struct Counts {
  long kernels, products, fills, copies, graphs, waits;
  long launches() const { return kernels + products + fills + graphs; }
};

Counts counts() {
  const char* file = std::getenv("GRADUS_CUDA_LIBRARY");
  void* const library = file ? dlopen(file, RTLD_NOW) : nullptr;
  const auto found =
      library ? reinterpret_cast<Counts (*)()>(dlsym(library, "gpu_emulator_counts")) : nullptr;
  check(found, "GRADUS_CUDA_LIBRARY names no emulated library; only the emulator counts");
  return found();
}

// Of one of these calls, on average over 4.
void print_counts(const std::function<void()>& call) {
  const Counts before = counts();
  for (int i = 0; i < 4; ++i) call();
  const Counts after = counts();
  const auto each = [](long count) { return static_cast<double>(count) / 4; };
  std::printf("  %7.4g %4.4g %4.4g", each(after.launches() - before.launches()),
              each(after.copies - before.copies), each(after.waits - before.waits));
}

Model network() { return fcn({.width = 64, .depth = 8}); }

// Mini-batches of 16 images of 64: their rows are gathered, a step is taken, the loss is read.
template <class Optimiser>
void print_steps(const char* name, const Optimiser& fresh,
                 std::vector<Program::Variable> (*state_of)(Optimiser& optimiser)) {
  std::printf("%-14s", name);
  for (const std::optional<bool> graph : {std::optional<bool>(), {false}, {true}}) {
    const Model model = network();
    Tensors w = init(model, 0);
    Optimiser optimiser = fresh;
    const auto body = [&](const Tensors& batch) -> Tensors {
      const Tensor loss = mse_half_mean(model(w, batch[0]), batch[1]);
      optimiser.step(w, grad(loss, w));
      return {loss};
    };
    std::vector<Program::Variable> state = state_of(optimiser);
    state.push_back(&w);
    Program program(body, state, {.graph = graph.value_or(false)});
    const Tensor images = random_normal({64, 784}, {1, 0}), y = random_normal({64, 10}, {1, 1});
    Batches batches(64, 16, 0);
    std::int64_t t = 0;
    const auto step = [&] {
      const std::vector<std::int64_t> rows = batches.at(t++);
      const Tensors batch = {gather_rows(images, rows), gather_rows(y, rows)};
      (graph ? program(batch) : body(batch))[0].item();
    };
    for (int i = 0; i < 6; ++i) step();  // the program is made
    print_counts(step);
  }
  std::printf("\n");
}

// Ten products with the Hessian, and what finds the largest eigenvalue by them.
void print_search() {
  const Model model = network();
  const Tensors w = init(model, 0);
  const Tensor x = random_normal({16, 784}, {1, 0}), y = random_normal({16, 10}, {1, 1});
  Hvp hvp(mse_half_mean(model(w, x), y), w);
  std::printf("%-14s", "ten products");
  print_counts([&] {
    for (int i = 0; i < 10; ++i) hvp(w);
  });
  std::printf("\n%-14s", "as a search");
  print_counts([&] { sharpness(std::ref(hvp), w, {.tolerance = 0, .max_products = 10}); });
  std::printf("\n");
}

void print_all() {
  set_default_device(Device::cuda);
  std::printf("A mini-batch step of depth 8: launches, copies from and to the host, waits\n");
  std::printf("                   as it is           as a program       as a graph\n");
  const Model model = network();
  print_steps<Sgd>("SGD", {model, {.lr = 0.1}},
                   [](Sgd&) { return std::vector<Program::Variable>(); });
  print_steps<Sgd>("with momentum", {model, {.lr = 0.1, .momentum = 0.9}},
                   [](Sgd& sgd) { return std::vector<Program::Variable>{&sgd.velocity}; });
  print_steps<Adam>("Adam", {model, {.lr = 0.001}}, [](Adam& adam) {
    return std::vector<Program::Variable>{&adam.first, &adam.second, &adam.steps};
  });
  std::printf("\nA search for the largest eigenvalue of the Hessian, 10 products\n");
  print_search();
}

}  // namespace
}  // namespace gradus

int main() {
  try {
    gradus::print_all();
    return std::fflush(stdout) == 0 ? 0 : 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "cuda_counts: %s\n", error.what());
    return 2;
  }
}
