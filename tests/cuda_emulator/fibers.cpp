// Fibers by ucontext. AddressSanitizer and ThreadSanitizer are told of every switch.

#include "fibers.h"

#include <pthread.h>
#include <sys/mman.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/common_interface_defs.h>
#endif
#ifdef __SANITIZE_THREAD__
#include <sanitizer/tsan_interface.h>
#endif

namespace gpu_emulator {
namespace {

constexpr std::size_t stack_bytes = std::size_t{64} << 10, guard_bytes = 4096;

void fiber_begins() {
#ifdef __SANITIZE_ADDRESS__
  __sanitizer_finish_switch_fiber(nullptr, nullptr, nullptr);
#endif
  fiber_body();
}

}  // namespace

std::unique_ptr<Fiber> new_fiber() {
  auto fiber = std::make_unique<Fiber>();
  void* p = mmap(nullptr, guard_bytes + stack_bytes, PROT_READ | PROT_WRITE,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  mprotect(p, guard_bytes, PROT_NONE);
  fiber->stack = static_cast<char*>(p) + guard_bytes;
  fiber->bytes = stack_bytes;
  getcontext(&fiber->context);
  fiber->context.uc_stack.ss_sp = fiber->stack;
  fiber->context.uc_stack.ss_size = stack_bytes;
  makecontext(&fiber->context, fiber_begins, 0);
#ifdef __SANITIZE_THREAD__
  fiber->sanitizers = __tsan_create_fiber(0);
#endif
  return fiber;
}

void switch_fiber(Fiber& from, Fiber& to) {
#ifdef __SANITIZE_ADDRESS__
  __sanitizer_start_switch_fiber(&from.sanitizers, to.stack, to.bytes);
#endif
#ifdef __SANITIZE_THREAD__
  __tsan_switch_to_fiber(to.sanitizers, 0);
#endif
  swapcontext(&from.context, &to.context);
#ifdef __SANITIZE_ADDRESS__
  __sanitizer_finish_switch_fiber(from.sanitizers, nullptr, nullptr);
#endif
}

void become([[maybe_unused]] Fiber& host) {
#ifdef __SANITIZE_THREAD__
  host.sanitizers = __tsan_get_current_fiber();
#endif
#ifdef __SANITIZE_ADDRESS__
  thread_local void* stack = nullptr;
  thread_local std::size_t bytes = 0;
  if (!stack) {
    pthread_attr_t attributes;
    pthread_getattr_np(pthread_self(), &attributes);
    pthread_attr_getstack(&attributes, &stack, &bytes);
    pthread_attr_destroy(&attributes);
  }
  host.stack = static_cast<char*>(stack);
  host.bytes = bytes;
#endif
}

}  // namespace gpu_emulator
