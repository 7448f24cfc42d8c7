// Exercise 14.2 (an hour): a boundary with few questions.
//
// Whether a run at grid point i = 0, ..., last diverges costs a training each time it is asked.
// Find the first point that does, or last + 1: steps of `stride` from below until the answer is
// yes, then halves of the last step. No point may be asked twice. The answer must be the first yes
// wherever yes, once it has come, stays for at least `stride` points.
//
// Test it:
//   ./run exercise 14.2

#include <functional>

int first_yes(const std::function<bool(int)>& yes, int last, int stride) {
  (void)yes, (void)last, (void)stride;
  return 0;  // your turn
}
