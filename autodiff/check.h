#pragma once

#include <sstream>
#include <stdexcept>
#include <string>

namespace gradus {

/// Every error that the library reports: one sentence that says what was wrong and, where it helps,
/// what to do. An error of an op begins with the op's name in brackets.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Throws an Error whose message is all arguments, streamed one after the other.
template <class... Parts>
[[noreturn]] void fail(const Parts&... parts) {
  std::ostringstream message;
  (message << ... << parts);
  throw Error(message.str());
}

/// Throws as `fail` does unless `condition` holds; the message is only built when it is needed.
template <class... Parts>
void check(bool condition, const Parts&... parts) {
  if (!condition) fail(parts...);
}

}  // namespace gradus
