#pragma once

// What the parts of the emulator know of each other.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>

#include "cuda_emulator.h"

namespace gpu_emulator {

enum class Order { forward, reverse, random };

/// From the environment (see README.md); a test may change them.
struct Options {
  Order order = Order::forward;
  std::uint64_t seed = 0;
  std::size_t memory = std::size_t{4} << 30;
  long failing_malloc = 0;
  long graphs = 1 << 20;  // that there is room for at a time
  int devices = 1;
  int capability = 90;  // compute capability 9.0; kernels need 7.5
};
Options& options();
/// What the host has asked of the device, and how often it has waited for something that was not done.
struct Counts {
  long kernels, products, fills, copies, graphs, waits;
};
Counts& counts();
/// Called by a host thread that is about to wait for the device: a test may look around.
std::function<void()>& before_waiting();

/// Says on stderr what is wrong, in which kernel and thread; all calls fail from now on. A kernel
/// is abandoned: there this does not return.
void report(const std::string& what);
bool failed();

/// "reduce.cu:27", and "row_kernel<..>", as far as the debug information tells.
std::string place_of(const void* code);
std::string kernel_name(const Launch& launch);
std::string name(Place place);
std::string name(uint3 index);

/// One call at a time, whichever host thread it comes from.
std::recursive_mutex& mutex();
/// Puts work into the stream; it is done when the host waits.
void enqueue_work(cudaStream_t stream, void (*work)(const void* self), const void* self,
                  std::size_t bytes);

/// The last error is kept for cudaGetLastError.
cudaError_t fail(cudaError_t error);

// -- Memory ---------------------------------------------------------------------------------------

/// All of device memory, the part that stands for shared memory first.
inline constexpr std::size_t arena_bytes = std::size_t{256} << 30;
inline constexpr std::size_t shared_arena_bytes = std::size_t{1} << 20;
inline constexpr std::size_t alignment = 256;
char* arena();
inline bool is_device(const void* p) {
  return static_cast<std::size_t>(static_cast<const char*>(p) - arena()) < arena_bytes;
}

/// Whether one live allocation holds all of these bytes.
bool holds(const void* data, std::size_t bytes);

/// Device memory is filled with this byte, a NaN, and followed by that.
inline constexpr unsigned char undefined_byte = 0xFF, canary_byte = 0xCB;
void fill_canary(void* data, std::size_t bytes);
bool canary_intact(const void* data, std::size_t bytes);

// -- Kernels --------------------------------------------------------------------------------------

void run(const Launch& launch);
/// Of the kernel that is running; null outside.
const Launch* running_launch();
/// Ends the running kernel here and now.
[[noreturn]] void abandon_kernel();
bool on_kernel_stack();
/// Whether `p` lies in the stack of the running CUDA thread.
bool on_own_stack(const void* p);

}  // namespace gpu_emulator
