#include "nn/optimisers.h"

#include <cmath>

#include "autodiff/check.h"
#include "autodiff/grad.h"
#include "autodiff/ops.h"

namespace gradus {
namespace {

// A gradient of shape (1,3) would turn a parameter of shape (3,1) into one of shape (3,3).
void check_list(const char* name, const char* what, const std::vector<Param>& params,
                const std::vector<Tensor>& got) {
  check(got.size() == params.size(), "[", name, "] the model has ", params.size(),
        " parameters; got ", got.size(), ' ', what);
  for (std::size_t i = 0; i < params.size(); ++i)
    check(got[i].shape() == params[i].shape, "[", name, "] parameter ", params[i].name, " expects ",
          what, " of shape ", params[i].shape, ", got ", got[i].shape());
}

std::vector<Tensor> zeros_like(const std::vector<Tensor>& w) {
  std::vector<Tensor> zeros;
  for (const Tensor& x : w) zeros.push_back(full_like(x, 0.0));
  return zeros;
}

template <class Options>
Tensor with_l2(const Tensor& g, const Tensor& w, const Options& options) {
  const bool l2 = options.decay == Decay::l2 && options.weight_decay != 0;
  return l2 ? g + options.weight_decay * w : g;
}

// w after decoupled decay; not (1 - rate) w, which in f32 rounds the rate of all entries alike.
template <class Options>
Tensor decayed(const Tensor& w, double factor, const Options& options) {
  if (options.decay == Decay::l2 || options.weight_decay == 0) return w;
  const double rate = options.lr * (options.decay == Decay::proportional ? factor : 1);
  return w - rate * options.weight_decay * w;
}

// 1 - beta^t = 2 h / (1 + h) with h = tanh(-t log(beta) / 2): nothing cancels where beta^t is near 1.
Tensor bias_correction(double beta, const Tensor& t) {
  const Tensor h = tanh(-0.5 * std::log(beta) * t);
  return 2.0 * h / (1.0 + h);
}

}  // namespace

Sgd::Sgd(const Model& model, Options o) : options(o), params_(model.params) {}

void Sgd::step(std::vector<Tensor>& w, const std::vector<Tensor>& gradients) {
  check_list("sgd", "values", params_, w);
  check_list("sgd", "gradients", params_, gradients);
  const NoGrad values_only;
  if (options.momentum != 0 && velocity.empty()) velocity = zeros_like(w);
  if (options.momentum != 0) check_list("sgd", "velocities", params_, velocity);
  for (std::size_t i = 0; i < w.size(); ++i) {
    Tensor v = with_l2(gradients[i], w[i], options);
    if (options.momentum != 0) v = velocity[i] = options.momentum * velocity[i] + v;
    w[i] = decayed(w[i], params_[i].sgd_lr, options) - options.lr * params_[i].sgd_lr * v;
  }
}

Adam::Adam(const Model& model, Options o) : options(o), params_(model.params) {}

void Adam::step(std::vector<Tensor>& w, const std::vector<Tensor>& gradients) {
  check_list("adam", "values", params_, w);
  check_list("adam", "gradients", params_, gradients);
  if (w.empty()) return;
  const NoGrad values_only;
  if (first.empty()) {
    first = zeros_like(w);
    second = zeros_like(w);
  }
  if (!steps) steps = zeros({}, w[0].dtype(), w[0].device());
  check_list("adam", "first moments", params_, first);
  check_list("adam", "second moments", params_, second);
  steps = steps + 1.0;
  const double beta1 = options.beta1, beta2 = options.beta2;
  const Tensor correction1 = bias_correction(beta1, steps);
  const Tensor correction2 = bias_correction(beta2, steps);
  for (std::size_t i = 0; i < w.size(); ++i) {
    const Tensor g = with_l2(gradients[i], w[i], options);
    first[i] = beta1 * first[i] + (1 - beta1) * g;
    second[i] = beta2 * second[i] + (1 - beta2) * square(g);
    const Tensor mean = first[i] / correction1;
    const Tensor root = sqrt(second[i] / correction2) + options.eps;
    // Where eps and the second moment are 0, mean / root is 0 / 0: that entry stays.
    w[i] = decayed(w[i], params_[i].adam_lr, options) -
           options.lr * params_[i].adam_lr * where_positive(mean / root, root);
  }
}

}  // namespace gradus
