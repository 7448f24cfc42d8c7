#include <algorithm>
#include <utility>

#include "autodiff/program/passes.h"

namespace gradus::program {

// [fold]
// A call whose operands are all constant gives a constant. In a Hessian
// product that is the network itself, its activations and its gradient: only
// what the direction enters is left.
void fold(List& list, Device device) {
  const auto value = [&](int v) -> Value& {
    return list.values[static_cast<std::size_t>(v)];
  };
  std::vector<Call> left;
  for (Call& call : list.calls) {
    std::vector<Array> arrays;
    for (int v : call.reads)
      if (value(v).constant) arrays.push_back(array_of(value(v).constant));
    if (arrays.size() < call.reads.size()) {
      left.push_back(std::move(call));
      continue;
    }
    Value& y = value(call.write);
    y.constant = empty({y.size}, y.dtype, device);
    arrays.push_back(array_of(y.constant));
    call.run(backend(device), arrays.data());
  }
  list.calls = std::move(left);
  const std::vector<Life> life = lives(list);
  for (std::size_t v = 0; v < life.size(); ++v)
    if (life[v].readers == 0) list.values[v].constant = {};
}
// [fold]

}  // namespace gradus::program
