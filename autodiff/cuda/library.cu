#include "autodiff/cuda/library.h"

#include "autodiff/cuda/cuda_backend.h"

extern "C" __attribute__((visibility("default"))) gradus::Backend* gradus_cuda_backend(
    int interface) {
  if (interface != gradus::cuda_interface) return nullptr;
  // Outlives every static tensor; what it keeps for reuse goes back before the process ends.
  static auto* instance = new gradus::CudaBackend;
  static struct Closer {
    ~Closer() { instance->close(); }
  } closer;
  return instance;
}
