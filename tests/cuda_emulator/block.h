#pragma once

// The block that is running, as its parts see it: kernel.cpp, which lets threads run, barriers.cpp,
// where they wait for each other, and shared_memory.cpp.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cuda_emulator.h"
#include "fibers.h"

namespace gpu_emulator {

enum class Waits { no, at_barrier, in_warp };

struct Thread {
  uint3 index{};
  Fiber* fiber = nullptr;  // from the first instruction to the last
  bool ended = false;
  std::uint32_t actor = 0;  // 0: a new one is due

  Waits waits = Waits::no;
  int kind = 0;  // of barrier or warp operation
  Place place{};
  unsigned mask = 0;
  std::uint64_t value = 0;
  int lane = 0, width = 32;
};

struct Block {
  std::uint32_t number = 0, epoch = 0;
  std::uint32_t warp_epochs[32] = {};
  std::vector<Thread> threads;
  std::vector<int> order;  // in which threads get their turns
  std::size_t ended = 0, at_barrier = 0;
  const Thread* first_at_barrier = nullptr;
};
extern Block block;

inline std::size_t number_of(const Thread& t) {
  return static_cast<std::size_t>(&t - block.threads.data());
}
/// "thread (1,0,0) waits in __syncthreads at reduce.cu:27".
std::string what_it_does(const Thread& t);

Thread& running_thread();
/// The running thread waits until another makes it ready.
void wait_here();
void make_ready(Thread& t);
/// A thread has ended: completes, or reports, what others wait for.
void go_on_without(const Thread& gone);

/// A launch begins, with so much dynamic shared memory; a block begins; a block ends, and whatever
/// was written beyond an array is reported; the launch ends.
void start_shared_memory(std::size_t dynamic_bytes);
void clear_shared_memory();
void check_shared_memory();
void end_shared_memory();

}  // namespace gpu_emulator
