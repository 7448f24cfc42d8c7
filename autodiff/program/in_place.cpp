#include "autodiff/program/passes.h"

namespace gradus::program {
namespace {

std::size_t at(int number) { return static_cast<std::size_t>(number); }

// Whether a call may write over a value that it reads: where it goes entry by entry, and where a
// product adds to it.
bool may_write_over(const Call& call, int value) {
  const auto* product = std::get_if<MatmulSpec>(&call.kernel);
  if (!product) return call.kernel.index() != 0;
  return product->onto && call.reads[2] == value;
}

}  // namespace

// [in-place]
// relu may leave its result where its argument was, if nobody reads that
// again: the place is in the cache already, and one array less has to be.
std::vector<int> in_place(const List& list) {
  const std::vector<Life> life = lives(list);
  const int end = static_cast<int>(list.calls.size());
  std::vector<int> home(list.values.size());
  for (std::size_t v = 0; v < home.size(); ++v) home[v] = static_cast<int>(v);
  for (int i = 0; i < end; ++i) {
    const Call& call = list.calls[at(i)];
    if (life[at(call.write)].last_read == end)
      continue;  // has a place outside
    for (int v : call.reads)
      if (life[at(v)].written >= 0 && life[at(v)].last_read == i &&
          list.values[at(v)].bytes() == list.values[at(call.write)].bytes() &&
          may_write_over(call, v))
        home[at(call.write)] = home[at(v)];
  }
  return home;
}
// [in-place]

// A parameter's new value takes the place of the old one, if that is not read again.
std::vector<bool> overwritten(const List& list) {
  const std::vector<Life> life = lives(list);
  std::vector<bool> may;
  for (std::size_t i = 0; i < list.state.size(); ++i) {
    const auto& [old, old_shape] = list.state[i];
    const auto& [now, now_shape] = list.next[i];
    const int writer = life[at(now)].written, last = life[at(old)].last_read;
    may.push_back(
        writer >= 0 && old_shape == now_shape &&
        list.values[at(old)].dtype == list.values[at(now)].dtype &&
        (last < writer ||
         (last == writer && may_write_over(list.calls[at(writer)], old))));
  }
  return may;
}

}  // namespace gradus::program
