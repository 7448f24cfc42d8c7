// Where the threads of a block meet: __syncthreads, and the operations of a warp.

#include <algorithm>
#include <cstring>
#include <string>

#include "block.h"
#include "emulator.h"

namespace gpu_emulator {
namespace {

constexpr const char* warp_names[] = {"__syncwarp",       "__shfl_sync",     "__shfl_up_sync",
                                      "__shfl_down_sync", "__shfl_xor_sync", "__ballot_sync",
                                      "__all_sync",       "__any_sync"};

bool same_place(const Place& a, const Place& b) {
  return a.line == b.line && (a.file == b.file || std::strcmp(a.file, b.file) == 0);
}

}  // namespace

std::string what_it_does(const Thread& t) {
  const std::string who = "thread " + name(t.index);
  if (t.ended) return who + " has ended";
  const char* call = t.waits == Waits::at_barrier ? "__syncthreads" : warp_names[t.kind];
  return who + " waits in " + call + " at " + name(t.place);
}

// -- Barriers -------------------------------------------------------------------------------------

namespace {

void check_early_end() {
  if (block.at_barrier == 0 || block.ended == 0 ||
      block.at_barrier + block.ended < block.threads.size())
    return;
  const auto& gone = *std::find_if(block.threads.begin(), block.threads.end(),
                                   [](const Thread& t) { return t.ended; });
  report("divergent barrier: " + what_it_does(*block.first_at_barrier) + ", but " +
         what_it_does(gone));
}

void finish_barrier() {
  int count = 0;
  for (const Thread& t : block.threads) count += t.value != 0;
  const int size = static_cast<int>(block.threads.size());
  block.at_barrier = 0;
  ++block.epoch;
  for (const int i : block.order) {
    Thread& t = block.threads[static_cast<std::size_t>(i)];
    const int results[] = {0, count, count == size, count > 0};
    t.value = static_cast<std::uint64_t>(results[t.kind]);
    t.actor = 0;
    make_ready(t);
  }
}

}  // namespace

int barrier(Barrier kind, bool predicate, Place place) {
  Thread& self = running_thread();
  if (block.at_barrier > 0) {
    const Thread& first = *block.first_at_barrier;
    if (!same_place(first.place, place) || first.kind != static_cast<int>(kind))
      report("divergent barrier: " + what_it_does(first) + ", but thread " + name(self.index) +
             " is in __syncthreads at " + name(place));
  } else {
    block.first_at_barrier = &self;
  }
  self.waits = Waits::at_barrier;
  self.kind = static_cast<int>(kind);
  self.place = place;
  self.value = predicate;
  ++block.at_barrier;
  check_early_end();
  if (block.at_barrier == block.threads.size()) finish_barrier();
  wait_here();
  return static_cast<int>(self.value);
}

// -- Warps ----------------------------------------------------------------------------------------

namespace {

Thread* lane_of(std::size_t warp, int lane) {
  const std::size_t i = warp * 32 + static_cast<std::size_t>(lane);
  return i < block.threads.size() ? &block.threads[i] : nullptr;
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
  if (is_sync && whole_warp) ++block.warp_epochs[warp];  // shuffles and votes do not order memory
  for (int lane = 0; lane < 32; ++lane) {
    if (!(members >> lane & 1u)) continue;
    Thread& member = *lane_of(warp, lane);
    member.value = is_shuffle(t) ? shuffled(member, warp, values) : vote(t, members, yes);
    if (is_sync && whole_warp) member.actor = 0;
  }
  for (const int i : block.order) {
    if (static_cast<std::size_t>(i) / 32 != warp || !(members >> (i % 32) & 1u)) continue;
    make_ready(block.threads[static_cast<std::size_t>(i)]);
  }
}

}  // namespace

std::uint64_t warp(Warp kind, unsigned mask, std::uint64_t value, int lane, int width,
                   Place place) {
  Thread& self = running_thread();
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

// -- The end of a thread --------------------------------------------------------------------------

void go_on_without(const Thread& gone) {
  check_early_end();
  const std::size_t warp = number_of(gone) / 32;
  for (int lane = 0; lane < 32; ++lane) {
    Thread* t = lane_of(warp, lane);
    if (t && t->waits == Waits::in_warp) try_to_finish(*t);
  }
}

}  // namespace gpu_emulator
