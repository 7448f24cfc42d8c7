#pragma once

#include <algorithm>
#include <functional>

#include "tests/benchmarks/machine.h"

namespace gradus {

struct Seconds {
  double wall, processor;
};

/// Repeats a workload for about a twentieth of a second at a time. `wait` returns when all that was
/// asked of a device is done.
class Sampler {
 public:
  explicit Sampler(
      std::function<void()> run, std::function<void()> wait = [] {})
      : run_(std::move(run)), wait_(std::move(wait)) {
    for (int i = 0; i < 5; ++i) run_();  // a program is made, and a graph
    wait_();
    const double start = now();
    run_();
    wait_();
    repeats_ = std::clamp(static_cast<int>(0.05 / (now() - start)), 1, 100'000);
  }
  /// For one repetition.
  Seconds sample() {
    const double start = now(), processor = processor_seconds();
    for (int i = 0; i < repeats_; ++i) run_();
    wait_();
    return {(now() - start) / repeats_, (processor_seconds() - processor) / repeats_};
  }
  /// The median of five.
  double median_wall() {
    double samples[5];
    for (double& s : samples) s = sample().wall;
    std::sort(std::begin(samples), std::end(samples));
    return samples[2];
  }

 private:
  std::function<void()> run_, wait_;
  int repeats_ = 1;
};

}  // namespace gradus
