#include "tests/benchmarks/workloads.h"

#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "data/load.h"
#include "nn/instruments/sharpness.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "nn/vectors.h"

namespace gradus {
namespace {

constexpr std::int64_t batch = 512;

// Inputs and outputs of a network: images and classes, or points in the plane of two kinds.
struct Ends {
  std::int64_t in, out;
};
constexpr Ends images_to_classes{784, 10}, points_to_kinds{2, 2};

double giga(double count) { return count / 1e9; }

// A network with its parameters, a batch and targets.
struct Training {
  Model model;
  std::vector<Tensor> w;
  Tensor x, y;

  Training(Model m, const Shape& images, std::int64_t outputs)
      : model(std::move(m)),
        w(init(model, 0)),
        x(random_normal(images, {1, 0})),
        y(random_normal({images[0], outputs}, {1, 1})) {}
  Tensor loss() const { return mse_half_mean(model(w, x), y); }
};

// Numbers in a network's weights, and in what one batch makes of it: h and relu(h) of each layer.
struct FcnSizes {
  double first, weights, activations;
};
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

// Products per layer and Hessian-vector product, with the gradient's graph kept: 6, in the first
// layer 3; and 3 and 2 to make that graph.
double hvp_gflop(std::int64_t width, double products) {
  const FcnSizes sizes = fcn_sizes(images_to_classes, 8, width, batch);
  return giga(2 * batch * products * (6 * sizes.weights - 3 * sizes.first)) +
         step_gflop(images_to_classes, 8, width, batch);
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

using Function = std::function<std::vector<Tensor>(const std::vector<Tensor>&)>;
ProgramRun as_program(const Function& f, std::vector<Program::Variable> state,
                      const std::vector<Tensor>& inputs, const Program::Options& options) {
  return {std::make_shared<Program>(f, std::move(state), options), inputs};
}

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

Training hessian_net(std::int64_t width) {
  return Training(fcn({.width = width, .depth = 8}), {batch, 784}, 10);
}

// The network of chapter 1: 784-256-10 with biases, cross-entropy, batches of 64.
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

// A gradient and 20 products with the Hessian.
Workload hessian(const std::string& kind, const std::string& text, std::int64_t width,
                 void (*twenty)(Hvp& hvp, const std::vector<Tensor>& w)) {
  return {.name = kind + '_' + std::to_string(width),
          .text = text + ", depth 8, width " + std::to_string(width),
          .gflop = hvp_gflop(width, 20),
          .megabytes = 41 * step_megabytes(images_to_classes, 8, width, batch),
          .make = [=]() -> std::function<void()> {
            const Training net = hessian_net(width);
            return [=] {
              Hvp hvp(net.loss(), net.w);
              twenty(hvp, net.w);
            };
          }};
}

// As a program, all of it is one.
Workload hvp_products(std::int64_t width) {
  Workload workload = hessian("hvp", "gradient and 20 Hessian-vector products", width,
                              [](Hvp& hvp, const std::vector<Tensor>& w) {
                                for (int i = 0; i < 20; ++i) hvp(w);
                              });
  workload.make_program = [=](const Program::Options& options) {
    const Training net = hessian_net(width);
    const auto twenty = [net](const std::vector<Tensor>& w) -> std::vector<Tensor> {
      Hvp hvp(mse_half_mean(net.model(w, net.x), net.y), w);
      for (int i = 0; i < 20; ++i) hvp(w);
      return {};
    };
    return as_program(twenty, {}, net.w, options);
  };
  return workload;
}

// As a program, one product; what does not depend on the vector is folded.
Workload products_at_one_point(std::int64_t width) {
  return {.name = "hv_" + std::to_string(width),
          .text = "Hessian-vector product with its graph at hand, depth 8, width " +
                  std::to_string(width),
          .gflop = hvp_gflop(width, 1) - step_gflop(images_to_classes, 8, width, batch),
          .megabytes = 2 * step_megabytes(images_to_classes, 8, width, batch),
          .make = [=]() -> std::function<void()> {
            const Training net = hessian_net(width);
            return [hvp = Hvp(net.loss(), net.w), v = net.w]() mutable { hvp(v); };
          },
          .make_program =
              [=](const Program::Options& options) {
                const Training net = hessian_net(width);
                return as_program([net](auto& v) { return Hvp(net.loss(), net.w)(v); }, {}, net.w,
                                  options);
              }};
}

Workload power_iterations(std::int64_t width) {
  return hessian("power", "20 power iterations", width, [](Hvp& hvp, const std::vector<Tensor>& w) {
    power_iteration(std::ref(hvp), w, {.tolerance = 0, .max_products = 20});
  });
}

Model lambda_model() { return fcn({.width = 128, .depth = 8}); }

// To 1e-3 of its value. The residual bounds the error, and the error is of its square.
Workload largest_eigenvalue() {
  return {.name = "lambda_128",
          .text = "largest eigenvalue of the Hessian to 1e-3 after 20 steps, depth 8, width 128",
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
  const auto images = [=] {
    return Training(myrtle({.depth = 10, .width = width}), {256, 32, 32, 3}, 10);
  };
  return {.name = "myrtle_" + std::to_string(width),
          .text = "Myrtle-10, 256 images 32x32x3, forward and backward, filters " +
                  std::to_string(width),
          .gflop = gflop,
          .megabytes = 4e-6 * 12 * numbers,
          .make = [=]() -> std::function<void()> {
            const Training net = images();
            return [net] { grad(net.loss(), net.w); };
          },
          .make_program =
              [=](const Program::Options& options) {
                const Training net = images();
                return as_program(
                    [net](auto& in) {
                      return grad(mse_half_mean(net.model(net.w, in[0]), in[1]), net.w);
                    },
                    {}, {net.x, net.y}, options);
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
  all.push_back(chapter1_step());
  for (std::int64_t width : {64, 128, 256, 512}) all.push_back(hvp_products(width));
  for (std::int64_t width : {64, 128}) all.push_back(products_at_one_point(width));
  all.push_back(power_iterations(128));
  all.push_back(largest_eigenvalue());
  for (std::int64_t filters : {32, 64}) all.push_back(myrtle_step(filters));
  for (std::int64_t filters : {32, 64}) all.push_back(convolution(filters));
  return all;
}

std::vector<Tensor> lambda_inputs() {
  const Dataset images = first(embedded_fashion_mnist().train, batch);
  const Tensor x = standardised_images(images, Layout::flat);
  const Tensor y = one_hot(images.labels, images.classes);
  const Model model = lambda_model();
  std::vector<Tensor> all = init(model, 0);
  Sgd sgd(model, {.lr = 0.3});
  for (int step = 0; step < 20; ++step) sgd.step(all, grad(mse_half_mean(model(all, x), y), all));
  all.insert(all.end(), {x, y});
  return all;
}

}  // namespace gradus
