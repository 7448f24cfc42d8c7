// Solution program.2. In a network it is the first layer's activation: written first, and needed for the
// gradient of the second weight matrix and for the mask of the first relu, which come last.

#include <vector>

#include "autodiff/program/list.h"

using namespace gradus::program;

int longest_lived(const List& list) {
  const std::vector<Life> life = lives(list);
  int longest = -1, found = -1;
  for (const Call& call : list.calls) {
    const Life& y = life[static_cast<std::size_t>(call.write)];
    if (y.last_read - y.written <= longest) continue;
    longest = y.last_read - y.written;
    found = call.write;
  }
  return found;
}
