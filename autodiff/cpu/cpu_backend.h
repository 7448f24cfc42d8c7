#pragma once

#include "autodiff/backend.h"

namespace gradus {

/// The host's kernels: plain loops that the compiler vectorises, and for matrix products
/// Eigen or another provider.
class CpuBackend final : public Backend {
 public:
  void* allocate(std::int64_t bytes) override;
  void release(void* data) override;
  MemoryStats memory_stats() override;
  std::string provider() override;

#include "autodiff/kernel_overrides.h"
};

}  // namespace gradus
