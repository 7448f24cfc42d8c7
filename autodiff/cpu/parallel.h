#pragma once

#include <algorithm>
#include <cstdint>

#include "autodiff/threads.h"

namespace gradus {

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
#pragma omp parallel for schedule(static, 1) num_threads(static_cast<int>(parts))
  for (std::int64_t part = 0; part < parts; ++part)
    work(count * part / parts, count * (part + 1) / parts);
}

}  // namespace gradus
