#pragma once

// What is known of each byte of device and shared memory: by AddressSanitizer whether it may be
// touched; by the checker also whether it was written, and by whom. The plain build knows nothing.

#include <cstddef>
#include <cstdint>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

namespace gpu_emulator {

/// `defined` says that a copy, fill or product writes them: they must not be forbidden.
enum class Bytes { forbidden, undefined, defined };

/// What orders the accesses of two CUDA threads: the barriers that they have passed.
struct Actor {
  std::uint32_t block, thread, epoch, warp_epoch;
};

#ifdef GPU_EMULATOR_CHECKER

void mark(void* data, std::size_t bytes, Bytes state);
/// Reports if one of these bytes was never written.
void check_defined(const void* data, std::size_t bytes, const char* reader);
void forget_actors();
/// Accesses are now those of this actor; its number serves to come back to it.
std::uint32_t add_actor(Actor actor);
void act_as(std::uint32_t actor);

#else

inline void mark([[maybe_unused]] void* data, [[maybe_unused]] std::size_t bytes,
                 [[maybe_unused]] Bytes state) {
#ifdef __SANITIZE_ADDRESS__
  if (state == Bytes::forbidden) __asan_poison_memory_region(data, bytes);
  if (state == Bytes::undefined) __asan_unpoison_memory_region(data, bytes);
#endif
}
inline void check_defined(const void*, std::size_t, const char*) {}
inline void forget_actors() {}
inline std::uint32_t add_actor(Actor) { return 1; }
inline void act_as(std::uint32_t) {}

#endif

}  // namespace gpu_emulator
