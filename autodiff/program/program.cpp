#include "autodiff/program/program.h"

#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>

#include "autodiff/check.h"
#include "autodiff/program/recorder.h"
#include "autodiff/program/replay.h"
#include "autodiff/recording.h"

namespace gradus {
namespace {

using Tensors = std::vector<Tensor>;
using program::List, program::Recorder, program::Replay, program::Visible;

bool asked_for() {
  const char* value = std::getenv("GRADUS_PROGRAM");
  const std::string_view way = value ? value : "on";
  check(way == "on" || way == "off", "GRADUS_PROGRAM is ", way,
        "; set it to on or to off");
  return way == "on";
}

// What they hold; an optimiser's may be empty before its first step.
std::vector<Tensor*> tensors_of(
    const std::vector<Program::Variable>& variables) {
  std::vector<Tensor*> all;
  for (const Program::Variable& variable : variables) {
    if (Tensor* const* one = std::get_if<Tensor*>(&variable); one && **one)
      all.push_back(*one);
    if (Tensors* const* many = std::get_if<Tensors*>(&variable))
      for (Tensor& x : **many) all.push_back(&x);
  }
  return all;
}

// What variables hold; they get it back unless the step succeeds.
class Rollback {
 public:
  explicit Rollback(const std::vector<Program::Variable>& variables) {
    for (const Program::Variable& variable : variables) {
      if (Tensor* const* x = std::get_if<Tensor*>(&variable))
        tensors_.emplace_back(*x, **x);
      if (Tensors* const* x = std::get_if<Tensors*>(&variable))
        lists_.emplace_back(*x, **x);
    }
  }
  ~Rollback() {
    for (auto& [variable, before] : tensors_) *variable = std::move(before);
    for (auto& [variable, before] : lists_) *variable = std::move(before);
  }
  void cancel() {
    tensors_.clear();
    lists_.clear();
  }
  Rollback(const Rollback&) = delete;
  Rollback& operator=(const Rollback&) = delete;

 private:
  std::vector<std::pair<Tensor*, Tensor>> tensors_;
  std::vector<std::pair<Tensors*, Tensors>> lists_;
};

// An array of its own: tensors that share one get an address each.
Tensor copy_of(const Tensor& x) {
  const Tensor y = empty(x.shape(), x.dtype(), x.device());
  backend(x.device())
      .slice(array_of(x), {1, x.size(), 1}, 0, x.size(), array_of(y));
  return y;
}

Tensors leaves(const Tensors& some) {
  Tensors all;
  for (const Tensor& x : some) all.push_back(stop_gradient(x));
  return all;
}

}  // namespace

class Program::Recorded {
 public:
  Recorded(Body body, std::vector<Variable> state, Options options)
      : body_(std::move(body)),
        state_(std::move(state)),
        options_(options),
        on_(asked_for()) {}

  Tensors step(const Tensors& inputs) {
    if (!on_) return run(inputs);
    const std::vector<Tensor*> state = tensors_of(state_);
    const Device device = device_of(inputs, state);
    check(!dynamic_cast<Recorder*>(&backend(device)),
          "[program] a program runs inside the step of another; call its "
          "body there");
    if (list_) check_shapes(inputs, state);
    const std::int64_t number = calls_ + 1;
    Tensors results;
    if (number > 3 && number % 1000 != 0) {
      results = replay_->step(inputs, state);
    } else {
      Rollback rollback(state_);
      results = number == 1 ? run(inputs) : record(inputs, device);
      rollback.cancel();
    }
    calls_ = number;
    return results;
  }

  Listing listing() const { return replay_ ? replay_->listing() : Listing(); }

 private:
  // The body as it is; it may be called where no graph is recorded.
  Tensors run(const Tensors& inputs) {
    const Recording graph(true);
    return leaves(body_(inputs));
  }

  static Device device_of(const Tensors& inputs,
                          const std::vector<Tensor*>& state) {
    std::optional<Device> device;
    const auto look = [&](const Tensor& x) {
      check(!device || *device == x.device(),
            "[program] inputs and state are on cpu and cuda; ",
            "move all to one device");
      device = x.device();
    };
    for (const Tensor& x : inputs) look(x);
    for (const Tensor* x : state) look(*x);
    return device.value_or(default_device());
  }

  void check_shapes(const Tensors& inputs,
                    const std::vector<Tensor*>& state) const {
    const auto compare = [&](const char* what, std::size_t i, const Tensor& x,
                             const Visible& was) {
      const DType dtype =
          list_->values[static_cast<std::size_t>(was.value)].dtype;
      check(x.shape() == was.shape && x.dtype() == dtype, "[program] ", what,
            ' ', i, " is ", x.shape(), ' ', x.dtype(), ", and was ",
            was.shape, ' ', dtype,
            " when the step was recorded; make another program for it");
    };
    check(inputs.size() == list_->inputs.size() &&
              state.size() == list_->state.size(),
          "[program] there are ", inputs.size(), " inputs and ", state.size(),
          " tensors of state, and were ", list_->inputs.size(), " and ",
          list_->state.size(), " when the step was recorded");
    for (std::size_t i = 0; i < inputs.size(); ++i)
      compare("input", i, inputs[i], list_->inputs[i]);
    for (std::size_t i = 0; i < state.size(); ++i)
      compare("state", i, *state[i], list_->state[i]);
  }

  // A step by the body, on copies of inputs and state.
  Tensors record(const Tensors& inputs, Device device) {
    Recorder recorder(device, backend(device));
    List& list = recorder.list;
    Tensors copies, results;
    for (const Tensor& x : inputs) copies.push_back(copy_of(x));
    for (const Tensor& x : copies) list.inputs.push_back(recorder.enter(x));
    for (Tensor* x : tensors_of(state_))
      list.state.push_back(recorder.enter(*x = copy_of(*x)));
    {
      const BackendOverride recorded(device, recorder);
      results = run(copies);
      for (Tensor* x : tensors_of(state_)) *x = stop_gradient(*x);
    }
    for (const Tensor& x : results) list.results.push_back(recorder.seen(x));
    Tensors seen = results;
    for (const Tensor* x : tensors_of(state_)) {
      list.next.push_back(recorder.seen(*x));
      seen.push_back(*x);
    }
    const std::size_t kept = recorder.kept_beside(seen);
    check(kept == 0, "[program] the step keeps ", kept,
          " arrays that are neither results nor state; ",
          "return them, or name the variables that hold them");
    check(list.next.size() == list.state.size(), "[program] the step leaves ",
          list.next.size(), " tensors of state, and found ",
          list.state.size());
    if (!list_) {
      list_ = std::move(list);
      return results;
    }
    const std::string found = program::difference(*list_, list);
    check(found.empty(),
          "[program] the step is not the same each time: ", found);
    if (!replay_) replay_.emplace(std::move(list), device, options_);
    return results;
  }

  Body body_;
  std::vector<Variable> state_;
  Options options_;
  bool on_;
  std::int64_t calls_ = 0;
  std::optional<List> list_;  // as first recorded
  std::optional<Replay> replay_;
};

Program::Program(Body body, std::vector<Variable> state)
    : Program(std::move(body), std::move(state), Options()) {}
Program::Program(Body body, std::vector<Variable> state, Options options)
    : recorded_(std::make_unique<Recorded>(std::move(body), std::move(state),
                                           options)) {}
Program::~Program() = default;
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;

Tensors Program::operator()(const Tensors& inputs) {
  return recorded_->step(inputs);
}
Program::Listing Program::listing() const { return recorded_->listing(); }

}  // namespace gradus
