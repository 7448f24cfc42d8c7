#pragma once

#include <cstdint>
#include <ostream>
#include <string>

namespace gradus {

/// Where a tensor's values live and its ops run.
enum class Device : std::uint8_t { cpu, cuda };

/// "cpu" or "cuda", as on the command line.
constexpr const char* to_string(Device device) { return device == Device::cpu ? "cpu" : "cuda"; }

inline std::ostream& operator<<(std::ostream& out, Device device) {
  return out << to_string(device);
}

/// Where tensors are made unless a device is named: on the CPU, until this is set, by a program at
/// its start. Throws one sentence where the device is not available.
void set_default_device(Device device);
Device default_device();

/// What the calling thread's memory pool on a device holds, in bytes.
struct MemoryStats {
  std::int64_t live_bytes = 0;          ///< in use by tensors
  std::int64_t peak_bytes = 0;          ///< the most that was ever in use
  std::int64_t cached_bytes = 0;        ///< kept for reuse
  std::int64_t system_allocations = 0;  ///< requests that had to ask the system
};

/// Statistics of the pool that serves the calling thread.
MemoryStats memory_stats(Device device = default_device());

/// The libraries that compute a device's matrix products and convolutions, with their versions, such
/// as "Eigen 3.4.0". Another library rounds differently.
std::string provider(Device device = Device::cpu);

}  // namespace gradus
