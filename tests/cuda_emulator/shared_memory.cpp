// Shared memory: the arrays of the kernel that is running.

#include <cstring>
#include <string>
#include <vector>

#include "block.h"
#include "checker.h"
#include "emulator.h"

namespace gpu_emulator {
namespace {

struct SharedArray {
  const void* key;
  std::size_t begin, bytes;
};

std::vector<SharedArray> shared_arrays;
std::size_t shared_end = 0, static_bytes = 0;

// Between arrays, and before the first and after the last, lie red zones.
constexpr std::size_t red_zone = 64;

std::size_t end_of(const SharedArray& a) { return (a.begin + a.bytes + 15) / 16 * 16 + red_zone; }

void clear(const SharedArray& a) {
  mark(arena() + a.begin, a.bytes, Bytes::undefined);
  std::memset(arena() + a.begin, undefined_byte, a.bytes);
  fill_canary(arena() + a.begin + a.bytes, end_of(a) - a.begin - a.bytes);
}

void* add_shared_array(const void* key, std::size_t bytes) {
  const SharedArray& a = shared_arrays.emplace_back(SharedArray{key, shared_end, bytes});
  shared_end = end_of(a);
  clear(a);
  return arena() + a.begin;
}

}  // namespace

void start_shared_memory(std::size_t dynamic_bytes) {
  shared_arrays.clear();
  fill_canary(arena(), red_zone);
  shared_end = red_zone;
  static_bytes = 0;
  if (dynamic_bytes > 0) add_shared_array(nullptr, dynamic_bytes);
}

void clear_shared_memory() {
  for (const SharedArray& a : shared_arrays) clear(a);
}

void check_shared_memory() {
  for (const SharedArray& a : shared_arrays)
    if (!canary_intact(arena() + a.begin + a.bytes, end_of(a) - a.begin - a.bytes))
      return report("write beyond the end of a shared array of " + std::to_string(a.bytes) +
                    " bytes");
}

void end_shared_memory() { mark(arena(), shared_end, Bytes::forbidden); }

void* shared_array(const void* key, const char* variable, std::size_t bytes) {
  for (const SharedArray& a : shared_arrays)
    if (a.key == key) return arena() + a.begin;
  static_bytes += bytes;
  if (static_bytes + running_launch()->shared_bytes > 48 << 10)
    report("more than 48 KiB of shared memory, with " + std::string(variable));
  return add_shared_array(key, bytes);
}

void* dynamic_shared() {
  return arena() + red_zone;  // it comes first; if the launch asked for none, nobody may touch it
}

}  // namespace gpu_emulator
