#include "nn/instruments/early_training.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "autodiff/check.h"
#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/early_run.h"
#include "nn/instruments/landscape.h"
#include "nn/losses.h"
#include "nn/optimisers.h"

namespace gradus {

namespace early {

using Params = std::vector<Tensor>;

Tensor loss_on(const EarlyTraining& training, const Params& w, const Examples& on) {
  return training.loss(training.model(w, on.x), on.y);
}

double raised(const EarlyTraining& training, const Sharpness& initial) {
  return (1 + training.limits.sharpness_margin) * initial.lambda_max;
}

// `a > b` would be false for NaN.
bool ever_above(const std::vector<double>& values, double bound) {
  return std::any_of(values.begin(), values.end(), [=](double v) { return !(v <= bound); });
}

void check_run(const EarlyTraining& training, const Sharpness& initial) {
  check(training.steps > 0, "[early_training] steps is ", training.steps,
        "; a run needs at least one");
  check(initial.lambda_max > 0 && std::isfinite(initial.lambda_max),
        "[early_training] lambda_0 is ", initial.lambda_max,
        "; learning rates c / lambda_0 need a positive finite one");
}

}  // namespace early

namespace {

using Params = std::vector<Tensor>;

// The loss on the measuring batch, recorded, as is the accuracy if asked for.
Tensor measure(const EarlyTraining& training, const Params& w, bool accurate, Trajectory& seen) {
  const Tensor f = training.model(w, training.measuring.x);
  const Tensor loss = training.loss(f, training.measuring.y);
  seen.loss.push_back(loss.item());
  if (accurate) seen.accuracy.push_back(accuracy(f, training.measuring.y));
  return loss;
}

// The Hessian on some examples. A loss on all of them that is recorded already is not made anew; it
// must live as long.
Hvp hessian_of(const EarlyTraining& training, const Params& w, const Examples& on,
               const Tensor* recorded = nullptr) {
  const auto mean_loss = [=, &training](const Params& params, std::int64_t begin,
                                        std::int64_t end) {
    if (begin != 0 || end != on.size())
      return early::loss_on(training, params, on.part(begin, end));
    return recorded ? *recorded : early::loss_on(training, params, on);
  };
  return Hvp(mean_loss, w, on.size(), training.hvp);
}

// The learning-rate factors included.
LinearOperator with_factors(const EarlyTraining& training, Hvp& hessian) {
  std::vector<double> factors;
  for (const Param& param : training.model.params) factors.push_back(param.sgd_lr);
  const bool plain = std::all_of(factors.begin(), factors.end(), [](double f) { return f == 1; });
  if (plain) return std::ref(hessian);
  return preconditioned(std::ref(hessian), factors);
}

// lambda_t on the step's own examples, found well and found as in published runs.
void measure_fresh(const EarlyTraining& training, const Sharpness& initial, const Params& w, int t,
                   Trajectory& seen) {
  Hvp hvp = hessian_of(training, w, t == 0 ? training.measuring : training.fresh(t));
  const LinearOperator hessian = with_factors(training, hvp);
  const EigenOptions as_published{.tolerance = 0, .max_products = training.power_products};
  seen.fresh_power.push_back(power_iteration(hessian, w, as_published).lambda_max);
  const EigenOptions well{.tolerance = training.tolerance};
  seen.fresh_sharpness.push_back(t == 0 ? initial.lambda_max
                                        : sharpness(hessian, w, well).lambda_max);
}

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

namespace early {

// [train]
void train(Run& run, const EarlyTraining& training, const Sharpness& initial,
           const Measured& measured) {
  Trajectory& seen = run.trajectory;
  const double lr = seen.c / initial.lambda_max;
  Sgd sgd(training.model, {.lr = lr});
  for (auto t = static_cast<int>(seen.loss.size());; ++t) {
    Tensor loss = measure(training, run.end, measured.accuracy, seen);
    std::optional<Hvp> hessian;
    const bool lost = diverged(seen, training.limits.divergence);
    if (measured.sharpness && t == 0) {
      seen.sharpness.push_back(initial.lambda_max);
      seen.products.push_back(static_cast<double>(initial.products));
    } else if (measured.sharpness && lost) {
      seen.sharpness.push_back(std::numeric_limits<double>::quiet_NaN());
    } else if (measured.sharpness) {
      EigenOptions warm{.tolerance = training.tolerance};
      warm.start = run.direction;
      if (measured.until_raised) warm.enough = raised(training, initial);
      hessian = hessian_of(training, run.end, training.measuring, &loss);
      const LinearOperator product = with_factors(training, *hessian);
      Sharpness now = sharpness(product, run.end, warm);
      seen.sharpness.push_back(now.lambda_max);
      seen.products.push_back(static_cast<double>(now.products));
      run.direction = std::move(now.eigenvector);
      const bool up = !(now.lambda_max <= raised(training, initial));
      if (measured.until_raised && up) return;
    }
    if (training.fresh && measured.sharpness && !lost)
      measure_fresh(training, initial, run.end, t, seen);
    if (lost || t == training.steps) return;
    if (training.batch) loss = loss_on(training, run.end, training.batch(t));
    const bool known = hessian && hessian->graph_kept() && !training.batch;
    sgd.step(run.end, known ? hessian->gradient() : grad(loss, run.end));
  }
}
// [train]

}  // namespace early

Sharpness sharpness_at(const EarlyTraining& training, const std::vector<Tensor>& w,
                       const EigenOptions& options) {
  Hvp hessian = hessian_of(training, w, training.measuring);
  return sharpness(with_factors(training, hessian), w, options);
}

Trajectory train_early(const EarlyTraining& training, const Sharpness& initial, double c,
                       const Measured& measured) {
  early::check_run(training, initial);
  early::Run run{{.c = c, .loss = {}}, training.start, initial.eigenvector};
  early::train(run, training, initial, measured);
  if (measured.barrier) {
    const bool lost = diverged(run.trajectory, training.limits.divergence);
    run.trajectory.barrier =
        lost ? infinity
             : loss_along_line(early::measured_loss(training), training.start, run.end).barrier();
  }
  return run.trajectory;
}

double CriticalGrid::c(int i) const { return std::exp2(x(i)); }

std::vector<Trajectory> sweep_grid(const EarlyTraining& training, const Sharpness& initial,
                                   const CriticalGrid& grid) {
  std::vector<Trajectory> runs;
  for (int i = 0; i <= grid.last; ++i) {
    runs.push_back(train_early(training, initial, grid.c(i),
                               {.sharpness = true, .accuracy = true, .barrier = true}));
    if (diverged(runs.back(), training.limits.divergence)) break;
  }
  return runs;
}

}  // namespace gradus
