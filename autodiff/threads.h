#pragma once

namespace gradus {

/// Sets how many threads an op called from this thread may use (at least 1). The setting belongs to
/// the calling thread, so the cells of a sweep run side by side with one thread each.
void set_threads(int count);

/// How many threads an op called from this thread may use; all processors until it is set.
int threads();

}  // namespace gradus
