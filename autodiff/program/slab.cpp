#include <algorithm>

#include "autodiff/program/passes.h"

namespace gradus::program {

// [slab]
// From when to when each array is needed is known beforehand, so arrays that
// are never needed at the same time get the same place: each the lowest that
// is free from its first call to its last. Behind large ones some cache lines
// are left out: operands of a product that start alike compete for the same
// lines.
Slab slab(const List& list, const std::vector<int>& home, bool reuse) {
  constexpr std::int64_t line = 64;
  const std::vector<Life> life = lives(list);
  const int end = static_cast<int>(list.calls.size());
  const auto at = [](int number) { return static_cast<std::size_t>(number); };
  std::vector<int> until(home.size(), -1);
  for (std::size_t v = 0; v < home.size(); ++v)
    until[at(home[v])] =
        std::max({until[at(home[v])], life[v].written, life[v].last_read});

  struct Block {
    std::int64_t begin, end;
    int until;
  };
  std::vector<Block> live;  // in the order of their places
  Slab slab{std::vector<std::int64_t>(home.size(), -1)};
  for (int i = 0; i < end; ++i) {
    const int y = list.calls[at(i)].write, place = home[at(y)];
    if (life[at(y)].last_read == end) continue;  // it is seen outside
    if (place == y) {
      if (reuse)
        std::erase_if(live,
                      [&](const Block& block) { return block.until < i; });
      const std::int64_t bytes = list.values[at(y)].bytes();
      const std::int64_t size = (bytes + line - 1) / line * line +
                                (bytes < (1 << 16) ? 0 : 17 * line);
      std::int64_t begin = 0;
      auto next = live.begin();
      for (; next != live.end() && next->begin - begin < size; ++next)
        begin = next->end;
      live.insert(next, {begin, begin + size, until[at(y)]});
      slab.offset[at(y)] = begin;
      slab.bytes = std::max(slab.bytes, begin + size);
    }
    slab.offset[at(y)] = slab.offset[at(place)];
  }
  return slab;
}
// [slab]

}  // namespace gradus::program
