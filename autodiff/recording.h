#pragma once

#include "autodiff/tensor.h"

/// What enters the graph and what does not.
namespace gradus {

/// Whether ops of the calling thread record a graph; true at the start of every thread.
bool recording();

/// Sets `recording()` while it lives.
class Recording {
 public:
  explicit Recording(bool on);
  ~Recording();
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;

 private:
  bool previous_;
};

/// While one lives, ops of its thread compute values without recording a graph: for parameter
/// updates, measurements and data preparation.
struct NoGrad : Recording {
  NoGrad() : Recording(false) {}
};

/// The same value, cut off from the graph: gradients treat it as a constant.
Tensor stop_gradient(const Tensor& x);

}  // namespace gradus
