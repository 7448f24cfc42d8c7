// The checker: kernels are compiled with -fsanitize=thread, so that every access calls one of the
// functions at the end of this file, which are ours and not ThreadSanitizer's. Two accesses race
// if one is a write, not both are atomic, and no barrier stands between their threads.

#include "checker.h"

#include <dlfcn.h>
#include <sys/mman.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "emulator.h"

namespace gpu_emulator {
namespace {

// Of one byte: its last write and read, each by an actor and at a place in the code. In `write`
// stand, instead of an actor: nobody may touch the byte; nobody wrote it; somebody else wrote it.
struct Cell {
  std::uint32_t write, write_at, read, read_at;
};
constexpr std::uint32_t forbidden = 0, undefined = 1, defined = 2;
constexpr std::uint32_t atomic_bit = 1u << 31;  // of a place

std::vector<Actor> actors;      // of this launch
std::uint32_t first_actor = 3;  // the number of the first of them
std::uint32_t acting = 0;

Cell* cell_of(const void* data) {
  static Cell* const cells = [] {
    void* p = mmap(nullptr, arena_bytes * sizeof(Cell), PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) {
      std::perror("gpu emulator: no address space for the checker");
      std::abort();
    }
    return static_cast<Cell*>(p);
  }();
  return cells + (static_cast<const char*>(data) - arena());
}

// Where the library, or the program, begins in memory.
const char* code_begin() {
  static const char* const begin = [] {
    Dl_info info{};
    dladdr(reinterpret_cast<const void*>(&mark), &info);
    return static_cast<const char*>(info.dli_fbase);
  }();
  return begin;
}

bool races(std::uint32_t earlier) {
  if (earlier < first_actor || earlier == acting) return false;  // of another launch, or the same
  const Actor& a = actors[earlier - first_actor];
  const Actor& b = actors[acting - first_actor];
  if (a.block != b.block) return true;
  const bool same_warp = a.thread / 32 == b.thread / 32;
  return a.thread != b.thread && a.epoch == b.epoch && !(same_warp && a.warp_epoch != b.warp_epoch);
}

std::string thread_name(const Actor& actor) {
  const auto at = [](std::uint32_t n, const dim3& size) {
    return name(uint3{n % size.x, n / size.x % size.y, n / size.x / size.y});
  };
  const Launch& launch = *running_launch();
  return "block " + at(actor.block, launch.grid) + ", thread " + at(actor.thread, launch.block);
}

std::string access_text(bool is_write, std::size_t bytes, const void* code) {
  return std::string(is_write ? "write of " : "read of ") + std::to_string(bytes) + " bytes at " +
         place_of(code);
}

const char* memory_name(const void* data) {
  const auto offset = static_cast<std::size_t>(static_cast<const char*>(data) - arena());
  return offset < shared_arena_bytes ? "shared memory" : "device memory";
}

void report_race(const void* data, bool is_write, std::size_t bytes, const void* code,
                 bool after_write, std::uint32_t earlier, std::uint32_t at) {
  report(std::string("race in ") + memory_name(data) + ":\n  " +
         access_text(is_write, bytes, code) + ", by the thread below;\n  " +
         (after_write ? "write" : "read") + " of the same at " +
         place_of(code_begin() + (at & ~atomic_bit)) + ", by " +
         thread_name(actors[earlier - first_actor]) + ";\n  no barrier stands between them");
}

struct Access {
  const void* data;
  std::size_t bytes;
  bool is_write, is_atomic;
  const void* code;
};

void check_device_access(const Access& a) {
  const auto at = static_cast<std::uint32_t>(static_cast<const char*>(a.code) - code_begin()) |
                  (a.is_atomic ? atomic_bit : 0);
  for (Cell *cell = cell_of(a.data), *end = cell + a.bytes; cell < end; ++cell) {
    if (cell->write == forbidden)
      report(access_text(a.is_write, a.bytes, a.code) + " outside every live array of " +
             memory_name(a.data));
    if (cell->write == undefined && !a.is_write)
      report(access_text(false, a.bytes, a.code) + " of " + memory_name(a.data) +
             " that nobody has written yet");
    if (!(a.is_atomic && (cell->write_at & atomic_bit)) && races(cell->write))
      report_race(a.data, a.is_write, a.bytes, a.code, true, cell->write, cell->write_at);
    if (a.is_write) {
      if (!(a.is_atomic && (cell->read_at & atomic_bit)) && races(cell->read))
        report_race(a.data, true, a.bytes, a.code, false, cell->read, cell->read_at);
      cell->write = acting;
      cell->write_at = at;
    } else if (!races(cell->read)) {  // of two unordered readers the first is kept: the second is
      cell->read = acting;            // more often the one that goes on to write
      cell->read_at = at;
    }
  }
}

bool kernel_may_touch_host(const void* data) {
  const auto within = [&](const void* begin, std::size_t bytes) {
    return static_cast<std::size_t>(static_cast<const char*>(data) -
                                    static_cast<const char*>(begin)) < bytes;
  };
  return on_own_stack(data) || within(&indices, sizeof indices) ||
         within(running_launch(), sizeof(Launch));
}

void check_access(const Access& a) {
  const bool device = is_device(a.data);
  if (!on_kernel_stack()) {
    if (device)
      report(access_text(a.is_write, a.bytes, a.code) + ": the host touches device memory");
    return;
  }
  if (!device) {
    if (!kernel_may_touch_host(a.data))
      report(access_text(a.is_write, a.bytes, a.code) + ": a kernel touches host memory");
    return;
  }
  const auto address = reinterpret_cast<std::uintptr_t>(a.data);
  if ((a.bytes & (a.bytes - 1)) == 0 && a.bytes <= 16 && address % a.bytes != 0)
    report(access_text(a.is_write, a.bytes, a.code) + " is misaligned");
  check_device_access(a);
}

}  // namespace

void mark(void* data, std::size_t bytes, Bytes state) {
  const std::uint32_t write = state == Bytes::forbidden   ? forbidden
                              : state == Bytes::undefined ? undefined
                                                          : defined;
  for (Cell *cell = cell_of(data), *end = cell + bytes; cell < end; ++cell) {
    if (state == Bytes::defined && cell->write == forbidden)
      return report("a copy, fill or product writes outside every live array of device memory");
    *cell = {write, 0, 0, 0};
  }
}

void check_defined(const void* data, std::size_t bytes, const char* reader) {
  for (const Cell *cell = cell_of(data), *end = cell + bytes; cell < end; ++cell) {
    if (cell->write == forbidden)
      return report(std::string(reader) + " reads outside every live array of device memory");
    if (cell->write == undefined)
      return report(std::string(reader) + " reads device memory that nobody has written");
  }
}

void forget_actors() {
  first_actor += static_cast<std::uint32_t>(actors.size());
  actors.clear();
  if (first_actor < 1u << 31) return;
  std::fputs("gpu emulator: more threads than the checker can count; run fewer tests at once\n",
             stderr);
  std::abort();
}

std::uint32_t add_actor(Actor actor) {
  actors.push_back(actor);
  return first_actor + static_cast<std::uint32_t>(actors.size()) - 1;
}

void act_as(std::uint32_t actor) { acting = actor; }

}  // namespace gpu_emulator

// -- What the compiler calls ----------------------------------------------------------------------

using gpu_emulator::check_access;

#define GPU_CALLER __builtin_return_address(0)

#define GPU_ACCESS(bytes)                                                                  \
  void __tsan_read##bytes(void* p) { check_access({p, bytes, false, false, GPU_CALLER}); } \
  void __tsan_write##bytes(void* p) { check_access({p, bytes, true, false, GPU_CALLER}); } \
  void __tsan_unaligned_read##bytes(void* p) {                                             \
    check_access({p, bytes, false, false, GPU_CALLER});                                    \
  }                                                                                        \
  void __tsan_unaligned_write##bytes(void* p) { check_access({p, bytes, true, false, GPU_CALLER}); }

#define GPU_ATOMIC(bits, T)                                                                  \
  T __tsan_atomic##bits##_load(const T* p, int) {                                            \
    check_access({p, sizeof(T), false, true, GPU_CALLER});                                   \
    return __atomic_load_n(p, __ATOMIC_SEQ_CST);                                             \
  }                                                                                          \
  void __tsan_atomic##bits##_store(T* p, T value, int) {                                     \
    check_access({p, sizeof(T), true, true, GPU_CALLER});                                    \
    __atomic_store_n(p, value, __ATOMIC_SEQ_CST);                                            \
  }                                                                                          \
  T __tsan_atomic##bits##_exchange(T* p, T value, int) {                                     \
    check_access({p, sizeof(T), true, true, GPU_CALLER});                                    \
    return __atomic_exchange_n(p, value, __ATOMIC_SEQ_CST);                                  \
  }                                                                                          \
  T __tsan_atomic##bits##_fetch_add(T* p, T value, int) {                                    \
    check_access({p, sizeof(T), true, true, GPU_CALLER});                                    \
    return __atomic_fetch_add(p, value, __ATOMIC_SEQ_CST);                                   \
  }                                                                                          \
  bool __tsan_atomic##bits##_compare_exchange_strong(T* p, T* expected, T value, int, int) { \
    check_access({p, sizeof(T), true, true, GPU_CALLER});                                    \
    return __atomic_compare_exchange_n(p, expected, value, false, __ATOMIC_SEQ_CST,          \
                                       __ATOMIC_SEQ_CST);                                    \
  }

extern "C" {
void __tsan_init() {}
void __tsan_func_entry(void*) {}
void __tsan_func_exit() {}
void __tsan_vptr_read(void**) {}
void __tsan_vptr_update(void**, void*) {}
GPU_ACCESS(1)
GPU_ACCESS(2)
GPU_ACCESS(4)
GPU_ACCESS(8)
GPU_ACCESS(16)
void __tsan_read_range(void* p, unsigned long bytes) {
  check_access({p, bytes, false, false, GPU_CALLER});
}
void __tsan_write_range(void* p, unsigned long bytes) {
  check_access({p, bytes, true, false, GPU_CALLER});
}
GPU_ATOMIC(8, unsigned char)
GPU_ATOMIC(32, unsigned)
GPU_ATOMIC(64, unsigned long)
}
