#include "tests/benchmarks/workloads.h"

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "data/load.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "nn/sharpness.h"

namespace gradus {
namespace {

constexpr std::int64_t inputs = 784, outputs = 10, batch = 512;

double giga(double count) { return count / 1e9; }

// A network with its parameters, a batch and targets.
struct Training {
  Model model;
  std::vector<Tensor> w;
  Tensor x, y;

  Training(Model m, Shape images)
      : model(std::move(m)), w(init(model, 0)), x(random_normal(images, {1, 0})),
        y(random_normal({images[0], outputs}, {1, 1})) {}
  Tensor loss() const { return mse_half_mean(model(w, x), y); }
};

// Numbers in a network's weights, and in what one batch makes of it: h and relu(h) of each layer.
struct FcnSizes {
  double weights, activations;
};
FcnSizes fcn_sizes(double depth, double width, double rows) {
  return {inputs * width + (depth - 2) * width * width + width * outputs,
          rows * (inputs + 2 * (depth - 1) * width + outputs)};
}

// Three products a layer, but two in the first: images need no gradient. Weights are read three
// times, gradients written and read, new weights written; activations and their cotangents are
// written once and read twice.
double step_gflop(double depth, double width, double rows) {
  return giga(2 * rows * (3 * fcn_sizes(depth, width, rows).weights - inputs * width));
}
double step_megabytes(double depth, double width, double rows) {
  const FcnSizes sizes = fcn_sizes(depth, width, rows);
  return 4e-6 * (6 * sizes.weights + 6 * sizes.activations);
}

// Products per layer and Hessian-vector product, with the gradient's graph kept: 6, in the first
// layer 3; and 3 and 2 to make that graph.
double hvp_gflop(double width, double products) {
  const double weights = fcn_sizes(8, width, batch).weights;
  return giga(2 * batch * products * (6 * weights - 3 * inputs * width)) +
         step_gflop(8, width, batch);
}

Workload product(const char* kind, std::int64_t width) {
  const bool transposed = kind[0] == 't';
  const std::string size = std::to_string(width);
  return {.name = std::string(kind) + '_' + size,
          .text = transposed ? "product (512," + size + ")^T (512," + size + ")"
                             : "product (512," + size + ") (" + size + "," + size + ")",
          .gflop = giga(2.0 * batch * double(width * width)),
          .megabytes = 4e-6 * double(width * width + 2 * batch * width),
          .make = [=] {
            const Tensor a = random_normal({batch, width}, {1, 0});
            const Tensor b = random_normal({transposed ? batch : width, width}, {1, 1});
            return [=] {
              const NoGrad values_only;
              matmul(a, b, transposed);
            };
          }};
}

std::function<void()> training_step(std::int64_t depth, std::int64_t width, std::int64_t rows) {
  Training net(fcn({.width = width, .depth = depth}), {rows, inputs});
  Sgd sgd(net.model, {.lr = 1e-3});
  return [net, sgd]() mutable { sgd.step(net.w, grad(net.loss(), net.w)); };
}

Workload fcn_step(std::int64_t width) {
  return {.name = "fcn_" + std::to_string(width),
          .text = "training step, depth 8, batch 512, width " + std::to_string(width),
          .gflop = step_gflop(8, double(width), batch),
          .megabytes = step_megabytes(8, double(width), batch),
          .make = [=] { return training_step(8, width, batch); }};
}

Workload tiny_step(std::int64_t depth) {
  return {.name = "tiny_" + std::to_string(depth),
          .text = "training step, width 64, batch 64, depth " + std::to_string(depth),
          .gflop = step_gflop(double(depth), 64, 64),
          .megabytes = step_megabytes(double(depth), 64, 64),
          .make = [=] { return training_step(depth, 64, 64); }};
}

Workload hvp_products(std::int64_t width) {
  return {.name = "hvp_" + std::to_string(width),
          .text = "gradient and 20 Hessian-vector products, depth 8, width " + std::to_string(width),
          .gflop = hvp_gflop(double(width), 20),
          .megabytes = 41 * step_megabytes(8, double(width), batch),
          .make = [=]() -> std::function<void()> {
            Training net(fcn({.width = width, .depth = 8}), {batch, inputs});
            return [net] {
              Hvp hvp(net.loss(), net.w);
              for (int i = 0; i < 20; ++i) hvp(net.w);
            };
          }};
}

Workload power_iterations(std::int64_t width) {
  return {.name = "power_" + std::to_string(width),
          .text = "20 power iterations, depth 8, width " + std::to_string(width),
          .gflop = hvp_gflop(double(width), 20),
          .megabytes = 41 * step_megabytes(8, double(width), batch),
          .make = [=]() -> std::function<void()> {
            Training net(fcn({.width = width, .depth = 8}), {batch, inputs});
            return [net] {
              Hvp hvp(net.loss(), net.w);
              power_iteration(std::ref(hvp), net.w, {.tolerance = 0, .max_products = 20});
            };
          }};
}

Model lambda_model() { return fcn({.width = 128, .depth = 8}); }

// To 1e-3 of its value. The residual bounds the error, and the error is of its square.
Workload largest_eigenvalue() {
  return {.name = "lambda_128",
          .text = "largest eigenvalue of the Hessian to 1e-3, Fashion-MNIST, depth 8, width 128",
          .make = []() -> std::function<void()> {
            std::vector<Tensor> w = lambda_inputs();
            const Tensor y = w.back(), x = w[w.size() - 2];
            w.resize(w.size() - 2);
            return [=, model = lambda_model()] {
              Hvp hvp(mse_half_mean(model(w, x), y), w);
              sharpness(std::ref(hvp), w, {.tolerance = 0.02});
            };
          }};
}

// Ten layers, three times: forward and for both adjoints, except the images'.
Workload myrtle_step(std::int64_t width) {
  const double w = double(width), rows = 256;
  const double pixels[] = {1024, 1024, 1024, 256, 256, 256, 64, 64, 64};
  double gflop = 0, numbers = 0;
  for (int layer = 0; layer < 9; ++layer) {
    const double channels = layer == 0 ? 3 : w;
    gflop += giga(2 * rows * pixels[layer] * 9 * channels * w) * (layer == 0 ? 2 : 3);
    numbers += rows * pixels[layer] * w;
  }
  return {.name = "myrtle_" + std::to_string(width),
          .text = "Myrtle-10, 256 images 32x32x3, forward and backward, filters " +
                  std::to_string(width),
          .gflop = gflop,
          .megabytes = 4e-6 * 12 * numbers,
          .make = [=]() -> std::function<void()> {
            Training net(myrtle({.depth = 10, .width = width}), {256, 32, 32, 3});
            return [net] { grad(net.loss(), net.w); };
          }};
}

Workload convolution(std::int64_t filters) {
  const double f = double(filters);
  return {.name = "conv_" + std::to_string(filters),
          .text = "convolution 3x3 and both adjoints, 64 images 32x32, channels " +
                  std::to_string(filters),
          .gflop = giga(3 * 2 * 64 * 1024 * 9 * f * f),
          .megabytes = 4e-6 * 6 * 64 * 1024 * f,
          .make = [=]() -> std::function<void()> {
            const Tensor x = random_normal({64, 32, 32, filters}, {1, 0});
            const Tensor w = random_normal({3, 3, filters, filters}, {1, 1}, 0.1);
            const Tensor y_bar = random_normal({64, 32, 32, filters}, {1, 2});
            return [=] { vjp({conv2d(x, w)}, {y_bar}, {x, w}); };
          }};
}

}  // namespace

std::vector<Workload> workloads() {
  std::vector<Workload> all;
  for (std::int64_t width : {64, 128, 512, 2048}) all.push_back(product("nn", width));
  all.push_back(product("tn", 128));
  for (std::int64_t width : {64, 128, 256, 512, 1024}) all.push_back(fcn_step(width));
  for (std::int64_t depth : {2, 3, 4}) all.push_back(tiny_step(depth));
  for (std::int64_t width : {64, 128, 256, 512}) all.push_back(hvp_products(width));
  all.push_back(power_iterations(128));
  all.push_back(largest_eigenvalue());
  for (std::int64_t filters : {32, 64}) all.push_back(myrtle_step(filters));
  for (std::int64_t filters : {32, 64}) all.push_back(convolution(filters));
  return all;
}

std::vector<Tensor> lambda_inputs() {
  const Dataset images = first(embedded_fashion_mnist().train, batch);
  std::vector<Tensor> all = init(lambda_model(), 0);
  all.push_back(standardised_images(images, Layout::flat));
  all.push_back(one_hot(images.labels, images.classes));
  return all;
}

}  // namespace gradus
