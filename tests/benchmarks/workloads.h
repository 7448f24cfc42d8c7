#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "autodiff/program/program.h"
#include "autodiff/tensor.h"

/// What is timed; peer.py has the same list.
namespace gradus {

/// A program with its inputs.
struct ProgramRun {
  std::shared_ptr<Program> program;
  std::vector<Tensor> inputs;
  void operator()() const { (*program)(inputs); }
};

struct Workload {
  std::string name;
  std::string text;
  double gflop = 0;      ///< of matrix products and convolutions, in units of 1e9
  double megabytes = 0;  ///< that have to move: each operand of each op read or written once
  /// Makes the inputs and returns what one repetition does.
  std::function<std::function<void()>()> make = {};
  /// The same as a program, where there is one. It is made in the first three repetitions.
  std::function<ProgramRun(const Program::Options&)> make_program = {};
};

std::vector<Workload> workloads();

/// The inputs of the workload lambda_128, which a peer must share to need as many products:
/// parameters after 20 steps, images of Fashion-MNIST and targets, one after the other.
std::vector<Tensor> lambda_inputs();

}  // namespace gradus
