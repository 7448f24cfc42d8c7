// Runs kernels: blocks one after the other, and the threads of a block as fibers that take turns.
// A fiber gives way where its thread must wait, and goes on with another thread when its own has
// ended; so a kernel without barriers costs no switch at all.

#include <pthread.h>
#include <sys/mman.h>
#include <ucontext.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <memory>
#include <numeric>
#include <random>
#include <vector>

#include "checker.h"
#include "emulator.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/common_interface_defs.h>
#endif
#ifdef __SANITIZE_THREAD__
#include <sanitizer/tsan_interface.h>
#endif

namespace gpu_emulator {

Indices indices;

namespace {

// -- Fibers ---------------------------------------------------------------------------------------

constexpr std::size_t stack_bytes = std::size_t{64} << 10, guard_bytes = 4096;

struct Fiber {
  ucontext_t context{};
  char* stack = nullptr;
  std::size_t bytes = 0;
  void* sanitizers = nullptr;
};

void fiber_begins();
void fiber_body();

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

void fiber_begins() {
#ifdef __SANITIZE_ADDRESS__
  __sanitizer_finish_switch_fiber(nullptr, nullptr, nullptr);
#endif
  fiber_body();
}

// -- The running block ----------------------------------------------------------------------------

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

struct SharedArray {
  const void* key;
  std::size_t begin, bytes;
};

std::vector<std::unique_ptr<Fiber>> fibers;
std::vector<Fiber*> idle_fibers;
Fiber host;

const Launch* launch = nullptr;
std::vector<SharedArray> shared_arrays;
std::size_t shared_end = 0, static_bytes = 0;
std::mt19937_64 random_numbers;

std::vector<Thread> threads;
std::vector<int> order;  // in which threads get their turns
std::deque<Thread*> ready;
thread_local Thread* running = nullptr;  // null in the host, also in its other threads
std::size_t ended = 0, at_barrier = 0;
const Thread* first_at_barrier = nullptr;
std::uint32_t block_number = 0, epoch = 0;
std::uint32_t warp_epochs[32];

constexpr const char* warp_names[] = {"__syncwarp",       "__shfl_sync",     "__shfl_up_sync",
                                      "__shfl_down_sync", "__shfl_xor_sync", "__ballot_sync",
                                      "__all_sync",       "__any_sync"};

std::size_t number_of(const Thread& t) { return static_cast<std::size_t>(&t - threads.data()); }

std::string what_it_does(const Thread& t) {
  const std::string who = "thread " + name(t.index);
  if (t.ended) return who + " has ended";
  const char* call = t.waits == Waits::at_barrier ? "__syncthreads" : warp_names[t.kind];
  return who + " waits in " + call + " at " + name(t.place);
}

void let_run(Thread& t) {
  running = &t;
  indices.thread = t.index;
  if (t.actor == 0) {
    const auto number = static_cast<std::uint32_t>(number_of(t));
    t.actor = add_actor({block_number, number, epoch, warp_epochs[number / 32]});
  }
  act_as(t.actor);
}

Thread* next_ready() {
  if (ready.empty()) return nullptr;
  Thread* t = ready.front();
  ready.pop_front();
  return t;
}

Fiber& idle_fiber() {
  if (idle_fibers.empty()) {
    fibers.push_back(new_fiber());
    return *fibers.back();
  }
  Fiber* fiber = idle_fibers.back();
  idle_fibers.pop_back();
  return *fiber;
}

// From `from` to the next thread that can run, or to the host where there is none.
void give_way(Fiber& from) {
  Thread* next = next_ready();
  if (!next) {
    running = nullptr;
    return switch_fiber(from, host);
  }
  if (!next->fiber) next->fiber = &idle_fiber();
  let_run(*next);
  if (next->fiber != &from) switch_fiber(from, *next->fiber);
}

// The running thread waits until another makes it ready.
void wait_here() { give_way(*running->fiber); }

void make_ready(Thread& t) {
  t.waits = Waits::no;
  ready.push_back(&t);
}

// -- Barriers -------------------------------------------------------------------------------------

bool same_place(const Place& a, const Place& b) {
  return a.line == b.line && (a.file == b.file || std::strcmp(a.file, b.file) == 0);
}

void check_early_end() {
  if (at_barrier == 0 || ended == 0 || at_barrier + ended < threads.size()) return;
  const auto& gone =
      *std::find_if(threads.begin(), threads.end(), [](const Thread& t) { return t.ended; });
  report("divergent barrier: " + what_it_does(*first_at_barrier) + ", but " + what_it_does(gone));
}

void finish_barrier() {
  int count = 0;
  for (const Thread& t : threads) count += t.value != 0;
  const int size = static_cast<int>(threads.size());
  at_barrier = 0;
  ++epoch;
  for (const int i : order) {
    Thread& t = threads[static_cast<std::size_t>(i)];
    const int results[] = {0, count, count == size, count > 0};
    t.value = static_cast<std::uint64_t>(results[t.kind]);
    t.actor = 0;
    make_ready(t);
  }
}

// -- Warps ----------------------------------------------------------------------------------------

Thread* lane_of(std::size_t warp, int lane) {
  const std::size_t i = warp * 32 + static_cast<std::size_t>(lane);
  return i < threads.size() ? &threads[i] : nullptr;
}

bool same_operation(const Thread& a, const Thread& b) {
  return a.waits == Waits::in_warp && b.waits == Waits::in_warp && a.kind == b.kind &&
         a.mask == b.mask && same_place(a.place, b.place);
}

// The lane that a shuffle of `t`, lane number `self`, reads.
int source_lane(const Thread& t, int self) {
  const int begin = self & ~(t.width - 1), end = begin + t.width;
  switch (static_cast<Warp>(t.kind)) {
    case Warp::shfl: return begin + (t.lane & (t.width - 1));
    case Warp::shfl_up: return self - t.lane < begin ? self : self - t.lane;
    case Warp::shfl_down: return self + t.lane >= end ? self : self + t.lane;
    case Warp::shfl_xor: return (self ^ t.lane) >= end ? self : self ^ t.lane;
    default: return self;
  }
}

std::uint64_t vote(const Thread& t, std::uint64_t voters, std::uint64_t yes) {
  switch (static_cast<Warp>(t.kind)) {
    case Warp::ballot: return yes;
    case Warp::all: return yes == voters;
    case Warp::any: return yes != 0;
    default: return 0;
  }
}

bool is_shuffle(const Thread& t) {
  const Warp kind = static_cast<Warp>(t.kind);
  return kind >= Warp::shfl && kind <= Warp::shfl_xor;
}

std::uint64_t shuffled(const Thread& t, std::size_t warp, const std::uint64_t* values) {
  const int self = static_cast<int>(number_of(t) % 32), source = source_lane(t, self);
  const Thread* from = source >= 0 && source < 32 ? lane_of(warp, source) : nullptr;
  const char* what = !from                      ? "which the block does not have"
                     : !(t.mask >> source & 1u) ? "which the mask leaves out"
                     : from->ended              ? "which has ended"
                                                : nullptr;
  if (what) {
    indices.thread = t.index;  // the running thread is the last that arrived
    report("lane " + std::to_string(self) + " reads lane " + std::to_string(source) + ", " + what +
           ", in " + warp_names[t.kind] + " at " + name(t.place));
  }
  return values[source];
}

// Completes the operation in which `t` waits, if all live lanes of its mask have arrived.
void try_to_finish(Thread& t) {
  const std::size_t warp = number_of(t) / 32;
  std::uint64_t values[32] = {}, members = 0, yes = 0;
  bool whole_warp = true;
  for (int lane = 0; lane < 32; ++lane) {
    Thread* other = lane_of(warp, lane);
    if (!other || other->ended) continue;
    if (!(t.mask >> lane & 1u)) {
      whole_warp = false;
      continue;
    }
    if (!same_operation(*other, t)) return;
    values[lane] = other->value;
    members |= std::uint64_t{1} << lane;
    if (other->value) yes |= std::uint64_t{1} << lane;
  }
  const bool is_sync = static_cast<Warp>(t.kind) == Warp::sync;
  if (is_sync && whole_warp) ++warp_epochs[warp];  // shuffles and votes do not order memory
  for (int lane = 0; lane < 32; ++lane) {
    if (!(members >> lane & 1u)) continue;
    Thread& member = *lane_of(warp, lane);
    member.value = is_shuffle(t) ? shuffled(member, warp, values) : vote(t, members, yes);
    if (is_sync && whole_warp) member.actor = 0;
  }
  for (const int i : order) {
    if (static_cast<std::size_t>(i) / 32 != warp || !(members >> (i % 32) & 1u)) continue;
    make_ready(threads[static_cast<std::size_t>(i)]);
  }
}

// -- A launch -------------------------------------------------------------------------------------

void thread_ends() {
  running->ended = true;
  ++ended;
  check_early_end();
  const std::size_t warp = number_of(*running) / 32;
  for (int lane = 0; lane < 32; ++lane) {
    Thread* t = lane_of(warp, lane);
    if (t && t->waits == Waits::in_warp) try_to_finish(*t);
  }
  running->fiber = nullptr;
}

void fiber_body() {
  for (;;) {
    Fiber& self = *running->fiber;
    launch->call(*launch);
    thread_ends();
    idle_fibers.push_back(&self);  // the next thread may well get it
    give_way(self);
  }
}

template <class T>
void arrange(std::vector<T>& numbers) {
  std::iota(numbers.begin(), numbers.end(), T{0});
  if (options().order == Order::reverse) std::reverse(numbers.begin(), numbers.end());
  if (options().order == Order::random)
    std::shuffle(numbers.begin(), numbers.end(), random_numbers);
}

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

void check_shared_arrays() {
  for (const SharedArray& a : shared_arrays)
    if (!canary_intact(arena() + a.begin + a.bytes, end_of(a) - a.begin - a.bytes))
      return report("write beyond the end of a shared array of " + std::to_string(a.bytes) +
                    " bytes");
}

void start_block(std::size_t number) {
  const dim3 grid = launch->grid, size = launch->block;
  block_number = static_cast<std::uint32_t>(number);
  indices.block = {static_cast<unsigned>(number % grid.x),
                   static_cast<unsigned>(number / grid.x % grid.y),
                   static_cast<unsigned>(number / grid.x / grid.y)};
  ended = at_barrier = 0;
  epoch = 0;
  std::fill(std::begin(warp_epochs), std::end(warp_epochs), 0u);
  for (const SharedArray& a : shared_arrays) clear(a);

  threads.assign(std::size_t{size.x} * size.y * size.z, Thread{});
  order.resize(threads.size());
  arrange(order);
  ready.clear();
  for (const int i : order) {
    const auto n = static_cast<unsigned>(i);
    Thread& t = threads[n];
    t.index = {n % size.x, n / size.x % size.y, n / size.x / size.y};
    ready.push_back(&t);
  }
}

void finish_block() {
  if (failed()) return;
  if (ended == threads.size()) return check_shared_arrays();
  std::string what = "deadlock:";
  int told = 0;
  for (const Thread& t : threads)
    if (t.waits != Waits::no && told++ < 3) what += (told == 1 ? " " : ", ") + what_it_does(t);
  report(what);
}

// Where the host's stack lies, and whose it is: the sanitizers are told on the way back.
void find_host_stack() {
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

}  // namespace

void run(const Launch& what) {
  launch = &what;
  indices.block_dim = what.block;
  indices.grid_dim = what.grid;
  shared_arrays.clear();
  fill_canary(arena(), red_zone);
  shared_end = red_zone;
  static_bytes = 0;
  forget_actors();
  find_host_stack();
  if (what.shared_bytes > 0) add_shared_array(nullptr, what.shared_bytes);

  std::vector<std::size_t> blocks(std::size_t{what.grid.x} * what.grid.y * what.grid.z);
  random_numbers.seed(options().seed);
  arrange(blocks);
  for (const std::size_t block : blocks) {
    start_block(block);
    give_way(host);
    finish_block();
    if (failed()) break;
  }
  mark(arena(), shared_end, Bytes::forbidden);
  launch = nullptr;
}

const Launch* running_launch() { return launch; }
bool on_kernel_stack() { return running != nullptr; }
bool on_own_stack(const void* p) {
  return static_cast<std::size_t>(static_cast<const char*>(p) - running->fiber->stack) <
         running->fiber->bytes;
}

void abandon_kernel() {
  Fiber& self = *running->fiber;
  running = nullptr;
  switch_fiber(self, host);
  __builtin_unreachable();
}

int barrier(Barrier kind, bool predicate, Place place) {
  Thread& self = *running;
  if (at_barrier > 0) {
    const Thread& first = *first_at_barrier;
    if (!same_place(first.place, place) || first.kind != static_cast<int>(kind))
      report("divergent barrier: " + what_it_does(first) + ", but thread " + name(self.index) +
             " is in __syncthreads at " + name(place));
  } else {
    first_at_barrier = &self;
  }
  self.waits = Waits::at_barrier;
  self.kind = static_cast<int>(kind);
  self.place = place;
  self.value = predicate;
  ++at_barrier;
  check_early_end();
  if (at_barrier == threads.size()) finish_barrier();
  wait_here();
  return static_cast<int>(self.value);
}

std::uint64_t warp(Warp kind, unsigned mask, std::uint64_t value, int lane, int width,
                   Place place) {
  Thread& self = *running;
  const std::size_t own_lane = number_of(self) % 32;
  self.kind = static_cast<int>(kind);
  self.place = place;
  self.mask = mask;
  self.value = value;
  self.lane = lane;
  self.width = width;
  if (!(mask >> own_lane & 1u))
    report("lane " + std::to_string(own_lane) + " is not in the mask that it gives to " +
           warp_names[self.kind] + " at " + name(place));
  if (width < 1 || width > 32 || (width & (width - 1)) != 0)
    report("width " + std::to_string(width) + " of " + warp_names[self.kind] + " at " +
           name(place) + " is not a power of two up to 32");
  self.waits = Waits::in_warp;
  try_to_finish(self);
  wait_here();
  return self.value;
}

void* shared_array(const void* key, const char* variable, std::size_t bytes) {
  for (const SharedArray& a : shared_arrays)
    if (a.key == key) return arena() + a.begin;
  static_bytes += bytes;
  if (static_bytes + launch->shared_bytes > 48 << 10)
    report("more than 48 KiB of shared memory, with " + std::string(variable));
  return add_shared_array(key, bytes);
}

void* dynamic_shared() {
  return arena() + red_zone;  // it comes first; if the launch asked for none, nobody may touch it
}

}  // namespace gpu_emulator
