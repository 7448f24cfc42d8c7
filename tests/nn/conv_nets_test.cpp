// The convolutional networks: shapes, counts, and the pooling of the ImageNet stem.
#include "nn/models.h"

#include <algorithm>
#include <cmath>

#include "autodiff/ops.h"
#include "tests/catch.h"
#include "tests/engine/test_support.h"
#include "tests/nn/test_support.h"

namespace gradus {
namespace {

using Values = std::vector<double>;

std::vector<std::pair<std::string, Shape>> shapes(const Model& model, const Shape& images) {
  std::vector<std::pair<std::string, Shape>> found;
  for (const Layer& layer : model.layers(init(model, 0), zeros(images)))
    found.emplace_back(layer.name, layer.h.shape());
  return found;
}

TEST_CASE("Myrtle networks: shapes and parameter counts") {
  using Shapes = std::vector<std::pair<std::string, Shape>>;
  CHECK(shapes(myrtle({.width = 4}), {1, 32, 32, 3}) == Shapes{{"conv1", {1, 32, 32, 4}},
                                                               {"conv2", {1, 32, 32, 4}},
                                                               {"conv3", {1, 32, 32, 4}},
                                                               {"conv4", {1, 16, 16, 4}},
                                                               {"conv5", {1, 16, 16, 4}},
                                                               {"conv6", {1, 16, 16, 4}},
                                                               {"conv7", {1, 8, 8, 4}},
                                                               {"conv8", {1, 8, 8, 4}},
                                                               {"conv9", {1, 8, 8, 4}},
                                                               {"output", {1, 10}}});
  CHECK(shapes(myrtle({.depth = 7, .width = 2}), {1, 32, 32, 3}) ==
        Shapes{{"conv1", {1, 32, 32, 2}},
               {"conv2", {1, 32, 32, 2}},
               {"conv3", {1, 16, 16, 2}},
               {"conv4", {1, 16, 16, 2}},
               {"conv5", {1, 8, 8, 2}},
               {"conv6", {1, 8, 8, 2}},
               {"output", {1, 10}}});
  CHECK(shapes(myrtle({.depth = 5, .width = 2, .image_size = 28, .channels = 1}), {1, 28, 28, 1}) ==
        Shapes{{"conv1", {1, 28, 28, 2}},
               {"conv2", {1, 28, 28, 2}},
               {"conv3", {1, 14, 14, 2}},
               {"conv4", {1, 7, 7, 2}},
               {"output", {1, 10}}});

  // 3x3 kernels, then 10 numbers per filter: a single pixel is left, of 28x28 images too
  CHECK(parameter_count(myrtle({})) == 9 * 3 * 128 + 8 * 9 * 128 * 128 + 10 * 128);
  CHECK(parameter_count(myrtle({})) == 1'184'384);
  CHECK(parameter_count(myrtle({.depth = 7, .width = 64})) == 9 * 64 * (3 + 5 * 64) + 640);
  CHECK(parameter_count(myrtle({.depth = 5, .width = 8, .image_size = 28, .channels = 1})) ==
        9 * 8 * (1 + 3 * 8) + 80);
  CHECK(param_of(myrtle({}), "conv2").init_std == Approx(std::sqrt(2. / (9 * 128))));
  CHECK(param_of(myrtle({}), "output").init_std == Approx(std::sqrt(1. / 128)));
  CHECK(param_of(myrtle({.width = 4, .image_size = 64}), "output").shape == Shape{2 * 2 * 4, 10});
  const Model least = myrtle({.depth = 5, .width = 4, .image_size = 8});
  CHECK(least(init(least, 0), zeros({2, 8, 8, 3})).shape() == Shape{2, 10});

  CHECK_THAT(error_of([] { myrtle({.depth = 6}); }), ContainsSubstring("depth 5, 7 and 10"));
  CHECK_THAT(error_of([] { myrtle({.image_size = 7}); }), ContainsSubstring("7 pixels"));
}

TEST_CASE("ResNet-18: shapes and parameter counts") {
  // The published 11,689,512 have 9,600 of batch norm and 1,000 classes instead of 10.
  CHECK(parameter_count(resnet18({.stem = Stem::imagenet})) ==
        11'689'512 - 9'600 - 513 * 1'000 + 513 * 10);
  CHECK(parameter_count(resnet18({})) == 11'164'362);
  const auto at = [](const Model& model, const std::string& name) {
    for (const auto& [layer, shape] : shapes(model, {2, 32, 32, 3}))
      if (layer == name) return shape;
    return Shape();
  };
  const Model cifar = resnet18({.width = 2});
  const Model imagenet = resnet18({.width = 2, .stem = Stem::imagenet});
  CHECK(at(cifar, "stem") == Shape{2, 32, 32, 2});
  CHECK(at(cifar, "stage1.block2") == Shape{2, 32, 32, 2});
  CHECK(at(cifar, "stage2.block1.conv1") == Shape{2, 16, 16, 4});
  CHECK(at(cifar, "stage4.block2") == Shape{2, 4, 4, 16});
  CHECK(at(cifar, "output") == Shape{2, 10});
  CHECK(at(imagenet, "stem") == Shape{2, 16, 16, 2});
  CHECK(at(imagenet, "stage1.block1") == Shape{2, 8, 8, 2});
  CHECK(at(imagenet, "stage4.block2") == Shape{2, 1, 1, 16});
}

// 3x3 windows, stride 2, padding 1, of non-negative images.
Tensor max_pool_by_hand(const Tensor& images) {
  const std::int64_t size = images.dim(1), channels = images.dim(3), outputs = (size + 1) / 2;
  const Values x = images.to_vector();
  Values y;
  for (std::int64_t b = 0; b < images.dim(0); ++b)
    for (std::int64_t i = 0; i < outputs; ++i)
      for (std::int64_t j = 0; j < outputs; ++j)
        for (std::int64_t c = 0; c < channels; ++c) {
          double largest = 0;
          for (std::int64_t p = 2 * i - 1; p <= 2 * i + 1; ++p)
            for (std::int64_t q = 2 * j - 1; q <= 2 * j + 1; ++q)
              if (p >= 0 && p < size && q >= 0 && q < size)
                largest = std::max(
                    largest,
                    x[static_cast<std::size_t>(((b * size + p) * size + q) * channels + c)]);
          y.push_back(largest);
        }
  return from_host(y, {images.dim(0), outputs, outputs, channels}, images.dtype());
}

TEST_CASE("the ImageNet stem pools maxima") {
  const std::int64_t size = GENERATE(16, 18);  // 8 and, odd, 9 pixels after the first convolution
  const Model net = resnet18({.width = 3, .stem = Stem::imagenet});
  const std::vector<Tensor> w = init(net, 1, DType::f64);
  const std::vector<Layer> layers = net.layers(w, gaussian({2, size, size, 3}));
  CHECK(layers[1].h.to_vector() == conv2d(max_pool_by_hand(layers[0].z), w[1]).to_vector());
}

}  // namespace
}  // namespace gradus
