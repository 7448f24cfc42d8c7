// Solution program.1.

#include <algorithm>
#include <vector>

#include "autodiff/program/list.h"

using namespace gradus::program;

void remove_dead_calls(List& list) {
  std::vector<bool> needed(list.values.size());
  const auto need = [&](int value) {
    needed[static_cast<std::size_t>(value)] = true;
  };
  for (const Visible& x : list.results) need(x.value);
  for (const Visible& x : list.next) need(x.value);
  std::vector<Call> left;
  for (auto call = list.calls.rbegin(); call != list.calls.rend(); ++call) {
    if (!needed[static_cast<std::size_t>(call->write)]) continue;
    for (int value : call->reads) need(value);
    left.push_back(std::move(*call));
  }
  std::reverse(left.begin(), left.end());
  list.calls = std::move(left);
}
