#!/usr/bin/env bash
# Every op's result has the same bits in whatever order threads, warps and blocks take turns.
# $1 is cuda_digest; GRADUS_CUDA_LIBRARY names an emulated library.
set -uo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0
for order in forward reverse random:1 random:2 random:3; do
  GPU_EMULATOR_ORDER=$order "$1" > "$folder/$order" || failed=1
  if diff "$folder/forward" "$folder/$order" > "$folder/difference"; then
    echo "ok: $order, $(wc -l < "$folder/$order") results"
  else
    echo "FAILED: $order differs from forward:"
    head -n 20 "$folder/difference"
    failed=1
  fi
done
[ -s "$folder/forward" ] && [ "$failed" -eq 0 ]
