#include "autodiff/recording.h"

#include <utility>

namespace gradus {
namespace {

thread_local bool recording_now = true;

}  // namespace

bool recording() { return recording_now; }
Recording::Recording(bool on) : previous_(std::exchange(recording_now, on)) {}
Recording::~Recording() { recording_now = previous_; }

Tensor stop_gradient(const Tensor& x) { return view(x, x.shape()); }

}  // namespace gradus
