#include "nn/instruments/early_training.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include "autodiff/check.h"
#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "nn/instruments/landscape.h"
#include "nn/losses.h"
#include "nn/optimisers.h"
#include "nn/vectors.h"

namespace gradus {
namespace {

using Params = std::vector<Tensor>;

Tensor loss_on(const EarlyTraining& training, const Params& w, const Examples& on) {
  return training.loss(training.model(w, on.x), on.y);
}

// The loss on the measuring batch as a function of the parameters.
auto measured_loss(const EarlyTraining& training) {
  return [&training](const Params& w) { return loss_on(training, w, training.measuring); };
}

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
    if (begin != 0 || end != on.size()) return loss_on(training, params, on.part(begin, end));
    return recorded ? *recorded : loss_on(training, params, on);
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

// What counts as a raised sharpness lies above this.
double raised(const EarlyTraining& training, const Sharpness& initial) {
  return (1 + training.limits.sharpness_margin) * initial.lambda_max;
}

// `a > b` would be false for NaN.
bool ever_above(const std::vector<double>& values, double bound) {
  return std::any_of(values.begin(), values.end(), [=](double v) { return !(v <= bound); });
}

void check_initial(const Sharpness& initial) {
  check(initial.lambda_max > 0 && std::isfinite(initial.lambda_max),
        "[early_training] lambda_0 is ", initial.lambda_max,
        "; learning rates c / lambda_0 need a positive finite one");
}

constexpr double infinity = std::numeric_limits<double>::infinity();

// A run with its last parameters.
struct Run {
  Trajectory trajectory;
  Params end;
};

// [train]
Run train(const EarlyTraining& training, const Sharpness& initial, double c,
          const Measured& measured) {
  const double lr = c / initial.lambda_max;
  Sgd sgd(training.model, {.lr = lr});
  Run run{{.c = c, .loss = {}}, training.start};
  Trajectory& seen = run.trajectory;
  Params direction = initial.eigenvector;
  for (int t = 0;; ++t) {
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
      warm.start = direction;
      if (measured.until_raised) warm.enough = raised(training, initial);
      hessian = hessian_of(training, run.end, training.measuring, &loss);
      const LinearOperator product = with_factors(training, *hessian);
      Sharpness now = sharpness(product, run.end, warm);
      seen.sharpness.push_back(now.lambda_max);
      seen.products.push_back(static_cast<double>(now.products));
      direction = std::move(now.eigenvector);
      const bool up = !(now.lambda_max <= raised(training, initial));
      if (measured.until_raised && up) return run;
    }
    if (training.fresh && measured.sharpness && !lost)
      measure_fresh(training, initial, run.end, t, seen);
    if (lost || t == training.steps) return run;
    if (training.batch) loss = loss_on(training, run.end, training.batch(t));
    const bool known = hessian && hessian->graph_kept() && !training.batch;
    sgd.step(run.end, known ? hessian->gradient() : grad(loss, run.end));
  }
}
// [train]

}  // namespace

Sharpness sharpness_at(const EarlyTraining& training, const Params& w,
                       const EigenOptions& options) {
  Hvp hessian = hessian_of(training, w, training.measuring);
  return sharpness(with_factors(training, hessian), w, options);
}

Trajectory train_early(const EarlyTraining& training, const Sharpness& initial, double c,
                       const Measured& measured) {
  check_initial(initial);
  Run run = train(training, initial, c, measured);
  if (measured.barrier) {
    const bool lost = diverged(run.trajectory, training.limits.divergence);
    run.trajectory.barrier =
        lost ? infinity
             : loss_along_line(measured_loss(training), training.start, run.end).barrier();
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

namespace {

// Two questions have a short form, about the first step of a run and about the first point and the
// last of its line. Where its answer is yes, that of the whole question is; its no is only likely to be one.
enum Question {
  loss_rises,
  diverges,
  first_step_sharper,
  sharpness_rises,
  higher_at_ends,
  has_barrier,
  questions
};

// Answers about points of the grid, each found once and kept, as are the runs.
class Search {
 public:
  Search(const EarlyTraining& training, const Sharpness& initial, const CriticalGrid& grid)
      : training_(training), initial_(initial), grid_(grid), first_step_(training) {
    first_step_.steps = 1;
  }

  // [search]
  // The first point of the grid where the answer is yes, or last + 1: coarse
  // steps up until it is, then halves of the last step.
  int first(Question question, int stride) {
    int low = -1, high = std::min(stride, grid_.last + 1);
    while (high <= grid_.last && !answer(question, high)) {
      low = high;
      high = std::min(high + stride, grid_.last + 1);
    }
    return bisect(question, low, high);
  }

  // The same where it is expected near `guess` and known to be below `end`:
  // steps from there that double, up or down, until they have passed it.
  int first_near(Question question, int guess, int end) {
    int low = -1, high = end, stride = 1;
    const bool up = guess < end && !answer(question, guess);
    for (int i = guess; low < i && i < high; stride *= 2) {
      (answer(question, i) ? high : low) = i;
      i += up ? stride : -stride;
    }
    return bisect(question, low, high);
  }

  // The same where it is expected right below `end`: down over the points that
  // the coarse steps have trained already.
  int first_below(Question question, int end, int stride) {
    int low = end - 1, high = end;
    while (low >= 0 && answer(question, low)) {
      high = low;
      low = low > 0 ? (low - 1) / stride * stride : -1;
    }
    return bisect(question, low, high);
  }

  // The same where a short form of the question has its first yes at `end`. In
  // most networks the whole question has to be asked once, right below.
  int confirmed(Question question, int end) {
    return end > 0 ? first_near(question, end - 1, end) : 0;
  }

  int bisect(Question question, int low, int high) {
    while (high - low > 1) {
      const int middle = (low + high) / 2;
      (answer(question, middle) ? high : low) = middle;
    }
    return high;
  }
  // [search]

  std::optional<CriticalConstant> constant(int i) const {
    if (i > grid_.last) return {};
    return CriticalConstant{grid_.c(i), i > 0 ? grid_.c(i - 1) : 0.0, grid_.c(i)};
  }

  // The last point before the first that diverges.
  std::optional<CriticalConstant> before(int end) const {
    if (end == 0) return {};
    const bool open = end > grid_.last;
    const double above = open ? infinity : grid_.c(end);
    return CriticalConstant{grid_.c(end - 1), grid_.c(end - 1), above};
  }

  // Answers that a first yes at `first` does not explain; of the runs that there are, all that
  // their losses can answer.
  int contradictions(Question question, int first) {
    if (question == loss_rises || question == diverges)
      for (const auto& [i, run] : runs_) answer(question, i);
    int count = 0;
    for (const auto& [i, yes] : answers_[question]) count += yes != (i >= first);
    return count;
  }

  // So far.
  SearchCost cost() const {
    SearchCost all = cost_;
    all.runs = static_cast<int>(runs_.size());
    return all;
  }

 private:
  bool answer(Question question, int i) {
    const auto known = answers_[question].find(i);
    if (known != answers_[question].end()) return known->second;
    const bool yes = find(question, i);
    if (yes && question == first_step_sharper) answers_[sharpness_rises][i] = true;
    if (yes && question == higher_at_ends) answers_[has_barrier][i] = true;
    return answers_[question].emplace(i, yes).first->second;
  }

  bool find(Question question, int i) {
    switch (question) {
      case diverges: return diverged(run(i).trajectory, training_.limits.divergence);
      case loss_rises: return ever_above(run(i).trajectory.loss, run(i).trajectory.loss[0]);
      case first_step_sharper: return sharpens(first_step_, i);
      case sharpness_rises: return sharpens(training_, i);
      case higher_at_ends: return rises_at_ends(i);
      case has_barrier: return crosses_barrier(i);
      case questions: break;
    }
    fail("[find_boundaries] no such question");
  }

  const Run& run(int i) {
    const auto known = runs_.find(i);
    if (known != runs_.end()) return known->second;
    const Run& run = runs_.emplace(i, train(training_, initial_, grid_.c(i), {})).first->second;
    cost_.steps += static_cast<int>(run.trajectory.loss.size()) - 1;
    return run;
  }

  bool sharpens(const EarlyTraining& training, int i) {
    const Trajectory run =
        train(training, initial_, grid_.c(i), {.sharpness = true, .until_raised = true}).trajectory;
    ++cost_.sharpness_runs;
    cost_.sharpness_steps += static_cast<int>(run.loss.size()) - 1;
    for (std::size_t t = 1; t < run.products.size(); ++t) cost_.products += run.products[t];
    return ever_above(run.sharpness, raised(training, initial_));
  }

  bool rises_at_ends(int i) {
    const Run& at = run(i);
    const NoGrad values_only;
    const Params way = add_scaled(at.end, -1.0, training_.start);
    const Tensor beginning =
        loss_on(training_, add_scaled(training_.start, 0.01, way), training_.measuring);
    ++cost_.line_points;
    return ever_above({beginning.item(), at.trajectory.loss.back()}, at.trajectory.loss[0]);
  }

  bool crosses_barrier(int i) {
    const auto counted = [this](const Params& w) {
      ++cost_.line_points;
      return loss_on(training_, w, training_.measuring);
    };
    ++cost_.lines;
    return line_has_barrier(counted, training_.start, run(i).end);
  }

  const EarlyTraining& training_;
  const Sharpness& initial_;
  const CriticalGrid& grid_;
  EarlyTraining first_step_;  // ends after it
  std::map<int, Run> runs_;
  std::map<int, bool> answers_[questions];
  SearchCost cost_;
};

}  // namespace

Boundaries find_boundaries(const EarlyTraining& training, const Sharpness& initial,
                           const CriticalGrid& grid) {
  // A training is cheap beside its sharpness, or its line: those look where they expect the answer.
  // In the median of our networks the sharpness rises three points above the loss.
  constexpr int stride = 8, above_loss = 3;
  check_initial(initial);
  Search search(training, initial, grid);
  const int end = search.first(diverges, stride);
  const int loss = search.first(loss_rises, stride);
  const int guess = std::max(std::min(loss + above_loss, end - 1), 0);
  const int sharp =
      search.confirmed(sharpness_rises, search.first_near(first_step_sharper, guess, end));
  const int barrier =
      search.confirmed(has_barrier, search.first_below(higher_at_ends, end, stride));

  Boundaries found;
  found.constants.c_loss = search.constant(loss);
  found.constants.c_sharp = search.constant(sharp);
  found.constants.c_max = search.before(end);
  found.constants.c_barrier = barrier < end ? search.constant(barrier) : search.before(end);
  found.contradictions =
      search.contradictions(diverges, end) + search.contradictions(loss_rises, loss) +
      search.contradictions(sharpness_rises, sharp) + search.contradictions(has_barrier, barrier);
  found.cost = search.cost();
  return found;
}

std::optional<CriticalConstant> find_c_sharp(const EarlyTraining& training,
                                             const Sharpness& initial, const Boundaries& found,
                                             double margin, const CriticalGrid& grid) {
  check_initial(initial);
  const auto& [c_loss, c_sharp, c_barrier, c_max] = found.constants;
  if (!c_max) return {};
  const auto index = [&](double c) {
    return static_cast<int>(std::lround(grid.per_octave * std::log2(c)));
  };
  const int end = index(c_max->c) + 1;
  EarlyTraining other = training;
  other.limits.sharpness_margin = margin;
  Search search(other, initial, grid);
  const int guess = std::min(c_sharp ? index(c_sharp->c) : end - 1, end - 1);
  return search.constant(
      search.confirmed(sharpness_rises, search.first_near(first_step_sharper, guess, end)));
}

}  // namespace gradus
