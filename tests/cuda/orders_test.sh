#!/usr/bin/env bash
# Every op's result has the same bits in whatever order threads, warps and blocks take turns, and
# with the kernels that count in 64 bits. $1 is cuda_digest; GRADUS_CUDA_LIBRARY names an emulated
# library.
set -uo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0
first=
for setting in GPU_EMULATOR_ORDER={forward,reverse,random:1,random:2,random:3} \
  GRADUS_CUDA_INDEX_LIMIT=0; do
  env "$setting" "$1" > "$folder/$setting" || failed=1
  first=${first:-$folder/$setting}
  if diff "$first" "$folder/$setting" > "$folder/difference"; then
    echo "ok: $setting, $(wc -l < "$folder/$setting") results"
  else
    echo "FAILED: $setting differs from ${first##*/}:"
    head -n 20 "$folder/difference"
    failed=1
  fi
done
[ -s "$first" ] && [ "$failed" -eq 0 ]
