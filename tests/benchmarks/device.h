#pragma once

#include <string>
#include <vector>

#include "tests/benchmarks/workloads.h"

namespace gradus {

/// `--device cuda [--peak-flops N] [--peak-bytes N] [NAME ...]`, without the first word: times the
/// kernels of device.cpp and these workloads on the device, and as programs, against its peak.
void measure_on_device(std::vector<std::string> words, std::vector<Workload> workloads);

}  // namespace gradus
