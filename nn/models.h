#pragma once

#include <cstdint>

#include "nn/model.h"

/// The networks of the book. Each is a plain struct of options and a function that makes the Model:
///
///     const Model model = fcn({.width = 512, .depth = 8, .parametrisation = abc::ntk});
///     std::vector<Tensor> w = init(model, seed);
///     const Tensor f = model(w, x);
///
/// `width` is what grows and `base_width` where a parametrisation is calibrated: width_mult =
/// width / base_width, which SP ignores. Images are (batch, height, width, channels).
namespace gradus {

enum class Activation { linear, relu, tanh };
Tensor activate(Activation activation, const Tensor& h);

/// A fully connected network of `depth` weight matrices; images are flattened. Linear, and with
/// abc::ntk, it is the linear network of Kalra and Barkeshli 2023.
struct FcnConfig {
  std::int64_t in = 784, width = 512, depth = 8, out = 10;
  Activation activation = Activation::relu;
  bool bias = false;
  double hidden_variance = 2;  ///< N(0, hidden_variance / fan_in) in all layers but the last
  double bias_variance = 0;
  LastLayer last = {};
  Parametrisation parametrisation = abc::sp;
  std::int64_t base_width = 64;
};
Model fcn(const FcnConfig& config);

/// A residual network: h_0 = x W_in, then `blocks` times h += branch_multiplier * relu(h) W, and
/// the output h W_out. A parametrisation's own branch multiplier (depth_mup) comes on top; it is
/// calibrated at `base_blocks`, as at `base_width`. Two layers a block make it
/// h += branch_multiplier * relu(h V) W, with N(0, 1 / fan_in) in V, which reads h as it is.
/// Without bias the network is homogeneous, f(a x) = a f(x) for a > 0, and its class regions are
/// cones.
struct ResidualConfig {
  std::int64_t in = 784, width = 64, blocks = 8, out = 10;
  Activation activation = Activation::relu;
  std::int64_t block_layers = 1;  ///< weight matrices in a branch: 1 or 2
  bool activation_last = false;   ///< h += relu(h W) instead: each entry of h only grows
  bool bias = false;              ///< in every layer, and starting at 0
  double branch_multiplier = 1;
  double input_variance = 1;  ///< so that h_0 has the scale of x
  double hidden_variance = 2;
  LastLayer last = {};
  Parametrisation parametrisation = abc::sp;
  std::int64_t base_width = 64, base_blocks = 1;
};
Model residual_mlp(const ResidualConfig& config);

/// Myrtle networks (Shankar et al. 2020): `depth` - 1 convolutions 3x3 without bias, each followed
/// by ReLU, average pools 2x2 after three of them and two more at the end, as far as the image
/// reaches, and a dense layer without bias. Depth 5, 7 or 10; `width` filters.
struct MyrtleConfig {
  std::int64_t depth = 10, width = 128;
  std::int64_t image_size = 32, channels = 3, out = 10;
  double hidden_variance = 2;
  LastLayer last = {};
  Parametrisation parametrisation = abc::sp;
  std::int64_t base_width = 64;
};
Model myrtle(const MyrtleConfig& config);

/// How a ResNet begins.
enum class Stem {
  cifar,     ///< 3x3 convolution, for small images
  imagenet,  ///< 7x7 convolution with stride 2 and padding 3, then a 3x3 max pool with stride 2
};
/// ResNet-18 (He et al. 2016) without batch norm: a stem, eight blocks of two 3x3 convolutions
/// around a shortcut, with 1, 2, 4, 8 times `width` filters, the mean over the image, and a dense
/// layer with bias. A shortcut that changes shape is a 1x1 convolution.
struct Resnet18Config {
  std::int64_t width = 64, channels = 3, out = 10;
  Stem stem = Stem::cifar;
  double hidden_variance = 1;
  LastLayer last = {};
  Parametrisation parametrisation = abc::sp;
  std::int64_t base_width = 64;
};
Model resnet18(const Resnet18Config& config);

/// The uv model of Kalra et al. 2023: f = n^-p/2 v . u x with scalar x, whose training has a closed
/// form. p = 1 is the NTK parametrisation, p = 0 is muP.
struct UvConfig {
  std::int64_t width = 100;  ///< n
  double p = 1;
};
Model uv(const UvConfig& config);
/// Parameters with f(1) = f0 and (|u|^2 + |v|^2) / n^p = lam0 exactly. They exist if |f0| <=
/// n^p/2 lam0 / 2.
std::vector<Tensor> uv_params(const UvConfig& config, double f0, double lam0,
                              DType dtype = DType::f64, Device device = default_device());

/// All that the uv model's training depends on, at x = 1 and loss (f - y)^2 / 2: the output, and
/// lam = (|u|^2 + |v|^2) / n^p, its tangent kernel.
struct UvState {
  double f = 0, lam = 0;
};
/// One step of gradient descent, in closed form.
UvState uv_step(const UvConfig& config, UvState state, double lr, double y = 0);
/// The eigenvalues of the loss's Hessian: largest and smallest, and +-bulk n - 1 times each.
struct UvSpectrum {
  double largest = 0, smallest = 0, bulk = 0;
};
UvSpectrum uv_spectrum(const UvConfig& config, UvState state, double y = 0);

}  // namespace gradus
