// Chapter 11, live: how far one step moves the end of L residual branches.

#include <array>

#include "chapters/ch11_depth/one_step.h"
#include "chapters/live/live.h"

namespace gradus::live {

// Blocks, what stands on a branch, seed. A row for four blocks, to compare
// with, and one for the reader's: blocks, how many times longer the signal is
// at the last block, and how far a step of SGD moves it, and f; then of Adam.
// Per learning rate.
Steps branches(Controls at) {
  constexpr std::array names = {"plain", "one", "root", "over_L"};
  const auto blocks = std::int64_t(at[0]);
  const char* name = names.at(std::size_t(at[1]));
  const auto seed = std::uint64_t(at[2]);
  return [=, next = std::int64_t{4}]() mutable -> Row {
    if (next == 0) return {};
    Row row = {double(next)};
    for (const auto& found : gradus::one_step(name, next, seed))
      row.push_back(found.second);
    next = next == blocks ? 0 : blocks;
    return row;
  };
}

}  // namespace gradus::live
