#pragma once

#include <locale>
#include <sstream>
#include <stdexcept>
#include <string>

namespace gradus {

/// Every error that the library reports: one sentence that says what was wrong and, where it helps,
/// what to do. An error of an op begins with the op's name in brackets.
class [[gnu::visibility("default")]] Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A string stream that writes numbers as C does, whatever the program's global locale: "1234.5", not
/// "1.234,5".
class TextStream : public std::ostringstream {
 public:
  TextStream() { imbue(std::locale::classic()); }
};

/// Throws an Error whose message is all arguments, streamed one after the other.
template <class... Parts>
[[noreturn]] void fail(const Parts&... parts) {
  TextStream message;
  (message << ... << parts);
  throw Error(message.str());
}

/// Throws as `fail` does unless `condition` holds; the message is only built when it is needed.
template <class... Parts>
void check(bool condition, const Parts&... parts) {
  if (!condition) fail(parts...);
}

}  // namespace gradus
