#pragma once

#include "autodiff/backend.h"
#include "autodiff/cuda/queue.h"

namespace gradus {

/// The kernels of one NVIDIA device. Each result is a function of its inputs and their shapes
/// alone: nothing is added atomically, every sum has a fixed order.
class CudaBackend final : public Backend {
 public:
  void* allocate(std::int64_t bytes) override { return queue_.allocate(bytes); }
  void release(void* data) override { queue_.release(data); }
  MemoryStats memory_stats() override { return queue_.memory_stats(); }
  std::string provider() override { return "cuBLAS"; }
  std::function<void()> capture(const std::function<void()>& work) override {
    return queue_.capture(work);
  }
  /// Gives cached memory back at the end of the process.
  void close() { queue_.close(); }

#include "autodiff/kernel_overrides.h"

 private:
  Queue queue_;
};

}  // namespace gradus
