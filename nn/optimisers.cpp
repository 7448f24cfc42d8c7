#include "nn/optimisers.h"

#include <cmath>

#include "autodiff/check.h"
#include "autodiff/grad.h"
#include "autodiff/ops.h"

namespace gradus {
namespace {

std::vector<double> factors_of(const Model& model, double Param::*factor) {
  std::vector<double> factors;
  for (const Param& param : model.params) factors.push_back(param.*factor);
  return factors;
}

void check_counts(const char* name, std::size_t parameters, const std::vector<Tensor>& w,
                  const std::vector<Tensor>& gradients) {
  check(w.size() == parameters && gradients.size() == parameters, "[", name, "] the model has ",
        parameters, " parameters; got ", w.size(), " values and ", gradients.size(), " gradients");
}

std::vector<Tensor> zeros_like(const std::vector<Tensor>& w) {
  std::vector<Tensor> zeros;
  for (const Tensor& x : w) zeros.push_back(full_like(x, 0.0));
  return zeros;
}

}  // namespace

Sgd::Sgd(const Model& model, Options o) : options(o), factors_(factors_of(model, &Param::sgd_lr)) {}

void Sgd::step(std::vector<Tensor>& w, const std::vector<Tensor>& gradients) {
  check_counts("sgd", factors_.size(), w, gradients);
  const NoGrad values_only;
  if (options.momentum != 0 && velocity.empty()) velocity = zeros_like(w);
  for (std::size_t i = 0; i < w.size(); ++i) {
    Tensor v = gradients[i];
    if (options.momentum != 0) v = velocity[i] = options.momentum * velocity[i] + v;
    w[i] = w[i] - options.lr * factors_[i] * v;
  }
}

Adam::Adam(const Model& model, Options o)
    : options(o), factors_(factors_of(model, &Param::adam_lr)) {}

void Adam::step(std::vector<Tensor>& w, const std::vector<Tensor>& gradients) {
  check_counts("adam", factors_.size(), w, gradients);
  const NoGrad values_only;
  if (first.empty()) {
    first = zeros_like(w);
    second = zeros_like(w);
  }
  ++steps;
  const double t = static_cast<double>(steps), beta1 = options.beta1, beta2 = options.beta2;
  for (std::size_t i = 0; i < w.size(); ++i) {
    first[i] = beta1 * first[i] + (1 - beta1) * gradients[i];
    second[i] = beta2 * second[i] + (1 - beta2) * square(gradients[i]);
    const Tensor mean = first[i] / (1 - std::pow(beta1, t));
    const Tensor root = sqrt(second[i] / (1 - std::pow(beta2, t))) + options.eps;
    // Where eps and the second moment are 0, mean / root is 0 / 0: that entry stays.
    w[i] = w[i] - options.lr * factors_[i] * where_positive(mean / root, root);
  }
}

}  // namespace gradus
