#include "nn/instruments/sharpness_along.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "autodiff/check.h"
#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/sharpness.h"
#include "nn/vectors.h"

namespace gradus {
namespace {

using Params = std::vector<Tensor>;
using Rows = std::vector<SharpnessRow>;

void check_steps(const TrainingAlong& training) {
  check(training.steps >= 0, "[sharpness_along] ", training.steps, " steps; it must be 0 or more");
}

Tensor loss_on(const TrainingAlong& training, const Params& w, const Examples& on) {
  return training.loss(training.model(w, on.x), on.y);
}

// D^1/2 H D^1/2 for the step that the optimiser has just taken.
LinearOperator seen_by(const Sgd&, const Model& model, LinearOperator hessian) {
  std::vector<double> factors;
  for (const Param& param : model.params) factors.push_back(param.sgd_lr);
  const bool plain = std::all_of(factors.begin(), factors.end(), [](double f) { return f == 1; });
  return plain ? hessian : preconditioned(std::move(hessian), factors);
}

// D^1/2 of Adam.
Params roots_of(const Adam& adam, const Model& model) {
  const NoGrad values_only;
  const double unbiased = 1 - std::pow(adam.options.beta2, adam.steps.item());
  Params roots;
  for (std::size_t i = 0; i < model.params.size(); ++i) {
    const Tensor moment = sqrt(adam.second[i] / unbiased) + adam.options.eps;
    roots.push_back(sqrt(where_positive(model.params[i].adam_lr / moment, moment)));
  }
  return roots;
}

LinearOperator seen_by(const Adam& adam, const Model& model, LinearOperator hessian) {
  return [hessian = std::move(hessian), roots = roots_of(adam, model)](const Params& v) {
    const NoGrad values_only;
    const auto times_root = [&roots](const Params& u) {
      Params result;
      for (std::size_t i = 0; i < u.size(); ++i) result.push_back(u[i] * roots[i]);
      return result;
    };
    return times_root(hessian(times_root(v)));
  };
}

template <class Optimiser>
Sharpness sharpness_for(const Optimiser& optimiser, const TrainingAlong& training, const Params& w,
                        const EigenOptions& options) {
  const auto mean_loss = [&training](const Params& params, std::int64_t begin, std::int64_t end) {
    return loss_on(training, params, training.measuring.part(begin, end));
  };
  Hvp hvp(mean_loss, w, training.measuring.size(), training.hvp);
  return sharpness(seen_by(optimiser, training.model, std::ref(hvp)), w, options);
}

// The parameters, and the gradient that the step from there follows.
struct Place {
  Params w, gradient;
};

// <d, g - g'> / <d, d> is d^T H d / <d, d>, averaged over the line from one place to the other.
double curvature(const Place& from, const Place& to) {
  const Params step = add_scaled(to.w, -1, from.w);
  return inner_product(step, add_scaled(to.gradient, -1, from.gradient)) /
         inner_product(step, step);
}

// [along]
template <class Optimiser>
Rows along(const TrainingAlong& training, Optimiser optimiser) {
  const Examples& all = training.measuring;
  const bool whole = !training.batch;
  Rows rows;
  Params w = training.start, direction;
  Place last;
  double before = std::numeric_limits<double>::infinity();
  int rises = 0;
  for (int t = 0;; ++t) {
    const Examples on = whole ? all : training.batch(t);
    const Tensor loss = loss_on(training, w, on);
    const bool lost = !(loss.item() <= training.divergence);  // a NaN, too
    rises += loss.item() > before;
    before = loss.item();
    Place here = {w, lost ? Params{} : grad(loss, w)};
    Params next = w;
    if (!lost) optimiser.step(next, here.gradient);
    if (lost || !training.measure || training.measure(t)) {
      const Tensor measured = whole ? loss : loss_on(training, w, all);
      SharpnessRow row = {.step = t, .loss = measured.item()};
      row.rises = std::exchange(rises, 0);
      if (!lost) {
        EigenOptions options{.tolerance = training.tolerance};
        options.max_products = training.max_products;
        options.start = direction;
        options.seed = static_cast<std::uint64_t>(t);  // of the noise
        Sharpness now = sharpness_for(optimiser, training, w, options);
        row.sharpness = now.lambda_max;
        row.residual = now.relative_residual();
        row.products = now.products;
        direction = std::move(now.eigenvector);
      }
      if (!lost && whole && t > 0) row.along_step = curvature(last, here);
      rows.push_back(row);
    }
    if (lost || t == training.steps) return rows;
    last = std::move(here);
    w = std::move(next);
  }
}
// [along]

}  // namespace

std::vector<SharpnessRow> sharpness_along(const TrainingAlong& training, Sgd optimiser) {
  check_steps(training);
  return along(training, std::move(optimiser));
}

std::vector<SharpnessRow> sharpness_along(const TrainingAlong& training, Adam optimiser) {
  check_steps(training);
  return along(training, std::move(optimiser));
}

}  // namespace gradus
