#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "autodiff/cuda/gpu.hpp"
#include "autodiff/device.h"
#include "autodiff/size_class.h"

namespace gradus {

/// Device memory that is kept for reuse: cudaMalloc and cudaFree wait for the device. A released
/// block may be handed out at once, although kernels that use it are still waiting: there is one
/// stream, and the next user's kernels come behind them.
class DevicePool {
 public:
  /// For work in this stream.
  explicit DevicePool(cudaStream_t stream) : stream_(stream) {}
  void* allocate(std::int64_t bytes);
  void release(void* data);
  MemoryStats stats() const { return stats_; }
  /// What is handed out from now on, and has come back when keeping ends, stays with the caller, who
  /// releases it as if it had been handed out once more.
  void start_keeping();
  std::vector<void*> end_keeping();
  /// Gives back what is cached, now and from now on: the process ends.
  void close();

 private:
  void* ask_device(std::int64_t bytes);
  void drop_cache();

  cudaStream_t stream_;
  bool closed_ = false;
  std::unordered_map<void*, std::int64_t> live_;  // block sizes
  std::unordered_map<std::int64_t, std::vector<void*>> free_;
  std::optional<std::unordered_map<void*, std::int64_t>> keeping_;
  MemoryStats stats_;
};

/// Throws unless `status` is a success; `what` was being done.
void check_cuda(cudaError_t status, const char* what);

}  // namespace gradus
