// Runs kernels: blocks one after the other, and the threads of a block as fibers that take turns.
// A fiber gives way where its thread must wait, and goes on with another thread when its own has
// ended; so a kernel without barriers costs no switch at all.

#include <algorithm>
#include <deque>
#include <memory>
#include <numeric>
#include <random>
#include <vector>

#include "block.h"
#include "checker.h"
#include "emulator.h"
#include "fibers.h"

namespace gpu_emulator {

Indices indices;
Block block;

namespace {

std::vector<std::unique_ptr<Fiber>> fibers;
std::vector<Fiber*> idle_fibers;
Fiber host;

const Launch* launch = nullptr;
std::mt19937_64 random_numbers;
std::deque<Thread*> ready;
thread_local Thread* running = nullptr;  // null in the host, also in its other threads

// -- Turns ----------------------------------------------------------------------------------------

void let_run(Thread& t) {
  running = &t;
  indices.thread = t.index;
  if (t.actor == 0) {
    const auto number = static_cast<std::uint32_t>(number_of(t));
    t.actor = add_actor({block.number, number, block.epoch, block.warp_epochs[number / 32]});
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

void thread_ends() {
  running->ended = true;
  ++block.ended;
  go_on_without(*running);
  running->fiber = nullptr;
}

// -- A block --------------------------------------------------------------------------------------

template <class T>
void arrange(std::vector<T>& numbers) {
  std::iota(numbers.begin(), numbers.end(), T{0});
  if (options().order == Order::reverse) std::reverse(numbers.begin(), numbers.end());
  if (options().order == Order::random)
    std::shuffle(numbers.begin(), numbers.end(), random_numbers);
}

void start_block(std::size_t number) {
  const dim3 grid = launch->grid, size = launch->block;
  block.number = static_cast<std::uint32_t>(number);
  indices.block = {static_cast<unsigned>(number % grid.x),
                   static_cast<unsigned>(number / grid.x % grid.y),
                   static_cast<unsigned>(number / grid.x / grid.y)};
  block.ended = block.at_barrier = 0;
  block.epoch = 0;
  std::fill(std::begin(block.warp_epochs), std::end(block.warp_epochs), 0u);
  clear_shared_memory();

  block.threads.assign(std::size_t{size.x} * size.y * size.z, Thread{});
  block.order.resize(block.threads.size());
  arrange(block.order);
  ready.clear();
  for (const int i : block.order) {
    const auto n = static_cast<unsigned>(i);
    Thread& t = block.threads[n];
    t.index = {n % size.x, n / size.x % size.y, n / size.x / size.y};
    ready.push_back(&t);
  }
}

void finish_block() {
  if (failed()) return;
  if (block.ended == block.threads.size()) return check_shared_memory();
  std::string what = "deadlock:";
  int told = 0;
  for (const Thread& t : block.threads)
    if (t.waits != Waits::no && told++ < 3) what += (told == 1 ? " " : ", ") + what_it_does(t);
  report(what);
}

}  // namespace

Thread& running_thread() { return *running; }
void wait_here() { give_way(*running->fiber); }
void make_ready(Thread& t) {
  t.waits = Waits::no;
  ready.push_back(&t);
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

void run(const Launch& what) {
  launch = &what;
  indices.block_dim = what.block;
  indices.grid_dim = what.grid;
  start_shared_memory(what.shared_bytes);
  forget_actors();
  become(host);

  std::vector<std::size_t> blocks(std::size_t{what.grid.x} * what.grid.y * what.grid.z);
  random_numbers.seed(options().seed);
  arrange(blocks);
  for (const std::size_t number : blocks) {
    start_block(number);
    give_way(host);
    finish_block();
    if (failed()) break;
  }
  end_shared_memory();
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

}  // namespace gpu_emulator
