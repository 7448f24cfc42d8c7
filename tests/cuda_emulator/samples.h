#pragma once

#include <string>
#include <vector>

/// A small use of CUDA, right or wrong, for the emulator's own tests.
struct Sample {
  std::string name;
  void (*run)();
};
const std::vector<Sample>& kernel_samples();
const std::vector<Sample>& memory_samples();
const std::vector<Sample>& host_samples();

/// Ends the process with "wrong result" unless it holds.
void expect(bool condition, const char* what);
