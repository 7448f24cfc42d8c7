// Exercise program.2 (ten minutes): the array that lives longest.
//
// An array that a call writes is needed from that call to the last that reads it, and to the number
// of all calls if it is seen after the step. The longer arrays live, the fewer of them can share a
// place. Find the one that lives longest: which is it in a network of many layers, and why?
//
// Test it:
//   ./run exercise program.2

#include "autodiff/program/list.h"

using namespace gradus::program;

/// The number of the value that lives longest among those that calls write; the first of several.
int longest_lived(const List& list) {
  (void)list;
  return -1;  // your turn
}
