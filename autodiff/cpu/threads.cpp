#include "autodiff/threads.h"

#include <omp.h>

#include "autodiff/check.h"

namespace gradus {

// OpenMP keeps this number per thread, and Eigen reads it too.
void set_threads(int count) {
  check(count >= 1, "[set_threads] ", count, " threads: at least 1 is needed");
  omp_set_num_threads(count);
}

int threads() { return omp_get_max_threads(); }

}  // namespace gradus
