// Products with the Hessian of networks of depth 8, and its largest eigenvalue.

#include <functional>
#include <string>

#include "autodiff/grad.h"
#include "autodiff/hvp.h"
#include "autodiff/ops.h"
#include "data/load.h"
#include "nn/instruments/sharpness.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "tests/benchmarks/workloads_kinds.h"

namespace gradus {
namespace {

// Products per layer and Hessian-vector product, with the gradient's graph kept: 6, in the first
// layer 3; and 3 and 2 to make that graph.
double hvp_gflop(std::int64_t width, double products) {
  const FcnSizes sizes = fcn_sizes(images_to_classes, 8, width, batch);
  return giga(2 * batch * products * (6 * sizes.weights - 3 * sizes.first)) +
         step_gflop(images_to_classes, 8, width, batch);
}

Training hessian_net(std::int64_t width) {
  return Training(fcn({.width = width, .depth = 8}), {batch, 784}, 10);
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

Model lambda_model() { return fcn({.width = 128, .depth = 8}); }

}  // namespace

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
