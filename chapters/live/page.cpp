// What a page calls, book/theme/live.js: plain functions, and numbers through one buffer.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "autodiff/check.h"
#include "autodiff/threads.h"
#include "chapters/live/live.h"

namespace {

std::array<double, 1 << 14> numbers;
std::array<char, 512> message;
gradus::live::Steps next_row;

}  // namespace

extern "C" {

/// The name of figure 0, 1, ...; null after the last.
const char* live_name(int figure) {
  const auto all = gradus::live::figures();
  return std::size_t(figure) < all.size() ? all[std::size_t(figure)].name
                                          : nullptr;
}

/// Where numbers go in and come out.
double* live_buffer() { return numbers.data(); }

/// Starts a figure from the first `count` numbers of the buffer.
void live_start(int figure, int count) {
  gradus::set_threads(1);
  next_row = gradus::live::figures()[std::size_t(figure)].start(
      {numbers.data(), std::size_t(count)});
}

/// The next row into the buffer: how many numbers it has, 0 at the end, -1 if
/// it takes another call.
int live_next() {
  const std::optional<gradus::live::Row> row = next_row();
  if (!row) return -1;
  gradus::check(row->size() <= numbers.size(), "[live] a row of ",
                row->size(), " numbers");
  std::copy(row->begin(), row->end(), numbers.begin());
  return int(row->size());
}

/// What was thrown; empty if nothing was.
const char* live_error() { return message.data(); }

// The module has no exceptions: it ends where one is thrown, and the page makes another instance.
void* __cxa_allocate_exception(std::size_t size) { return std::malloc(size); }
[[noreturn]] void __cxa_throw(void* thrown, void*, void (*)(void*)) {
  std::snprintf(message.data(), message.size(), "%s",
                static_cast<std::exception*>(thrown)->what());
  __builtin_trap();
}
}
