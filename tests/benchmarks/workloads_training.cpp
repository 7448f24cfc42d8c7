// Steps of training of fully connected networks.

#include <memory>
#include <string>
#include <utility>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "nn/vectors.h"
#include "tests/benchmarks/workloads_kinds.h"

namespace gradus {

Training::Training(Model m, const Shape& images, std::int64_t outputs)
    : model(std::move(m)),
      w(init(model, 0)),
      x(random_normal(images, {1, 0})),
      y(random_normal({images[0], outputs}, {1, 1})) {}
Tensor Training::loss() const { return mse_half_mean(model(w, x), y); }

FcnSizes fcn_sizes(Ends ends, std::int64_t depth, std::int64_t width, std::int64_t rows) {
  const auto d = double(depth), w = double(width), in = double(ends.in), out = double(ends.out);
  return {in * w, in * w + (d - 2) * w * w + w * out, double(rows) * (in + 2 * (d - 1) * w + out)};
}

// Three products a layer, but two in the first: images need no gradient. Weights are read three
// times, gradients written and read, new weights written; activations and their cotangents are
// written once and read twice.
double step_gflop(Ends ends, std::int64_t depth, std::int64_t width, std::int64_t rows) {
  const FcnSizes sizes = fcn_sizes(ends, depth, width, rows);
  return giga(2 * double(rows) * (3 * sizes.weights - sizes.first));
}
double step_megabytes(Ends ends, std::int64_t depth, std::int64_t width, std::int64_t rows) {
  const FcnSizes sizes = fcn_sizes(ends, depth, width, rows);
  return 4e-6 * (6 * sizes.weights + 6 * sizes.activations);
}

ProgramRun as_program(const Program::Body& f, std::vector<Program::Variable> state,
                      const std::vector<Tensor>& inputs, const Program::Options& options) {
  return {std::make_shared<Program>(f, std::move(state), options), inputs};
}

namespace {

Workload training_step(Workload workload, Ends ends, std::int64_t depth, std::int64_t width,
                       std::int64_t rows) {
  workload.gflop = step_gflop(ends, depth, width, rows);
  workload.megabytes = step_megabytes(ends, depth, width, rows);
  struct Learner {
    Training net;
    Sgd sgd{net.model, {.lr = 1e-3}};
    std::vector<Tensor> step(const Tensor& x, const Tensor& y) {
      sgd.step(net.w, grad(mse_half_mean(net.model(net.w, x), y), net.w));
      return {};
    }
  };
  const auto learner = [=] {
    return std::make_shared<Learner>(
        Learner{Training(fcn({.in = ends.in, .width = width, .depth = depth, .out = ends.out}),
                         {rows, ends.in}, ends.out)});
  };
  workload.make = [=] { return [one = learner()] { one->step(one->net.x, one->net.y); }; };
  workload.make_program = [=](const Program::Options& options) {
    const auto one = learner();
    return as_program([one](auto& in) { return one->step(in[0], in[1]); }, {&one->net.w},
                      {one->net.x, one->net.y}, options);
  };
  return workload;
}

}  // namespace

Workload fcn_step(std::int64_t width) {
  return training_step(
      {.name = "fcn_" + std::to_string(width),
       .text = "training step, depth 8, batch 512, width " + std::to_string(width)},
      images_to_classes, 8, width, batch);
}

Workload tiny_step(std::int64_t depth) {
  return training_step({.name = "tiny_" + std::to_string(depth),
                        .text = "training step, 2 inputs and outputs, width 64, batch 64, depth " +
                                std::to_string(depth)},
                       points_to_kinds, depth, 64, 64);
}

Workload chapter1_step() {
  struct Learner {
    Training net{fcn({.width = 256, .depth = 2, .bias = true}), {64, 784}, 10};
    std::vector<Tensor> step(const Tensor& x, const Tensor& y) {
      const Tensor loss = softmax_cross_entropy(net.model(net.w, x), y);
      net.w = add_scaled(net.w, -0.1, grad(loss, net.w));
      return {loss};
    }
  };
  const auto learner = [] {
    const auto one = std::make_shared<Learner>();
    one->net.y = softmax(one->net.y);
    return one;
  };
  return {.name = "net_256",
          .text = "training step of chapter 1's network, batch 64",
          .gflop = step_gflop(images_to_classes, 2, 256, 64),
          .megabytes = step_megabytes(images_to_classes, 2, 256, 64),
          .make = [=]() -> std::function<void()> {
            return [one = learner()] { one->step(one->net.x, one->net.y); };
          },
          .make_program =
              [=](const Program::Options& options) {
                const auto one = learner();
                return as_program([one](auto& in) { return one->step(in[0], in[1]); },
                                  {&one->net.w}, {one->net.x, one->net.y}, options);
              }};
}

}  // namespace gradus
