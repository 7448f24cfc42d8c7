// Matrix products, convolutions, and a network of them.

#include <functional>
#include <string>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "tests/benchmarks/workloads_kinds.h"

namespace gradus {

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

}  // namespace gradus
