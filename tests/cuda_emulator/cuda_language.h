#pragma once

// What kernels are written in: qualifiers, indices, shared arrays, barriers, and what the lanes of a
// warp do together.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

// -- The language ---------------------------------------------------------------------------------

#define __global__
#define __device__
#define __host__
#define __forceinline__ inline
#define __launch_bounds__(...)

struct uint3 {
  unsigned x, y, z;
};
struct dim3 {
  unsigned x = 1, y = 1, z = 1;
  constexpr dim3(unsigned x_ = 1, unsigned y_ = 1, unsigned z_ = 1) : x(x_), y(y_), z(z_) {}
};

namespace gpu_emulator {

/// What the running CUDA thread reads of itself.
struct Indices {
  uint3 thread{}, block{};
  dim3 block_dim, grid_dim;
};
extern Indices indices;

/// Where in the kernel something is called.
struct Place {
  const char* file;
  int line;
};

}  // namespace gpu_emulator

#define threadIdx (std::as_const(::gpu_emulator::indices).thread)
#define blockIdx (std::as_const(::gpu_emulator::indices).block)
#define blockDim (std::as_const(::gpu_emulator::indices).block_dim)
#define gridDim (std::as_const(::gpu_emulator::indices).grid_dim)

// A static variable's address tells shared arrays apart, those of a template's instances too.
#define GPU_SHARED(T, name, N)      \
  static const char name##_key = 0; \
  T(&name)                          \
  [N] = *static_cast<T(*)[N]>(::gpu_emulator::shared_array(&name##_key, #name, sizeof(T[N])))
#define GPU_DYN_SHARED(T, name) T* name = static_cast<T*>(::gpu_emulator::dynamic_shared())

// -- Barriers and warps ---------------------------------------------------------------------------

namespace gpu_emulator {

enum class Barrier { plain, count, all, any };
enum class Warp { sync, shfl, shfl_up, shfl_down, shfl_xor, ballot, all, any };

int barrier(Barrier kind, bool predicate, Place place);
/// `value` is this lane's; `lane` is the shuffle's lane, offset or lane mask.
std::uint64_t warp(Warp kind, unsigned mask, std::uint64_t value, int lane, int width, Place place);

void* shared_array(const void* key, const char* name, std::size_t bytes);
void* dynamic_shared();

template <class T>
T shuffle(Warp kind, unsigned mask, T value, int lane, int width, Place place) {
  static_assert(std::is_arithmetic_v<T> && sizeof(T) <= 8, "CUDA shuffles no such type");
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof(T));
  bits = warp(kind, mask, bits, lane, width, place);
  std::memcpy(&value, &bits, sizeof(T));
  return value;
}

}  // namespace gpu_emulator

// The default arguments are those of the caller.
#define GPU_PLACE const char *file = __builtin_FILE(), int line = __builtin_LINE()

inline void __syncthreads(GPU_PLACE) {
  gpu_emulator::barrier(gpu_emulator::Barrier::plain, false, {file, line});
}
inline int __syncthreads_count(int predicate, GPU_PLACE) {
  return gpu_emulator::barrier(gpu_emulator::Barrier::count, predicate, {file, line});
}
inline int __syncthreads_and(int predicate, GPU_PLACE) {
  return gpu_emulator::barrier(gpu_emulator::Barrier::all, predicate, {file, line});
}
inline int __syncthreads_or(int predicate, GPU_PLACE) {
  return gpu_emulator::barrier(gpu_emulator::Barrier::any, predicate, {file, line});
}

inline void __syncwarp(unsigned mask = 0xffffffffu, GPU_PLACE) {
  gpu_emulator::warp(gpu_emulator::Warp::sync, mask, 0, 0, 32, {file, line});
}
template <class T>
T __shfl_sync(unsigned mask, T value, int lane, int width = 32, GPU_PLACE) {
  return gpu_emulator::shuffle(gpu_emulator::Warp::shfl, mask, value, lane, width, {file, line});
}
template <class T>
T __shfl_up_sync(unsigned mask, T value, unsigned by, int width = 32, GPU_PLACE) {
  return gpu_emulator::shuffle(gpu_emulator::Warp::shfl_up, mask, value, static_cast<int>(by),
                               width, {file, line});
}
template <class T>
T __shfl_down_sync(unsigned mask, T value, unsigned by, int width = 32, GPU_PLACE) {
  return gpu_emulator::shuffle(gpu_emulator::Warp::shfl_down, mask, value, static_cast<int>(by),
                               width, {file, line});
}
template <class T>
T __shfl_xor_sync(unsigned mask, T value, int lane_mask, int width = 32, GPU_PLACE) {
  return gpu_emulator::shuffle(gpu_emulator::Warp::shfl_xor, mask, value, lane_mask, width,
                               {file, line});
}
inline unsigned __ballot_sync(unsigned mask, int predicate, GPU_PLACE) {
  return static_cast<unsigned>(
      gpu_emulator::warp(gpu_emulator::Warp::ballot, mask, predicate != 0, 0, 32, {file, line}));
}
inline int __all_sync(unsigned mask, int predicate, GPU_PLACE) {
  return static_cast<int>(
      gpu_emulator::warp(gpu_emulator::Warp::all, mask, predicate != 0, 0, 32, {file, line}));
}
inline int __any_sync(unsigned mask, int predicate, GPU_PLACE) {
  return static_cast<int>(
      gpu_emulator::warp(gpu_emulator::Warp::any, mask, predicate != 0, 0, 32, {file, line}));
}
#undef GPU_PLACE
