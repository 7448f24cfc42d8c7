// Appendix "A step as a program": chapter 1's network, and what each pass makes of its step.

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "autodiff/program/program.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "nn/vectors.h"

using namespace gradus;

namespace {

using Tensors = std::vector<Tensor>;

// [step]
// The network of chapter 1, 784-256-10, after a few steps as a program.
Program::Listing listing(Program::Options passes) {
  const auto weights = [](std::int64_t rows, std::int64_t columns, int id) {
    return random_normal({rows, columns}, {0, static_cast<std::uint64_t>(id)},
                         std::sqrt(2.0 / static_cast<double>(rows)));
  };
  Tensors w = {weights(784, 256, 0), zeros({256}), weights(256, 10, 1),
               zeros({10})};
  Program step(
      [&](const Tensors& batch) -> Tensors {
        const Tensor f =
            matmul(relu(matmul(batch[0], w[0]) + w[1]), w[2]) + w[3];
        const Tensor loss = softmax_cross_entropy(f, batch[1]);
        w = add_scaled(w, -0.1, grad(loss, w));
        return {loss};
      },
      {&w}, passes);
  const Tensor x = random_normal({64, 784}, {1, 0});
  const Tensor y = softmax(random_normal({64, 10}, {1, 1}));
  for (int t = 0; t < 4; ++t) step({x, y});
  return step.listing();
}
// [step]

void print(const char* name, const Program::Listing& list) {
  std::printf("%-10s %5zu calls %9lld bytes %7lld constant\n", name,
              list.calls, static_cast<long long>(list.bytes),
              static_cast<long long>(list.constant_bytes));
}

// The calls of a step of depth 8, as recorded and after the passes.
template <class Optimiser>
void print_calls(const char* name, Optimiser optimiser, const Model& model,
                 const std::vector<Program::Variable>& of_optimiser) {
  std::size_t calls[2];
  for (const bool passes : {false, true}) {
    Tensors w = init(model, 0);
    std::vector<Program::Variable> state = of_optimiser;
    state.push_back(&w);
    Program step(
        [&](const Tensors& batch) -> Tensors {
          const Tensor loss = mse_half_mean(model(w, batch[0]), batch[1]);
          optimiser->step(w, grad(loss, w));
          return {loss};
        },
        state, {.fold = passes, .onto = passes});
    const Tensor x = random_normal({16, 784}, {1, 0});
    for (int t = 0; t < 3; ++t) step({x, random_normal({16, 10}, {1, 1})});
    calls[passes] = step.listing().calls;
  }
  std::printf("%-14s %4zu  %4zu\n", name, calls[0], calls[1]);
}

void print_launches() {
  const Model model = fcn({.width = 64, .depth = 8});
  Sgd sgd(model, {.lr = 0.1}), momentum(model, {.lr = 0.1, .momentum = 0.9});
  Adam adam(model, {.lr = 0.001});
  std::printf("\nDepth 8    recorded  then\n");
  print_calls("SGD", &sgd, model, {});
  print_calls("with momentum", &momentum, model, {&momentum.velocity});
  print_calls("Adam", &adam, model, {&adam.first, &adam.second, &adam.steps});
}

}  // namespace

int main() {
  Program::Options passes{
      .fold = false, .onto = false, .in_place = false, .slab = false};
  const Program::Listing recorded = listing(passes);
  std::printf("As recorded\n%s\n", recorded.text.c_str());
  print("recorded", recorded);
  passes.fold = true;
  print("fold", listing(passes));
  passes.onto = true;
  const Program::Listing joined = listing(passes);
  print("onto", joined);
  passes.slab = true;
  print("slab", listing(passes));
  passes.in_place = true;
  print("in place", listing(passes));
  std::printf("\nAfter all passes\n%s", joined.text.c_str());
  print_launches();
}
