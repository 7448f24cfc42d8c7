// Networks on both devices: outputs, gradients, Hessian products, and a training run.
#include "nn/models.h"
#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "autodiff/program/program.h"
#include "nn/losses.h"
#include "nn/optimisers.h"
#include "tests/cuda/cases.h"
#include "tests/cuda/test_support.h"

namespace gradus {
namespace {

struct Network {
  Model model;
  Shape x;
};

std::vector<Network> networks() {
  return {{fcn({.in = 6,
                .width = 33,
                .depth = 4,
                .out = 3,
                .activation = Activation::tanh,
                .bias = true,
                .bias_variance = 0.1}),
           {16, 6}},
          {residual_mlp({.in = 5, .width = 20, .blocks = 3, .out = 3}), {9, 5}},
          {myrtle({.depth = 5, .width = 6, .image_size = 8, .out = 3}), {4, 8, 8, 3}},
          {resnet18({.width = 4, .out = 3}), {3, 8, 8, 3}}};
}

struct Batch {
  std::vector<Tensor> w;
  Tensor x, y;
};

// Drawn on the device itself: the same numbers on each.
Batch batch(const Network& net, DType dtype, Device device) {
  return {init(net.model, 3, dtype, device), random_normal(net.x, {4, 0}, 1.0, dtype, device),
          random_normal({net.x[0], 3}, {4, 1}, 1.0, dtype, device)};
}

// Output, gradient, and the Hessian times a random vector.
std::vector<Tensor> derivatives(const Network& net, DType dtype, Device device) {
  const Batch b = batch(net, dtype, device);
  const Tensor f = net.model(b.w, b.x);
  const Tensor loss = mse_half_mean(f, b.y);
  Hvp hvp(loss, b.w);
  std::vector<Tensor> v;
  for (const Tensor& w : b.w)
    v.push_back(random_normal(w.shape(), {5, v.size()}, 1.0, dtype, device));
  std::vector<Tensor> all = {f, loss};
  for (const Tensor& g : hvp.gradient()) all.push_back(g);
  for (const Tensor& h : hvp(v)) all.push_back(h);
  return all;
}

TEST_CASE("networks: outputs, gradients and Hessian products agree with the CPU's") {
  if (!cuda_here()) return;
  const DType dtype = GENERATE(DType::f32, DType::f64);
  for (const Network& net : networks()) {
    INFO(net.model.name);
    check_agreement(derivatives(net, dtype, Device::cuda), derivatives(net, dtype, Device::cpu));
  }
}

TEST_CASE("a step as a program is the step") {
  if (!cuda_here()) return;
  const DType dtype = GENERATE(DType::f32, DType::f64);
  const bool onto = GENERATE(false, true);
  for (const Network& net : networks()) {
    INFO(net.model.name);
    Batch plain = batch(net, dtype, Device::cuda), replayed = plain;
    Adam a(net.model, {.lr = 1e-3}), b(net.model, {.lr = 1e-3});
    const auto step = [&](Batch& now, Adam& adam) {
      adam.step(now.w, grad(mse_half_mean(net.model(now.w, now.x), now.y), now.w));
    };
    Program program(
        [&](const std::vector<Tensor>& in) -> std::vector<Tensor> {
          replayed.x = in[0];
          step(replayed, b);
          return {};
        },
        {&replayed.w, &b.first, &b.second, &b.steps}, {.onto = onto});
    for (int t = 0; t < 6; ++t) {
      step(plain, a);
      program({plain.x});
    }
    for (std::size_t i = 0; i < plain.w.size(); ++i)
      CHECK(relative_difference(replayed.w[i].to_vector(), plain.w[i].to_vector()) <=
            (onto ? tolerance(dtype) : 0));
  }
}

// From the fifth step on a graph, except where a variable has another place than before.
TEST_CASE("a graph takes new inputs, gives results of its own, and leaves old states alone") {
  if (!cuda_here()) return;
  const DType dtype = GENERATE(DType::f32, DType::f64);
  const auto step = [](Tensor& w, const Tensor& x) {
    const Tensor rows = gather_rows(x, {3, 0, 3, 2});  // indices come from the host
    const Tensor loss = sum(square(matmul(rows, w)));
    w = stop_gradient(w - 0.01 * grad(loss, w));
    return loss;
  };
  Tensor plain = random_normal({5, 2}, {6, 0}, 1.0, dtype, Device::cuda), w = plain, held;
  Program program(
      [&](const std::vector<Tensor>& in) -> std::vector<Tensor> {
        return {step(w, in[0]), in[0]};
      },
      {&w}, {.onto = false});
  std::vector<double> right, held_values;
  std::vector<Tensor> losses, inputs;
  for (std::uint64_t t = 0; t < 12; ++t) {
    const Tensor x = random_normal({4, 5}, {7, t}, 1.0, dtype, Device::cuda);
    const std::vector<Tensor> results = program({x});
    right.push_back(step(plain, x).item());
    losses.push_back(results[0]);
    inputs.push_back(results[1]);
    CHECK(w.to_vector() == plain.to_vector());
    if (t == 7) {
      held = w;
      held_values = w.to_vector();
    }
    if (t == 9) held = {};
    if (held) CHECK(held.to_vector() == held_values);
  }
  for (std::size_t t = 0; t < losses.size(); ++t) {
    CHECK(losses[t].item() == right[t]);
    CHECK(inputs[t].to_vector() ==
          random_normal({4, 5}, {7, t}, 1.0, dtype, Device::cuda).to_vector());
  }
}

template <class Optimiser>
std::vector<double> losses(const Network& net, Optimiser optimiser, DType dtype, Device device) {
  Batch b = batch(net, dtype, device);
  std::vector<double> losses;
  for (int step = 0; step <= 20; ++step) {
    const Tensor loss = softmax_cross_entropy(net.model(b.w, b.x), softmax(b.y));
    losses.push_back(loss.item());
    optimiser.step(b.w, grad(loss, b.w));
  }
  return losses;
}

template <class Optimiser>
void check_training(const Network& net, const Optimiser& optimiser, DType dtype) {
  const std::vector<double> cuda = losses(net, optimiser, dtype, Device::cuda);
  const std::vector<double> cpu = losses(net, optimiser, dtype, Device::cpu);
  CHECK(cpu.back() < cpu.front());
  for (std::size_t step = 0; step < cpu.size(); ++step) {
    INFO("step " << step);
    CHECK(std::fabs(cuda[step] - cpu[step]) <= tolerance(dtype) * cpu[step]);
  }
}

TEST_CASE("20 steps of training agree with the CPU's to rounding") {
  if (!cuda_here()) return;
  const DType dtype = GENERATE(DType::f32, DType::f64);
  for (const Network& net : networks()) {
    INFO(net.model.name);
    check_training(net, Sgd(net.model, {.lr = 0.02, .momentum = 0.9}), dtype);
    check_training(net, Adam(net.model, {.lr = 0.003, .eps = 1e-6}), dtype);
  }
}

}  // namespace
}  // namespace gradus
