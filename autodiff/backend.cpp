#include "autodiff/backend.h"

#include <dlfcn.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "autodiff/check.h"
#include "autodiff/cuda/library.h"

namespace gradus {
namespace {

// The file that GRADUS_CUDA_LIBRARY names, else the library beside the program or in ../lib/gradus,
// else wherever the system finds it.
std::string cuda_library() {
  if (const char* chosen = std::getenv("GRADUS_CUDA_LIBRARY")) return chosen;
  const std::string name = "libgradus_cuda.so";
  std::error_code none;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", none).parent_path();
  for (const auto& folder : {program, program.parent_path() / "lib/gradus"})
    if (std::filesystem::exists(folder / name, none)) return folder / name;
  return name;
}

// The library stays open: static tensors give their memory back after main.
Backend& open_cuda() {
  const std::string file = cuda_library();
  void* library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library)
    fail("[device] the CUDA backend cannot be opened: ", dlerror(),
         "; it is built where nvcc and a device are, else use the CPU (--device cpu)");
  auto* const entry = reinterpret_cast<CudaEntry*>(dlsym(library, cuda_entry));
  Backend* const found = entry ? entry(cuda_interface) : nullptr;
  check(found != nullptr, "[device] ", file,
        " is no CUDA backend of this build of gradus; build it anew or use the CPU (--device cpu)");
  return *found;
}

std::atomic<Device> device_by_default{Device::cpu};

// What stands in for each device's backend, on this thread.
thread_local Backend* overrides[2] = {};
Backend*& override_of(Device device) { return overrides[device == Device::cpu ? 0 : 1]; }

}  // namespace

Backend& backend(Device device) {
  if (Backend* other = override_of(device)) return *other;
  if (device == Device::cpu) return cpu_backend();
  static Backend& cuda = open_cuda();
  return cuda;
}

BackendOverride::BackendOverride(Device device, Backend& other)
    : device_(device), previous_(std::exchange(override_of(device), &other)) {}
BackendOverride::~BackendOverride() { override_of(device_) = previous_; }

void set_default_device(Device device) {
  backend(device);
  device_by_default = device;
}
Device default_device() { return device_by_default; }

MemoryStats memory_stats(Device device) { return backend(device).memory_stats(); }
std::string provider(Device device) { return backend(device).provider(); }

}  // namespace gradus
