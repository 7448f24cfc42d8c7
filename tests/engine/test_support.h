#pragma once

#include <string>

#include "autodiff/check.h"

namespace gradus {

/// The message of the Error that `f` throws; a text no error has if it does not throw one.
template <class F>
std::string error_of(const F& f) {
  try {
    f();
  } catch (const Error& error) {
    return error.what();
  }
  return "(no error)";
}

}  // namespace gradus
