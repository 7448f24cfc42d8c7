#include <algorithm>
#include <array>

#include "autodiff/check.h"
#include "autodiff/ops.h"
#include "nn/models.h"

namespace gradus {
namespace {

// The convolutions of a Myrtle network, counted from 1, that an average pool follows.
std::array<std::int64_t, 3> pooled_convolutions(std::int64_t depth) {
  switch (depth) {
    case 5: return {2, 3, 4};
    case 7: return {2, 4, 6};
    case 10: return {3, 6, 9};
  }
  fail("[myrtle] depth ", depth, ": there are Myrtle networks of depth 5, 7 and 10");
}

// Two more pools at the end, or one where that leaves a single pixel: 28 -> 14 -> 7 -> 3 -> 1.
int last_pools(std::int64_t size) { return size >= 4 ? 2 : size >= 2 ? 1 : 0; }

// The largest of entries 2i - 1, 2i, 2i + 1 along one axis; a zero stands for what is outside.
Tensor max_of_three(const Tensor& x, int axis) {
  const std::int64_t n = x.dim(axis), outputs = (n + 1) / 2;
  const Tensor padded = pad(x, axis, 1, 2 * outputs + 1 - n);
  std::vector<std::int64_t> taken = x.shape().dims(), pairs = taken;
  taken[static_cast<std::size_t>(axis)] = pairs[static_cast<std::size_t>(axis)] = outputs;
  pairs.insert(pairs.begin() + axis + 1, 2);
  const auto every_second_from = [&](std::int64_t first) {
    const Tensor part = reshape(slice(padded, axis, first, first + 2 * outputs), pairs);
    return reshape(slice(part, axis + 1, 0, 1), taken);
  };
  return maximum(maximum(every_second_from(0), every_second_from(1)), every_second_from(2));
}

// The stem's 3x3 max pool with stride 2 and padding 1. It follows a relu, where padding with zeros
// is the same as with minus infinity, for gradients too: relu has none at 0.
Tensor max_pool(const Tensor& z) { return max_of_three(max_of_three(z, 2), 1); }

// A stage of a ResNet has two blocks; the first of all stages but one halves the image.
struct Block {
  std::string name;
  std::int64_t in, out, stride;
  bool shortcut() const { return in != out; }
};

std::vector<Block> resnet18_blocks(std::int64_t width) {
  std::vector<Block> blocks;
  for (std::int64_t stage = 0; stage < 4; ++stage) {
    const std::string name = "stage" + std::to_string(stage + 1) + ".block";
    const std::int64_t in = width << std::max<std::int64_t>(stage - 1, 0), out = width << stage;
    blocks.push_back({name + "1", in, out, stage == 0 ? 1 : 2});
    blocks.push_back({name + "2", out, out, 1});
  }
  return blocks;
}

}  // namespace

Model myrtle(const MyrtleConfig& config) {
  const std::array<std::int64_t, 3> pooled = pooled_convolutions(config.depth);
  const std::int64_t width = config.width, convolutions = config.depth - 1;
  const std::int64_t size = config.image_size / 8;  // after three pools
  check(size > 0, "[myrtle] images of ", config.image_size, " pixels: 8 is the least");
  const std::int64_t pixels = (size >> last_pools(size)) * (size >> last_pools(size));

  ParamList list(config.parametrisation, width, config.base_width);
  for (std::int64_t l = 1; l <= convolutions; ++l)
    list.add("conv" + std::to_string(l), l == 1 ? Role::input : Role::hidden,
             {3, 3, l == 1 ? config.channels : width, width}, config.hidden_variance);
  list.add_last({pixels * width, config.out}, config.last);

  return {"myrtle", list.params(),
          [convolutions, pooled, features = pixels * width](
              const std::vector<Tensor>& weights, const Tensor& x, std::vector<Layer>* layers) {
            Tensor z = x;
            for (std::int64_t l = 1; l <= convolutions; ++l) {
              const Tensor h = conv2d(z, weights[static_cast<std::size_t>(l - 1)]);
              z = relu(h);
              add_layer(layers, "conv" + std::to_string(l), h, z);
              if (std::find(pooled.begin(), pooled.end(), l) != pooled.end()) z = avg_pool2d(z);
            }
            for (int pools = last_pools(z.dim(1)); pools > 0; --pools) z = avg_pool2d(z);
            const Tensor f = matmul(reshape(z, Shape{z.dim(0), features}), weights.back());
            add_layer(layers, "output", f, f);
            return f;
          }};
}

Model resnet18(const Resnet18Config& config) {
  const bool imagenet = config.stem == Stem::imagenet;
  const std::vector<Block> blocks = resnet18_blocks(config.width);
  const double variance = config.hidden_variance;
  const std::int64_t kernel = imagenet ? 7 : 3;

  ParamList list(config.parametrisation, config.width, config.base_width);
  list.add("stem", Role::input, {kernel, kernel, config.channels, config.width}, variance);
  for (const Block& block : blocks) {
    list.add(block.name + ".conv1", Role::hidden, {3, 3, block.in, block.out}, variance);
    list.add(block.name + ".conv2", Role::hidden, {3, 3, block.out, block.out}, variance);
    if (block.shortcut())
      list.add(block.name + ".shortcut", Role::hidden, {1, 1, block.in, block.out}, variance);
  }
  list.add_last({blocks.back().out, config.out}, config.last, true);

  return {"resnet18", list.params(),
          [imagenet, blocks](const std::vector<Tensor>& weights, const Tensor& x,
                             std::vector<Layer>* layers) {
            auto next = weights.begin();
            Tensor h = imagenet ? conv2d(x, *next++, 2, {3, 3, 3, 3}) : conv2d(x, *next++);
            Tensor z = relu(h);
            add_layer(layers, "stem", h, z);
            if (imagenet) z = max_pool(z);
            for (const Block& block : blocks) {
              const Tensor h1 = conv2d(z, *next++, block.stride), z1 = relu(h1);
              add_layer(layers, block.name + ".conv1", h1, z1);
              const Tensor h2 = conv2d(z1, *next++);
              h = h2 + (block.shortcut() ? conv2d(z, *next++, block.stride) : z);
              z = relu(h);
              add_layer(layers, block.name, h, z);
            }
            const Tensor f = matmul(mean(z, {1, 2}), *next) + *(next + 1);
            add_layer(layers, "output", f, f);
            return f;
          }};
}

}  // namespace gradus
