#include "tests/benchmarks/workloads.h"

#include "tests/benchmarks/workloads_kinds.h"

namespace gradus {

std::vector<Workload> workloads() {
  std::vector<Workload> all;
  for (std::int64_t width : {64, 128, 512, 2048}) all.push_back(product("nn", width));
  all.push_back(product("tn", 128));
  for (std::int64_t width : {64, 128, 256, 512, 1024}) all.push_back(fcn_step(width));
  for (std::int64_t depth : {2, 3, 4}) all.push_back(tiny_step(depth));
  all.push_back(chapter1_step());
  for (std::int64_t width : {64, 128, 256, 512}) all.push_back(hvp_products(width));
  for (std::int64_t width : {64, 128}) all.push_back(products_at_one_point(width));
  all.push_back(power_iterations(128));
  all.push_back(largest_eigenvalue());
  for (std::int64_t filters : {32, 64}) all.push_back(myrtle_step(filters));
  for (std::int64_t filters : {32, 64}) all.push_back(convolution(filters));
  return all;
}

}  // namespace gradus
