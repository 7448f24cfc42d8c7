#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>

#include "autodiff/threads.h"

namespace gradus {

/// Calls part(0), ..., part(parts - 1), each once, on the calling thread and on those of its workers
/// that are free. The caller never waits for a worker that has not started: on a busy machine it
/// does the work itself. An exception of a part is thrown here, after all parts.
void run_parts(int parts, const std::function<void(int)>& part);

/// Calls work(begin, end) on disjoint ranges that cover 0..count-1, one per thread; on the calling
/// thread alone where a range would be shorter than `grain`.
template <class Work>
void parallel_for(std::int64_t count, std::int64_t grain, const Work& work) {
  const std::int64_t parts =
      std::min<std::int64_t>(threads(), count / std::max<std::int64_t>(grain, 1));
  if (parts <= 1) {
    if (count > 0) work(std::int64_t{0}, count);
    return;
  }
  run_parts(static_cast<int>(parts),
            [&](int part) { work(count * part / parts, count * (part + 1) / parts); });
}

}  // namespace gradus
