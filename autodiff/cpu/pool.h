#pragma once

#include <cstdint>

#include "autodiff/device.h"

namespace gradus {

/// Host memory from the calling thread's pool, aligned for vector loads. Blocks come back to the
/// pool that made them, whichever thread frees them, and are kept for reuse: asking the system
/// anew for every activation costs page faults, up to 40% of a training step.
void* pool_allocate(std::int64_t bytes);
void pool_release(void* data);
MemoryStats pool_stats();

}  // namespace gradus
