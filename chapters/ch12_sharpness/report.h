#pragma once

#include <filesystem>
#include <vector>

#include "chapters/ch12_sharpness/networks.h"
#include "chapters/support/report.h"
#include "nn/instruments/exponents.h"

/// What the report reads off the tables of chapter 12.
namespace gradus {

/// How one method converged on one matrix.
Trace trace_of(const Table& convergence, const char* matrix,
               const char* method);
/// The largest eigenvalue of that matrix: planted, or where Lanczos ended.
double exact_of(const Table& convergence, const char* matrix);

/// The sharpness against the width or the depth, in one parametrisation.
struct Growth {
  const char *name, *label;  // without a label it is not drawn
  const char *part, *table, *quantity;
  double derived;  // the exponent
};
const std::vector<Growth>& growths();

struct Curve {
  Values sizes, means;  // geometric, over the seeds
  Exponent exponent;    // mean over the seeds
};
Curve curve_of(const Table& sharpness, const Growth& growth);

void draw_convergence(const Table& convergence,
                      const std::filesystem::path& out);
/// Of the part "top".
void draw_cluster(const Table& top, const std::filesystem::path& out);
void draw_growth(const Table& sharpness, const std::filesystem::path& out);

}  // namespace gradus
