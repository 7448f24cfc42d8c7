#pragma once

#include <functional>
#include <vector>

#include "autodiff/program/list.h"
#include "autodiff/program/passes.h"
#include "autodiff/program/program.h"

namespace gradus::program {

/// A list with its memory.
class Replay {
 public:
  /// Applies the passes.
  Replay(List list, Device device, const Program::Options& options);

  /// A step on these inputs, of the recorded shapes. `state` are the variables.
  std::vector<Tensor> step(const std::vector<Tensor>& inputs,
                           const std::vector<Tensor*>& state);
  Program::Listing listing() const;

 private:
  void run();
  bool stays();
  void run_whole();

  Array& array(int value) { return arrays_[static_cast<std::size_t>(value)]; }

  List list_;
  Device device_;
  Slab slab_;
  Tensor memory_;
  bool whole_;  // the calls may be launched as one
  std::function<void()> graph_;
  std::vector<void*> places_;  // of the state in the last step
  std::vector<Tensor> fixed_;  // where a graph has inputs and results
  std::vector<bool> overwritten_;
  std::vector<int> seen_;      // values that come in or out
  std::vector<Array> arrays_;  // where each value is
  std::vector<Tensor>
      tensors_;  // that hold those which are seen, while a step runs
};

}  // namespace gradus::program
