#!/usr/bin/env bash
# Shows a planted race (race.cu): what it computes in three orders of its threads, and what the
# checker says. With --test it compares that with what the book prints.
# Usage: race.sh [--test] [BUILD FOLDER]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
test=
if [ "${1-}" = --test ]; then
  test=yes
  shift
fi
build=${1:-build/release}
[ "$test" ] || cmake --build "$build" --target race_plain race_checker > /dev/null

show() {
  echo "The sum of 0, 1, ..., 63 is 2016."
  for order in forward reverse random:1; do
    printf 'threads in the order %-9s %s\n' "$order" \
      "$(GPU_EMULATOR_ORDER=$order "$build/bin/race_plain")"
  done
  echo
  GPU_EMULATOR_ORDER=reverse "$build/bin/race_checker" 2>&1 || true
}
if [ "$test" ]; then
  diff book/results/two-backends/race.txt <(show) && echo "ok: the book prints what happens"
else
  show
fi
