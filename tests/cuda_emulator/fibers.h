#pragma once

// Fibers: each has a stack of its own, and gives way only where it says so.

#include <ucontext.h>

#include <cstddef>
#include <memory>

namespace gpu_emulator {

struct Fiber {
  ucontext_t context{};
  char* stack = nullptr;
  std::size_t bytes = 0;
  void* sanitizers = nullptr;  // what they know it by
};

/// What every new fiber does; it never returns (kernel.cpp).
void fiber_body();

std::unique_ptr<Fiber> new_fiber();
/// Goes on where `to` last gave way, or begins it.
void switch_fiber(Fiber& from, Fiber& to);
/// The host thread that calls becomes this fiber: the sanitizers are told on the way back.
void become(Fiber& host);

}  // namespace gpu_emulator
