#include "autodiff/cpu/pool.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <mutex>
#include <utility>
#include <vector>

#include "autodiff/check.h"
#include "autodiff/size_class.h"

// Under AddressSanitizer a cached block is out of bounds, as if the system had it back.
#if __has_include(<sanitizer/asan_interface.h>)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#endif

namespace gradus {
namespace {

constexpr std::int64_t alignment = 64;

class Pool;

// Stands before each block's data.
struct alignas(alignment) Header {
  Pool* home;
  int index;     // size class
  void* system;  // what malloc gave
};

class Pool {
 public:
  void* allocate(std::int64_t bytes) {
    const int index = size_class(bytes);
    const std::lock_guard lock(mutex_);
    Header* header = pop(index);
    if (!header) header = ask_system(index);
    stats_.live_bytes += size_class_bytes(index);
    stats_.peak_bytes = std::max(stats_.peak_bytes, stats_.live_bytes);
    ASAN_POISON_MEMORY_REGION(header + 1, size_class_bytes(index));
    ASAN_UNPOISON_MEMORY_REGION(header + 1, bytes);
    return header + 1;
  }

  void release(Header* header) {
    const std::lock_guard lock(mutex_);
    ASAN_POISON_MEMORY_REGION(header + 1, size_class_bytes(header->index));
    free_[static_cast<std::size_t>(header->index)].push_back(header);
    stats_.live_bytes -= size_class_bytes(header->index);
    stats_.cached_bytes += size_class_bytes(header->index);
  }

  MemoryStats stats() {
    const std::lock_guard lock(mutex_);
    return stats_;
  }

 private:
  Header* pop(int index) {
    auto& list = free_[static_cast<std::size_t>(index)];
    if (list.empty()) return nullptr;
    Header* header = list.back();
    list.pop_back();
    stats_.cached_bytes -= size_class_bytes(index);
    return header;
  }

  // Large blocks would all start at the same offset of a page, and the operands of a matrix product
  // then compete for the same cache lines: each starts some lines further than the one before.
  Header* ask_system(int index) {
    const std::int64_t bytes = size_class_bytes(index);
    trim(most_cached(bytes));
    const std::int64_t lines = bytes < (1 << 16) ? 0 : stats_.system_allocations * 17 % 61;
    ++stats_.system_allocations;
    const std::int64_t stagger = lines * alignment;
    const std::int64_t total =
        (bytes + stagger + static_cast<std::int64_t>(sizeof(Header)) + alignment - 1) / alignment *
        alignment;
    const auto ask = [total]() -> void* {  // of 32 bits, a size may be none
      if (!std::in_range<std::size_t>(total)) return nullptr;
      return std::aligned_alloc(alignment, static_cast<std::size_t>(total));
    };
    void* system = ask();
    if (!system) {
      trim(0);
      system = ask();
    }
    check(system != nullptr, "[memory] the system has no ", bytes, " bytes left; ",
          stats_.live_bytes, " are in use by tensors: try a smaller batch or network");
    auto* header = reinterpret_cast<Header*>(static_cast<char*>(system) + stagger);
    *header = {this, index, system};
    return header;
  }

  // With `bytes` more, a pool holds half as much again as tensors have needed at once, and a little.
  // Programs that repeat their sizes mostly stay below (1.03 to 1.28 times, measured); one that does
  // not asks the system again, which took no time that could be measured. Without a bound, blocks of
  // sizes that are not asked for any more add up until the system kills the process: it promises
  // memory that it does not have, so malloc does not fail.
  std::int64_t most_cached(std::int64_t bytes) const {
    const std::int64_t live = stats_.live_bytes + bytes;
    const std::int64_t peak = std::max(stats_.peak_bytes, live);
    return peak - live + peak / 2 + (std::int64_t{16} << 20);
  }

  // Gives cached blocks back, the largest first, until the cache holds at most so many bytes.
  void trim(std::int64_t most) {
    for (int index = size_classes - 1; index >= 0; --index)
      while (stats_.cached_bytes > most) {
        Header* header = pop(index);
        if (!header) break;
        std::free(header->system);
      }
  }

  std::mutex mutex_;  // contended only when another thread frees our blocks
  std::array<std::vector<Header*>, size_classes> free_;
  MemoryStats stats_;
};

// Pools live as long as the process, so that blocks may be freed after main returns; one whose
// thread has ended serves the next new thread.
struct Pools {
  std::mutex mutex;
  std::vector<Pool*> idle;
};
Pools& pools() {
  static Pools* all = new Pools;
  return *all;
}

struct Lease {
  Pool* pool;
  Lease() {
    const std::lock_guard lock(pools().mutex);
    if (pools().idle.empty()) {
      pool = new Pool;
    } else {
      pool = pools().idle.back();
      pools().idle.pop_back();
    }
  }
  ~Lease() {
    const std::lock_guard lock(pools().mutex);
    pools().idle.push_back(pool);
  }
};

Pool& this_threads_pool() {
  thread_local Lease lease;
  return *lease.pool;
}

}  // namespace

void* pool_allocate(std::int64_t bytes) { return this_threads_pool().allocate(bytes); }

void pool_release(void* data) {
  Header* header = static_cast<Header*>(data) - 1;
  header->home->release(header);
}

MemoryStats pool_stats() { return this_threads_pool().stats(); }

}  // namespace gradus
