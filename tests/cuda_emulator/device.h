#pragma once

// The device's state, as memory.cpp and runtime.cpp share it.

#include <functional>
#include <map>
#include <memory>
#include <queue>
#include <type_traits>
#include <vector>

#include "emulator.h"

struct Work {
  void (*call)(const void*);
  std::vector<unsigned char> self;
};
struct CUgraph_st {
  std::vector<Work> work;
};
struct CUstream_st {
  std::queue<Work> work;
  long enqueued = 0, done = 0;
  std::unique_ptr<CUgraph_st> capture = nullptr;  // takes the work while there is one
  bool broken = false;                            // something in it cannot be captured
};

namespace gpu_emulator {

struct Allocation {
  std::size_t bytes;
  std::size_t in_use;  // less than all where a pool handed out less
};

struct Device {
  std::recursive_mutex mutex;
  std::map<char*, Allocation> allocations;  // the live ones
  std::size_t end = shared_arena_bytes;     // addresses are never used twice
  std::size_t accessible = 0;
  std::size_t used = 0;
  long mallocs = 0;
  long graphs = 0;                                    // that can be launched
  std::vector<std::unique_ptr<CUstream_st>> streams;  // the default one first
  std::map<const char*, std::size_t> pinned;          // host memory
  cudaError_t last_error = cudaSuccess;
};

/// Never destroyed: tensors may be freed after main.
Device& device();

CUstream_st& stream_of(cudaStream_t stream);
/// Puts a call of `work` into the stream.
template <class F>
void enqueue_call(cudaStream_t stream, const F& work) {
  static_assert(std::is_trivially_copyable_v<F>);
  enqueue_work(
      stream, [](const void* self) { (*static_cast<const F*>(self))(); }, &work, sizeof work);
}

/// Counts a call of the host that gives the stream something to do; a captured one does not.
void count(long Counts::*what, cudaStream_t stream);

/// Reports what was written just beyond the end of device memory.
void check_canaries();

using Guard = std::lock_guard<std::recursive_mutex>;

}  // namespace gpu_emulator

// Every function of the runtime begins so: alone, and not after a failed kernel.
#define GPU_CALL()                                        \
  const gpu_emulator::Guard guard(gpu_emulator::mutex()); \
  if (gpu_emulator::failed()) return cudaErrorLaunchFailure
