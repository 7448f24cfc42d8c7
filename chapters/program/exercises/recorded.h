#pragma once

#include <functional>
#include <vector>

#include "autodiff/program/recorder.h"

/// The list of what `f` does with these inputs and this state; f leaves the new state in it.
inline gradus::program::List recorded(
    const std::function<
        std::vector<gradus::Tensor>(const std::vector<gradus::Tensor>& x,
                                    std::vector<gradus::Tensor>& w)>& f,
    const std::vector<gradus::Tensor>& x,
    std::vector<gradus::Tensor> w = {}) {
  using namespace gradus;
  program::Recorder recorder(Device::cpu, cpu_backend());
  for (const Tensor& t : x) recorder.list.inputs.push_back(recorder.enter(t));
  for (const Tensor& t : w) recorder.list.state.push_back(recorder.enter(t));
  const BackendOverride on(Device::cpu, recorder);
  for (const Tensor& t : f(x, w))
    recorder.list.results.push_back(recorder.seen(t));
  for (const Tensor& t : w) recorder.list.next.push_back(recorder.seen(t));
  return recorder.list;
}
