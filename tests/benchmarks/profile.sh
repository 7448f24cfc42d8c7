#!/usr/bin/env bash
# Where gradus spends the time of some workloads, in percent of the samples that perf takes on one
# thread; needs perf (linux-perf). Prints a CSV file.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
data=$(mktemp)
trap 'rm -f "$data"' EXIT

echo "workload,products,elementwise,reductions,pools,memory,system,rest"
for workload in "${@:-fcn_64 fcn_256 fcn_512 tiny_2 tiny_4 hvp_128 myrtle_32}"; do
  for name in $workload; do
    # Two seconds of set-up and random numbers at most, then the samples.
    for _ in $(seq "${SAMPLES:-40}"); do echo; done | sed 's/^/sample/' |
      perf record -q -o "$data" -e cpu-clock -F 1000 build/release/bin/benchmarks --serve "$name" 1 > /dev/null
    perf report -q -i "$data" --sort dso,symbol 2> /dev/null | awk -v name="$name" '
      /random_normal|sincos|__sin|__cos|__ieee754|libm|ld-linux|_dl_/ { next }
      { share = $1 + 0; all += share }
      /\[JIT\]|libdnnl|Eigen|matmul_rows|\[anon\]/ { products += share; next }
      /CpuBackend::unary|CpuBackend::binary|CpuBackend::fill/ { elementwise += share; next }
      /CpuBackend::reduce|CpuBackend::broadcast/ { reductions += share; next }
      /avg_pool2d|avg_unpool2d/ { pools += share; next }
      /malloc|free|operator new|operator delete|pool_|Storage/ { memory += share; next }
      /\[k\]/ { kernel += share; next }
      END {
        printf "%s,%.1f,%.1f,%.1f,%.1f,%.1f,%.1f,%.1f\n", name, 100 * products / all,
          100 * elementwise / all, 100 * reductions / all, 100 * pools / all, 100 * memory / all,
          100 * kernel / all,
          100 * (all - products - elementwise - reductions - pools - memory - kernel) / all
      }'
  done
done
