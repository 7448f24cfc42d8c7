// Exercise program.1 (ten minutes): the pass that removes dead calls.
//
// A call is dead if nobody needs what it writes: it is not seen after the step, and every call that
// reads it is dead as well. Remove those calls from the list, and leave the others in their order.
// Whoever goes through the calls from the last to the first needs to go only once.
//
// Test it:
//   ./run exercise program.1

#include "autodiff/program/list.h"

using namespace gradus::program;

/// Removes the calls that no result and no new value of the state depends on.
void remove_dead_calls(List& list) {
  (void)list;  // your turn
}
