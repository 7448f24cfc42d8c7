#pragma once

#include <vector>

#include "autodiff/backend.h"
#include "autodiff/tensor.h"

/// How ops on several axes become kernels on one: neighbouring axes form a run, and a dense array
/// seen from one run is (outer, n, inner).
namespace gradus {

/// Axes first..last-1.
struct AxisRun {
  int first, last;
};

/// Sorted axes gathered into maximal runs, the last run first.
std::vector<AxisRun> axis_runs(const Axes& axes);

/// The array of this shape, seen from one run.
AxisView view_of(const Shape& shape, AxisRun run);

/// `shape` with the run's dimensions taken from `other`.
Shape with_run(const Shape& shape, AxisRun run, const Shape& other);

/// x reduced over sorted axes, each of which stays with dimension 1. Not recorded.
Tensor reduce_runs(Reduce op, const Tensor& x, const Axes& axes);

}  // namespace gradus
