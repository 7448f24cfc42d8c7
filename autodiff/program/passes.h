#pragma once

#include <cstdint>
#include <vector>

#include "autodiff/program/list.h"

/// What pays. Each pass leaves a list that computes the same: all but `onto` to the last bit.
namespace gradus::program {

/// Computes now what depends on neither inputs nor state.
void fold(List& list, Device device);

/// c + s (a b) becomes one product that adds to c.
void onto(List& list);

/// Which values share memory: for each the first of those that do, itself where it has its own.
std::vector<int> in_place(const List& list);
/// For each variable of the state whether its new value may be written over the old one.
std::vector<bool> overwritten(const List& list);

/// Places in one block of memory, for what neither comes from outside nor is seen there.
struct Slab {
  std::vector<std::int64_t> offset;  ///< in bytes, of each value; -1: none
  std::int64_t bytes = 0;
};
Slab slab(const List& list, const std::vector<int>& sharing, bool reuse);

}  // namespace gradus::program
