#pragma once

#include <vector>

#include "nn/model.h"

/// Optimisers replace parameter values by new ones. They take the learning rate factor of each
/// tensor from the model, so that a parametrisation cannot be half applied.
namespace gradus {

/// How weight_decay pulls a parameter w with the learning rate factor f towards 0; biases, too.
///
/// Only the independent decay means the same at every width and in every form of one
/// parametrisation: factors differ between both, so the proportional decay of a hidden weight under
/// muP and Adam, lr / width_mult, fades as the net widens, and the three forms of muP part. The
/// `mup` package keeps lr weight_decay fixed, as the independent decay does.
enum class Decay {
  proportional,  ///< w <- w - lr f (step + weight_decay w): decoupled, as PyTorch's AdamW
  independent,   ///< w <- w - lr f step - lr weight_decay w: decoupled, whatever f
  l2,            ///< g + weight_decay w instead of g: coupled, weight_decay |w|^2 / 2 in the loss
};

/// Gradient descent with momentum (Polyak 1964, in the form of Sutskever et al. 2013 that PyTorch
/// uses): v <- momentum v + g, w <- w - lr factor v. Decoupled decay does not enter v (SGDW,
/// Loshchilov and Hutter 2019).
class Sgd {
 public:
  struct Options {
    double lr = 0.1;
    double momentum = 0;
    double weight_decay = 0;
    Decay decay = Decay::proportional;
  };
  Sgd(const Model& model, Options options);
  /// One step from the gradients at w; w's new values are leaves.
  void step(std::vector<Tensor>& w, const std::vector<Tensor>& gradients);

  Options options;               ///< may be changed between steps
  std::vector<Tensor> velocity;  ///< v; empty before the first step and without momentum

 private:
  std::vector<Param> params_;
};

/// Adam (Kingma and Ba 2015, algorithm 1), with the bias-corrected moments of each entry:
///   m <- beta1 m + (1 - beta1) g,   s <- beta2 s + (1 - beta2) g^2,
///   w <- w - lr factor (m / (1 - beta1^t)) / (sqrt(s / (1 - beta2^t)) + eps).
/// Gradients shrink with width, so a fixed eps breaks a width-independent step. eps may be 0: an
/// entry whose second moment is 0 then takes no step; in f32 that of gradients below 1e-21 is 0.
/// Decoupled decay acts on w before the step and does not enter the moments (AdamW, Loshchilov and
/// Hutter 2019; their eta lambda is our lr weight_decay).
class Adam {
 public:
  struct Options {
    double lr = 0.001;
    double beta1 = 0.9, beta2 = 0.999;
    double eps = 1e-8;
    double weight_decay = 0;
    Decay decay = Decay::proportional;
  };
  Adam(const Model& model, Options options);
  /// One step from the gradients at w; w's new values are leaves.
  void step(std::vector<Tensor>& w, const std::vector<Tensor>& gradients);

  Options options;                    ///< may be changed between steps
  std::vector<Tensor> first, second;  ///< m and s; empty before the first step
  Tensor steps;                       ///< t, a scalar that a program can carry on

 private:
  std::vector<Param> params_;
};

}  // namespace gradus
