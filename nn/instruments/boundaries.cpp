#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <map>
#include <optional>

#include "autodiff/check.h"
#include "autodiff/grad.h"
#include "autodiff/recording.h"
#include "nn/instruments/early_run.h"
#include "nn/instruments/landscape.h"
#include "nn/optimisers.h"
#include "nn/vectors.h"

namespace gradus {
namespace {

using Params = std::vector<Tensor>;

// Three questions have a short form, about the first step of a run or about the first point and the
// last of its line. Where its answer is yes, that of the whole question is; its no is only likely to be one.
enum Question {
  diverges,
  first_step_higher,
  loss_rises,
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
      : training_(training), initial_(initial), grid_(grid), start_(training.start) {
    const Tensor measured = early::measured_loss(training)(start_);
    const auto& batch = training.batch;
    loss_0_ = measured.item();
    gradient_ = grad(batch ? early::loss_on(training, start_, batch(0)) : measured, start_);
  }

  // [search]
  // The first point of the grid where the answer is yes, or last + 1: coarse
  // steps up until it is, then halves of the last step; these in a short form
  // if that has seen the yes.
  int first(Question question, Question short_form, int stride) {
    int low = -1, high = std::min(stride, grid_.last + 1);
    while (high <= grid_.last && !answer(question, high)) {
      low = high;
      high = std::min(high + stride, grid_.last + 1);
    }
    const bool seen = high <= grid_.last && answer(short_form, high);
    return bisect(seen ? short_form : question, low, high);
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
    const double above = open ? std::numeric_limits<double>::infinity() : grid_.c(end);
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
    if (yes && question == first_step_higher) answers_[loss_rises][i] = true;
    if (yes && question == first_step_sharper) answers_[sharpness_rises][i] = true;
    if (yes && question == higher_at_ends) answers_[has_barrier][i] = true;
    return answers_[question].emplace(i, yes).first->second;
  }

  bool find(Question question, int i) {
    switch (question) {
      case diverges: return diverged(run(i).trajectory, training_.limits.divergence);
      case first_step_higher: return rises_at_once(i);
      case loss_rises: return early::ever_above(run(i).trajectory.loss, loss_0_);
      case first_step_sharper: return sharpens_at_once(i);
      case sharpness_rises: return sharpens(i);
      case higher_at_ends: return rises_at_ends(i);
      case has_barrier: return crosses_barrier(i);
      case questions: break;
    }
    fail("[find_boundaries] no such question");
  }

  // A run after its first step, which all take from one place and by one gradient.
  early::Run first_step(int i) const {
    early::Run run{{.c = grid_.c(i), .loss = {loss_0_}}, start_, direction(i)};
    run.trajectory.sharpness = {initial_.lambda_max};
    run.trajectory.products = {static_cast<double>(initial_.products)};
    Sgd(training_.model, {.lr = run.trajectory.c / initial_.lambda_max}).step(run.end, gradient_);
    return run;
  }

  // The eigenvector of lambda_1 at the nearest point where it is known, or else that of lambda_0.
  const Params& direction(int i) const {
    const auto nearest = std::min_element(
        directions_.begin(), directions_.end(), [i](const auto& one, const auto& other) {
          return std::abs(one.first - i) < std::abs(other.first - i);
        });
    return nearest == directions_.end() ? initial_.eigenvector : nearest->second;
  }

  const early::Run& run(int i) {
    const auto known = runs_.find(i);
    if (known != runs_.end()) return known->second;
    early::Run& run = runs_.emplace(i, first_step(i)).first->second;
    early::train(run, training_, initial_, {});
    cost_.steps += steps_of(run);
    return run;
  }

  bool rises_at_once(int i) {
    const auto known = runs_.find(i);
    if (known != runs_.end()) return !(known->second.trajectory.loss[1] <= loss_0_);
    const NoGrad values_only;
    ++cost_.line_points;
    return !(early::measured_loss(training_)(first_step(i).end).item() <= loss_0_);
  }

  bool sharpens_at_once(int i) {
    EarlyTraining one = training_;
    one.steps = 1;
    early::Run run = first_step(i);
    const bool yes = sharpens(run, one);
    directions_[i] = run.direction;
    return yes;
  }

  bool sharpens(int i) {
    early::Run run = first_step(i);
    return sharpens(run, training_);
  }

  bool sharpens(early::Run& run, const EarlyTraining& training) {
    early::train(run, training, initial_, {.sharpness = true, .until_raised = true});
    ++cost_.sharpness_runs;
    cost_.sharpness_steps += steps_of(run);
    const std::vector<double>& products = run.trajectory.products;
    for (std::size_t t = 1; t < products.size(); ++t) cost_.products += products[t];
    return early::ever_above(run.trajectory.sharpness, early::raised(training, initial_));
  }

  static int steps_of(const early::Run& run) {
    return static_cast<int>(run.trajectory.loss.size()) - 1;
  }

  bool rises_at_ends(int i) {
    const early::Run& at = run(i);
    const NoGrad values_only;
    const Params way = add_scaled(at.end, -1.0, start_);
    const Tensor beginning =
        early::loss_on(training_, add_scaled(start_, 0.01, way), training_.measuring);
    ++cost_.line_points;
    return early::ever_above({beginning.item(), at.trajectory.loss.back()}, loss_0_);
  }

  bool crosses_barrier(int i) {
    const auto counted = [this](const Params& w) {
      ++cost_.line_points;
      return early::loss_on(training_, w, training_.measuring);
    };
    ++cost_.lines;
    return line_has_barrier(counted, start_, run(i).end);
  }

  const EarlyTraining& training_;
  const Sharpness& initial_;
  const CriticalGrid& grid_;
  const Params& start_;
  double loss_0_;    // at the start
  Params gradient_;  // of what the first step trains on
  std::map<int, early::Run> runs_;
  std::map<int, Params> directions_;
  std::map<int, bool> answers_[questions];
  SearchCost cost_;
};

}  // namespace

Boundaries find_boundaries(const EarlyTraining& training, const Sharpness& initial,
                           const CriticalGrid& grid) {
  // A training is cheap beside its sharpness, or its line: those look where they expect the answer.
  // In the median of our networks the sharpness rises three points above the loss. The loss after
  // one step is cheaper still.
  constexpr int stride = 8, above_loss = 3;
  early::check_run(training, initial);
  Search search(training, initial, grid);
  const int end = search.first(diverges, diverges, stride);
  const int loss =
      search.confirmed(loss_rises, search.first(loss_rises, first_step_higher, stride));
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
  early::check_run(training, initial);
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
