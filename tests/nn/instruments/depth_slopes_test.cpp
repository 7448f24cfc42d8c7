// How one training step scales with the number of residual blocks: exponents measured over depths
// against those that the chapter on depth derives. The tables' promise is 0 everywhere but in one
// place.
#include <cmath>
#include <map>
#include <string>

#include "autodiff/grad.h"
#include "autodiff/threads.h"
#include "nn/instruments/exponents.h"
#include "nn/instruments/norms.h"
#include "nn/losses.h"
#include "nn/models.h"
#include "nn/optimisers.h"
#include "tests/catch.h"

namespace gradus {
namespace {

using Tensors = std::vector<Tensor>;

struct Step {
  double h, f;   // rms of the change of the last block's output, and of the network's
  double inner;  // of h V, by the change of V in the middle block; 0 in blocks of one layer
};

// One small step of the blocks' parameters alone.
template <class Optimiser>
Step step(const Model& net, const Tensors& w, const Tensor& x, const Tensor& c, Optimiser optimiser,
          std::int64_t blocks) {
  const std::vector<Layer> before = net.layers(w, x);
  Tensors moved = w;
  optimiser.step(moved, grad(linear_loss(before.back().h, c), w));
  Step changes{};
  for (std::size_t i = 0; i < w.size(); ++i) {
    const std::string& name = net.params[i].name;
    if (!name.starts_with("block")) moved[i] = w[i];
    if (name != "block" + std::to_string(blocks / 2 + 1) + ".inner") continue;
    const Tensor& h = before[static_cast<std::size_t>(blocks)].h;  // input and two of each block
    changes.inner = rms(matmul(h, moved[i] - w[i]));
  }
  const std::vector<Layer> after = net.layers(moved, x);
  const std::size_t last = before.size() - 2;
  changes.h = rms(after[last].h - before[last].h);
  changes.f = rms(after.back().h - before.back().h);
  return changes;
}

// Exponents in the number of blocks, keyed by optimiser and quantity.
std::map<std::string, double> exponents(const ResidualConfig& base, double branch_exponent) {
  const std::vector<double> depths = {8, 16, 32, 64};
  std::map<std::string, std::vector<std::vector<double>>> values;
  for (const double depth : depths) {
    ResidualConfig config = base;
    config.blocks = static_cast<std::int64_t>(depth);
    config.branch_multiplier = std::pow(depth, branch_exponent);
    const Model net = residual_mlp(config);
    std::map<std::string, std::vector<double>> of_seeds;
    for (std::uint64_t seed = 0; seed < 4; ++seed) {
      const Tensors w = init(net, seed, DType::f64);
      const Tensor x = random_normal({8, config.in}, {seed, 9000}, 1.0, DType::f64),
                   c = random_normal({8, config.out}, {seed, 9001}, 1.0, DType::f64);
      const Step sgd = step(net, w, x, c, Sgd(net, {.lr = 1e-6}), config.blocks),
                 adam = step(net, w, x, c, Adam(net, {.lr = 1e-6, .eps = 0}), config.blocks);
      of_seeds["SGD h"].push_back(sgd.h);
      of_seeds["SGD f"].push_back(sgd.f);
      of_seeds["Adam h"].push_back(adam.h);
      of_seeds["Adam f"].push_back(adam.f);
      if (config.block_layers == 2) of_seeds["SGD inner"].push_back(sgd.inner);
      if (config.block_layers == 2) of_seeds["Adam inner"].push_back(adam.inner);
    }
    for (const auto& [name, seeds] : of_seeds) values[name].push_back(seeds);
  }
  std::map<std::string, double> slopes;
  for (const auto& [name, seeds] : values) slopes[name] = exponent_of_medians(depths, seeds).value;
  return slopes;
}

TEST_CASE("exponents of one step in the depth") {
  set_threads(1);  // small arrays, and tests may run side by side
  struct Row {
    Parametrisation p;
    std::int64_t layers;
    double branch_exponent;  // of a factor on top of the table
    double sgd, adam, sgd_inner, adam_inner;
  };
  // With SGD the inner change is that of a gradient which carries the branch's multiplier.
  for (const Row& row : {Row{abc::depth_mup, 1, 0, 0, 0, 0, 0},
                         {abc::complete_p, 1, 0, 0, 0, 0, 0},
                         {abc::depth_mup, 2, 0, 0, 0, -.5, -.5},
                         {abc::complete_p, 2, 0, 0, 0, 0, 0},
                         {abc::mup_table3, 1, -.5, 0, .5, 0, 0},
                         {abc::mup_table3, 1, -1, -1, 0, 0, 0}}) {
    const std::map<std::string, double> found = exponents({.in = 8,
                                                           .width = 48,
                                                           .out = 3,
                                                           .block_layers = row.layers,
                                                           .bias = true,
                                                           .parametrisation = row.p,
                                                           .base_width = 24},
                                                          row.branch_exponent);
    for (const auto& [name, slope] : found) {
      const bool sgd = name.starts_with("SGD"), inner = name.ends_with("inner");
      const double expected =
          sgd ? (inner ? row.sgd_inner : row.sgd) : (inner ? row.adam_inner : row.adam);
      INFO(row.p.name << ", " << row.layers << " layers, branch exponent " << row.branch_exponent
                      << ", " << name << ": " << slope << ", predicted " << expected);
      CHECK(std::fabs(slope - expected) < 0.15);
    }
  }
}

}  // namespace
}  // namespace gradus
