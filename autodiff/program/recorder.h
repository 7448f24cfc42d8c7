#pragma once

#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "autodiff/program/list.h"

namespace gradus::program {

/// A backend that does what the real one does, and notes it. An address stands for the value that
/// was last written there; a value that nobody wrote was captured, and is kept as a constant.
class Recorder final : public Backend {
 public:
  Recorder(Device device, Backend& real) : device_(device), real_(real) {}

  /// A value that is there before the step: an input, or state.
  Visible enter(const Tensor& x);
  /// What a tensor holds after the step.
  Visible seen(const Tensor& x);
  /// How many arrays of the step are still alive, beside these.
  std::size_t kept_beside(const std::vector<Tensor>& tensors) const;

  List list;

  void* allocate(std::int64_t bytes) override;
  void release(void* data) override;
  MemoryStats memory_stats() override { return real_.memory_stats(); }
  std::string provider() override { return real_.provider(); }

#include "autodiff/kernel_overrides.h"

 private:
  int value_of(Array x);
  int write(Array y);
  void note(Call call, std::vector<Array> arrays);

  Device device_;
  Backend& real_;
  std::unordered_map<const void*, int> now_;
  std::unordered_set<const void*>
      alive_;  // blocks taken in the step and not given back
};

}  // namespace gradus::program
