#include "autodiff/backend.h"

#include "autodiff/check.h"

namespace gradus {

Backend& backend(Device device) {
  if (device == Device::cpu) return cpu_backend();
  fail("[device] this build has no CUDA backend; use the CPU (--device cpu)");
}

MemoryStats memory_stats(Device device) { return backend(device).memory_stats(); }
std::string provider(Device device) { return backend(device).provider(); }

}  // namespace gradus
